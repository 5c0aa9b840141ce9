"""Scans find their papers by the code, and wait for a person where they do not."""

import pytest
from django.urls import reverse
from django_scopes import scope

from luoshi.cases.actions import erase_case, seal_case
from luoshi.cases.tests.papers.play import (
    assignment,
    dim,
    jpeg,
    pdf,
    png,
    sheet,
    turned,
)
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.commitments.models import Commitment
from luoshi.conftest import PEOPLE, Browser, build_town
from luoshi.core.files import files_of
from luoshi.core.models import Notice, StoredFile, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.papers import bringing
from luoshi.papers.actions import (
    bring_page,
    cancel_paper,
    drop_scan,
    file_scan,
    take_scan_out,
)
from luoshi.papers.actions.scans import Result
from luoshi.papers.bringing import bring_scans
from luoshi.papers.models import Paper, PaperScan
from luoshi.papers.reading import ScannedPage


def page(*codes, digest="1"):
    content = jpeg(sheet().resize((165, 234))).read()
    return ScannedPage("s.jpg", content, digest * 64, frozenset(codes))


def codes():
    return list(TrailEntry.objects.order_by("pk").values_list("code", flat=True))


def test_a_heap_of_scans_files_itself(place):
    first, second = assignment(place), assignment(place)
    other = build_town("other")
    with scope(town=other.town):
        stranger = assignment(other)
    client = place.client("handler")
    url = f"/{place.town.code}/work/scans/"
    heap = [
        pdf(sheet(first.code), dim(turned(sheet(second.code), 5)), name="heap.pdf"),
        jpeg(turned(sheet(first.code), 90), "late.jpg"),
        png(sheet(), "nothing.png"),
        jpeg(sheet(stranger.code), "strange.jpg"),
    ]
    assert place.client("discipline").post(url, {"scans": heap}).status_code == 403
    for file in heap:
        file.seek(0)
    answer = client.post(url, {"scans": heap}).content.decode()
    assert answer.count(f"已归到{first.number}") == 2
    assert answer.count(f"已归到{second.number}") == 1
    assert "不是本镇的文书" in answer and "没认出二维码" in answer
    assert [one.scans.count() for one in (first, second)] == [2, 1]
    assert PaperScan.objects.filter(paper=None).count() == 1
    # Nothing of the stranger's page lies anywhere.
    assert StoredFile.objects.filter(owner_kind="papers.paperscan").count() == 4
    with scope(town=other.town):
        assert not PaperScan.objects.exists()
        assert not StoredFile.objects.filter(purpose="scan").exists()
    assert codes().count("papers.scan_filed") == 3
    told = Notice.objects.filter(code="papers.scan_filed", channel="inbox")
    assert set(told.values_list("person__name", flat=True)) == {"dispatcher"}


def test_the_same_scan_twice_says_so(place):
    paper = assignment(place)
    client, url = place.client("handler"), f"/{place.town.code}/work/scans/"
    twice = client.post(url, {"scans": [png(sheet(paper.code)), png(sheet())]})
    assert "没认出" in twice.content.decode()
    again = client.post(url, {"scans": [png(sheet(paper.code)), png(sheet())]})
    text = again.content.decode()
    assert f"归在{paper.number}" in text and "在下面等人认领" in text
    assert PaperScan.objects.count() == 2 and StoredFile.objects.count() == 2


def test_one_bad_file_keeps_no_other_from_coming(place):
    paper = assignment(place)
    broken = jpeg(sheet(), "broken.jpg")
    broken = type(broken)("broken.jpg", broken.read()[:900], "image/jpeg")
    url = f"/{place.town.code}/work/scans/"
    files = [broken, png(sheet(paper.code))]
    text = place.client("handler").post(url, {"scans": files}).content.decode()
    assert "broken.jpg" in text and f"已归到{paper.number}" in text
    assert place.client("handler").post(url, {"x": ""}).status_code == 422


def test_a_heap_that_is_too_high_says_where_it_stopped(place, monkeypatch):
    monkeypatch.setattr(bringing, "MOST_PAGES", 2)
    blank = sheet().resize((165, 234))
    lines = bring_scans(
        [pdf(blank, blank, blank, name="high.pdf"), png(blank)],
        actor=place.staff("handler"),
    )
    assert [(one.page, one.good) for one in lines] == [
        *((1, False), (2, False), (3, False))
    ]
    assert "2页" in lines[-1].text and PaperScan.objects.count() == 2


def test_what_does_not_hold_takes_no_scan(place):
    dispatcher = place.staff("dispatcher")
    gone, receipt = assignment(place), dispatched(place)
    cancel_paper(gone.pk, reason="写错了", actor=dispatcher)
    brought = bring_page(page(gone.code), actor=dispatcher)
    assert brought.result == Result.CANCELLED
    paper = assignment(place, receipt)
    Paper.objects.filter(pk=paper.pk).update(content="")
    brought = bring_page(page(paper.code), actor=dispatcher)
    assert brought.result == Result.ERASED
    assert not PaperScan.objects.exists() and not StoredFile.objects.exists()


