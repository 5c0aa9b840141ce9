"""What is sealed is reached by no route but that of those who are named for it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from luoshi.cases.actions import (
    add_words,
    finish_sealed,
    look_at_sealed,
    note_on_sealed,
    open_sealed,
    seal_case,
)
from luoshi.cases.figures.counts import count_now
from luoshi.cases.figures.months import _month
from luoshi.cases.figures.periods import first_of
from luoshi.cases.models import MonthFigures, SealedWord
from luoshi.cases.queries import search_cases
from luoshi.cases.tests.sealed_play import (
    LATER,
    PAPER,
    SECRETS,
    WORDS,
    body,
    photo,
    rows_everywhere,
    rows_with,
    sealed,
    told,
    worked_on,
)
from luoshi.cases.tests.walk import WALK, address
from luoshi.commitments.actions import (
    escalate_overdue,
    hand_back_commitment,
    take_commitment,
)
from luoshi.conftest import PEOPLE, Browser
from luoshi.core.clock import now
from luoshi.core.files import path_of
from luoshi.core.models import (
    Notice,
    Organisation,
    Post,
    SearchRow,
    StoredFile,
    Tenure,
    TrailEntry,
)
from luoshi.core.refusals import NotAllowed


def test_no_row_holds_the_words_once_it_is_sealed(place):
    receipt = told(place)
    rows_everywhere(place, worked_on(place, receipt))
    whole = (WORDS, "琥", "鼎茶")
    assert {table for table, _word in rows_with(*whole)} >= {
        *("cases_case", "cases_reply", "cases_note", "commitments_commitment"),
        *("commitments_support", "commitments_pause", "core_storedfile"),
        *("cases_publication", "core_searchterms", "papers_paper"),
    }
    matter = sealed(place, receipt)
    assert rows_with(*whole) == []
    note_on_sealed(matter.pk, text=WORDS, actor=place.staff("discipline"))
    add_words(receipt.reporter.pk, text=LATER[0], uploads=[photo("琥珀三.png")])
    finish_sealed(matter.pk, text=WORDS, actor=place.staff("discipline"))
    assert rows_with(*whole) == []
    opened = look_at_sealed(matter.pk, actor=place.staff("discipline"))
    texts = " ".join(str(held) for *_where, held in opened)
    for word in [WORDS, *LATER[2:], "琥珀题", PAPER]:
        assert word in texts, word


def test_files_lie_encrypted_and_only_keepers_open_them(place):
    receipt = told(place)
    worked_on(place, receipt)
    before = {one.pk: one.stored_name for one in StoredFile.objects.all()}
    assert len(before) == 3
    with_bytes = [path_of(name).read_bytes() for name in before.values()]
    matter = sealed(place, receipt)
    for file in StoredFile.objects.all():
        assert file.sealed and file.stored_name != before[file.pk]
        assert path_of(file.stored_name).read_bytes() not in with_bytes
        url = f"/{place.town.code}/file/{file.stored_name}"
        url = reverse("town:file", args=[place.town.code, file.stored_name])
        for who in PEOPLE:
            status = place.client(who).get(url).status_code
            assert (status == 200) == (who == "discipline"), who
        old = reverse("town:file", args=[place.town.code, before[file.pk]])
        assert place.client("dispatcher").get(old).status_code == 404
    open_sealed(matter.pk, actor=place.staff("discipline"))
    kept = [path_of(one.stored_name).read_bytes() for one in StoredFile.objects.all()]
    assert sorted(kept) == sorted(with_bytes)


def pages(place, case):
    """Yield every address that can be reached for a case, with what it needs."""
    for name in sorted(WALK):
        yield name, address(name, place, case)
    work = f"/{place.town.code}/work"
    for path in (
        f"{work}/search/?q={case.number}",
        f"{work}/search/?q=账目",
        f"{work}/inbox/?view=undispatched",
        f"{work}/inbox/?view=open",
        f"{work}/inbox/?view=closed",
        f"{work}/inbox/?view=late",
        f"{work}/figures/?period=twelve",
        f"{work}/figures/list/?what=open&period=month",
        f"{work}/figures/list/?what=received&period=month",
        f"{work}/export/inbox/?view=open&form=csv",
        f"{work}/export/search/?q=账目&form=csv",
        f"{work}/export/figure/?what=received&period=month&form=csv",
        f"{work}/dispatch/?held",
        f"{work}/case/{case.number}-1/",
        f"/{place.town.code}/open/?q=题",
        f"/{place.town.code}/village/{place.village.pk}/",
    ):
        yield path, path


@pytest.mark.parametrize("who", [*PEOPLE, None])
def test_no_page_shows_it_to_anybody(place, who):
    receipt = told(place)
    case = worked_on(place, receipt)
    rows_everywhere(place, case)
    client = place.client(who) if who else Browser()
    seen = {name for name, url in pages(place, case) if WORDS in body(client.get(url))}
    # Otherwise this test could not fail; who joins never reads another's words.
    assert "cases:join" not in seen
    assert ("work:case" in seen) == (who in WALK["work:case"] | {"water"})
    sealed(place, receipt)
    case.refresh_from_db()
    for name, url in pages(place, case):
        for answer in (client.get(url), client.post(url)):
            text = body(answer)
            for secret in (*SECRETS, f"{case.number}</", f"{case.number} "):
                assert secret not in text, (name, who, secret)


def test_a_sealed_number_is_answered_as_one_that_never_was(place):
    receipt = told(place)
    case = receipt.case
    sealed(place, receipt)
    for who in PEOPLE:
        client = place.client(who)
        for name in ("case", "sheet", "merge", "split", "publish", "erase", "seal"):
            there = reverse(f"work:{name}", args=[place.town.code, case.number])
            gone = reverse(f"work:{name}", args=[place.town.code, "QI-2026-999"])
            mine, never = client.get(there), client.get(gone)
            assert mine.status_code == never.status_code in (403, 404), (who, name)
            swapped = body(mine).replace(case.number, "QI-2026-999")
            assert _without_token(swapped) == _without_token(body(never))


def _without_token(text):
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*|(number">)[^<]*', "", text)


def test_who_is_accused_loses_sight_and_hears_nothing(place):
    receipt = told(place)
    worked_on(place, receipt)
    assert any(WORDS in one.data.get("title", "") for one in Notice.objects.all())
    with pytest.raises(NotAllowed):
        seal_case(receipt.case.pk, kind="conduct", actor=place.staff("administrator"))
    matter = sealed(place, receipt)
    heard = Notice.objects.all()
    assert {one.code for one in heard} == {"cases.sealed_came"}
    assert {one.person for one in heard} == {place.staff("discipline").person}
    assert all(one.data == {} for one in heard)
    for act in (
        lambda who: look_at_sealed(matter.pk, actor=who),
        lambda who: note_on_sealed(matter.pk, text="x", actor=who),
        lambda who: finish_sealed(matter.pk, text="x", actor=who),
        lambda who: open_sealed(matter.pk, actor=who),
        lambda who: take_commitment(receipt.case.commitment_id, actor=who),
        lambda who: hand_back_commitment(
            receipt.case.commitment_id, reason="x", actor=who
        ),
    ):
        for who in PEOPLE.keys() - {"discipline"}:
            with pytest.raises(NotAllowed):
                act(place.staff(who))
    assert look_at_sealed(matter.pk, actor=place.staff("discipline"))
    assert TrailEntry.objects.filter(code="cases.sealed_read").count() == 1


def test_an_administrator_who_takes_the_post_reads_nothing(place):
    matter = sealed(place)
    post = Post.objects.create(
        town=place.town,
        organisation=Organisation.objects.get(name="Discipline"),
        title="x",
        roles=["discipline"],
    )
    admin = place.staff("administrator").person
    Tenure.objects.create(town=place.town, post=post, person=admin, since=now().date())
    with pytest.raises(NotAllowed):
        look_at_sealed(matter.pk, actor=place.staff("administrator"))
    url = reverse("work:sealed-one", args=[place.town.code, matter.pk])
    assert place.client("administrator").get(url).status_code == 404
    assert place.client("discipline").get(url).status_code == 200


def test_an_administrator_sees_that_something_is_sealed_and_the_day(place):
    case = told(place).case
    seal_case(case.pk, kind="conduct", actor=place.staff("dispatcher"))
    url = reverse("work:sealed-days", args=[place.town.code])
    text = body(place.client("administrator").get(url))
    assert "3月2日" in text and case.number not in text and "行为" not in text


def test_figures_and_lists_count_it_no_more(place):
    told(place, text="路灯不亮了")
    receipt = told(place)
    assert count_now().sum()["open"] == 2
    sealed(place, receipt)
    assert count_now().sum()["open"] == 1
    assert list(SearchRow.objects.filter(object_id=receipt.case.pk)) == []
    assert search_cases(place.staff("dispatcher"), "鑫鼎") == []


def test_it_turns_red_for_nobody(place, clock):
    sealed(place)
    clock.tick(timedelta(days=40))
    assert escalate_overdue() == 0


def _received(place, month):
    kept = MonthFigures.objects.filter(month=month).first()
    return _month(place.town, month, kept).sum()["received"]


def test_a_kept_month_is_counted_anew(place, clock):
    receipt = told(place)
    month = first_of(now())
    clock.tick(timedelta(days=70))
    assert _received(place, month) == 1
    sealed(place, receipt)
    assert _received(place, month) == 0


def test_the_code_opens_a_page_that_shows_none_of_it(place):
    receipt = told(place)
    worked_on(place, receipt)
    browser = Browser()
    browser.post(f"/{place.town.code}/track/", {"code": receipt.code})
    page = f"/{place.town.code}/matter/"
    assert WORDS in body(browser.get(page))
    sealed(place, receipt)
    text = body(browser.get(page))
    assert "12388" in text and "Discipline" in text and 'data-state="sealed"' in text
    for path in ("matter/", "receipt/", "matter/correct/"):
        text = body(browser.get(f"/{place.town.code}/{path}"))
        for secret in SECRETS:
            assert secret not in text, (path, secret)
    browser.post(f"/{place.town.code}/matter/add/", {"text": LATER[3]})
    assert SealedWord.objects.count() == 1 and rows_with(LATER[3]) == []
    judged = browser.post(
        f"/{place.town.code}/matter/judge/",
        {"solved": "solved", "satisfied": "satisfied"},
    )
    assert judged.status_code in (403, 409)
    assert browser.post(f"/{place.town.code}/matter/withdraw/").status_code == 403