def test_two_codes_on_one_page_wait_for_a_person(place):
    first, second = assignment(place), assignment(place)
    brought = bring_page(page(first.code, second.code), actor=place.staff("dispatcher"))
    assert brought.result == Result.WAITS and PaperScan.objects.get().paper is None


def test_a_person_files_what_no_code_says(place):
    paper = assignment(place)
    bring_page(page(), actor=place.staff("water"))
    scan = PaperScan.objects.get()
    # Water sees no matter of the roads' office, and the handler did not bring it.
    for who in ("handler", "water", "discipline"):
        with pytest.raises(NotAllowed):
            file_scan(scan.pk, paper_id=paper.pk, actor=place.staff(who))
    file_scan(scan.pk, paper_id=paper.pk, actor=place.staff("dispatcher"))
    scan.refresh_from_db()
    assert (scan.paper, scan.by_code) == (paper, False)
    with pytest.raises(Refusal) as refused:
        file_scan(scan.pk, paper_id=paper.pk, actor=place.staff("dispatcher"))
    assert refused.value.code == "papers.filed_already"
    with pytest.raises(NotAllowed):
        take_scan_out(scan.pk, actor=place.staff("handler"))
    take_scan_out(scan.pk, actor=place.staff("dispatcher"))
    with pytest.raises(NotAllowed):
        drop_scan(scan.pk, actor=place.staff("handler"))
    drop_scan(scan.pk, actor=place.staff("dispatcher"))
    assert not PaperScan.objects.exists() and not StoredFile.objects.exists()
    assert codes()[-5:] == [
        *("papers.made_assignment", "papers.scan_waits", "papers.scan_filed"),
        *("papers.scan_out", "papers.scan_dropped"),
    ]
    # The same page may come again.
    assert bring_page(page(), actor=place.staff("water")).result == Result.WAITS


def test_filing_by_hand_through_the_page(place):
    paper, gone = assignment(place), assignment(place)
    cancel_paper(gone.pk, reason="重了", actor=place.staff("dispatcher"))
    client, base = place.client("dispatcher"), f"/{place.town.code}/work/scans/"
    bring_page(page(), actor=place.staff("handler"))
    scan = PaperScan.objects.get()
    shown = client.get(base).content.decode()
    assert paper.number in shown and gone.number not in shown
    assert place.client("water").post(f"{base}{scan.pk}/file/").status_code == 404
    assert client.post(f"{base}{scan.pk}/file/", {"paper": ""}).status_code == 422
    assert client.post(f"{base}{scan.pk}/file/", {"paper": gone.pk}).status_code == 422
    done = client.post(f"{base}{scan.pk}/file/", {"paper": paper.pk})
    assert done.status_code == 302 and paper.scans.get() == scan
    assert client.post(f"{base}{scan.pk}/out/").status_code == 302
    assert client.post(f"{base}{scan.pk}/drop/").status_code == 302
    assert not PaperScan.objects.exists()


NOT_OF_IT = {"water", "administrator", "discipline", "minors", "archivist"}


def test_who_sees_a_scan(place):
    paper = assignment(place)
    bring_page(page(paper.code), actor=place.staff("water"))
    bring_page(page(digest="2"), actor=place.staff("water"))
    filed, waits = (files_of(scan)[0] for scan in PaperScan.objects.order_by("pk"))
    sees = {
        filed: {*PEOPLE} - NOT_OF_IT,
        waits: {"water", "dispatcher"},
    }
    for file, who in sees.items():
        url = reverse("town:file", args=[place.town.code, file.stored_name])
        found = {one for one in PEOPLE if place.client(one).get(url).status_code == 200}
        assert found == who
        assert Browser().get(url).status_code == 404


def test_a_scan_that_comes_after_the_sealing_is_sealed(place):
    receipt = dispatched(place)
    paper = assignment(place, receipt)
    seal_case(receipt.case.pk, kind="conduct", actor=place.staff("dispatcher"))
    Notice.objects.all().delete()
    brought = bring_page(page(paper.code), actor=place.staff("water"))
    assert brought.result == Result.FILED
    [file] = files_of(paper.scans.get())
    assert file.sealed and not Notice.objects.exists()
    url = reverse("town:file", args=[place.town.code, file.stored_name])
    sees = {who for who in PEOPLE if place.client(who).get(url).status_code == 200}
    assert sees == {"discipline"}
    # The register has the number, without the matter.
    register = place.client("dispatcher").get(f"/{place.town.code}/work/register/")
    text = register.content.decode()
    assert paper.number in text and receipt.case.number not in text


def test_what_is_erased_leaves_the_papers_too(place):
    receipt = dispatched(place)
    paper = assignment(place, receipt)
    bring_page(page(paper.code), actor=place.staff("dispatcher"))
    Commitment.objects.filter(pk=receipt.case.commitment_id).update(
        state="closed", ending="solved", closed_at=paper.made_at
    )
    erase_case(receipt.case.pk, reason="asked", actor=place.staff("dispatcher"))
    paper.refresh_from_db()
    assert paper.content == "" and paper.number
    assert not StoredFile.objects.exists()
    url = f"/{place.town.code}/work/document/{paper.pk}/"
    assert place.client("dispatcher").get(url).status_code == 200
    assert place.client("dispatcher").get(f"{url}word/").status_code == 404
