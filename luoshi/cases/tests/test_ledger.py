"""The public ledger: private by default, published with the mark, withdrawn at once."""

import csv
import io
import json
from datetime import timedelta
from functools import partial

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from luoshi.cases import ledger_data
from luoshi.cases.actions import (
    Public,
    erase_case,
    publish_matter,
    receive_case,
    see_signals,
    signal_broken,
    withdraw_publication,
)
from luoshi.cases.actions.covering import COVER
from luoshi.cases.ledger import Filters, ledger_page, lights, village_page
from luoshi.cases.ledger_data import FIELDS
from luoshi.cases.models import Publication, Signal
from luoshi.cases.open_data import fields_told
from luoshi.commitments.actions import dispatch_commitment, pass_to_destination
from luoshi.commitments.models import Commitment, Ending
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import now
from luoshi.core.files import files_of, path_of
from luoshi.core.models import Notice, StoredFile, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal

from .test_main_job import awaiting, dispatched, handed_in

SECRET = "村口路灯不亮，打王建国13800001111"


def told(place, text=SECRET, **more):
    """Return what a person told, dispatched: before that a releaser does not see it."""
    receipt = receive_case(
        **dict(town=place.town, text=text, actor=RESIDENT, channel="web"),
        **dict(village=place.village, name="王建国", phone="13800001111", **more),
    )
    dispatch_commitment(
        receipt.case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    return receipt


def publish(place, case, title="路灯", words="", who="releaser", **more):
    public = Public(title, words, **{"checked": True, **more})
    return publish_matter(case.pk, public=public, actor=place.staff(who))


def pages(place, number):
    """Return all that anybody can read of a matter."""
    base, browser = f"/{place.town.code}", Browser()
    paths = ["/open/", f"/open/{number}/", "/open/data.csv", "/open/data.json"]
    paths += [f"/village/{place.village.pk}/", "/open/?q=路灯", "/"]
    answers = [browser.get(base + path) for path in paths]
    return "".join(
        b"".join(one.streaming_content).decode()
        if one.streaming
        else one.content.decode()
        for one in answers
    )


def test_nothing_is_public_by_itself(place):
    case = told(place).case
    text = pages(place, case.number)
    assert "路灯不亮" not in text and "王建国" not in text
    assert Browser().get(f"/{place.town.code}/open/{case.number}/").status_code == 404


def test_only_a_releaser_and_only_with_the_mark(place):
    case = told(place).case
    with pytest.raises(NotAllowed):
        publish(place, case, who="dispatcher")
    for wrong in ({"checked": False}, {"title": " "}):
        with pytest.raises(Refusal):
            publish(place, case, **wrong)
    for words in ("打13800001111", "找王建国", "浙H12345"):
        with pytest.raises(Refusal) as refused:
            publish(place, case, words=words)
        assert refused.value.code == "cases.holds_personal"
    with pytest.raises(Refusal):
        publish(place, case, words="打6001234")
    publish(place, case, words="打6001234", looked=True)


def test_published_without_the_private_words_and_withdrawn_at_the_persons_wish(place):
    receipt = told(place)
    case = receipt.case
    publish(place, case, title="青溪路灯", words="三盏灯不亮。")
    text = pages(place, case.number)
    assert text.count("青溪路灯") >= 5 and "三盏灯不亮" in text
    for secret in ("王建国", "13800001111", "打王"):
        assert secret not in text
    browser = Browser()
    base = f"/{place.town.code}"
    code = browser.get(f"{base}/matter/withdraw/").status_code
    assert code == 405
    assert browser.post(f"{base}/matter/withdraw/").status_code == 404, "no code given"
    from luoshi.cases.actions.intake import code_of

    browser.post(f"{base}/track/", {"code": code_of(receipt.reporter)})
    assert "青溪路灯" not in browser.get(f"{base}/matter/").content.decode()
    assert browser.post(f"{base}/matter/withdraw/").status_code == 302
    assert "青溪路灯" not in pages(place, case.number)
    publication = Publication.objects.get()
    assert publication.words == "" and publication.withdrawn_by is None
    codes = list(TrailEntry.objects.values_list("code", flat=True))
    assert "cases.published" in codes and "cases.withdrawn" in codes


def test_a_releaser_withdraws_with_a_reason_and_publishes_anew(place):
    case = told(place).case
    publish(place, case)
    releaser = place.staff("releaser")
    with pytest.raises(NotAllowed):
        withdraw_publication(case.pk, why="x", actor=place.staff("leader"))
    with pytest.raises(Refusal):
        withdraw_publication(case.pk, why=" ", actor=releaser)
    withdraw_publication(case.pk, why="写错了", actor=releaser)
    with pytest.raises(NotAllowed):
        withdraw_publication(case.pk, why="again", actor=releaser)
    publish(place, case, title="路灯二")
    assert "路灯二" in pages(place, case.number)


def photo():
    out = io.BytesIO()
    Image.new("RGB", (400, 300), (250, 250, 250)).save(out, "JPEG")
    return SimpleUploadedFile("灯.jpg", out.getvalue(), "image/jpeg")


def test_photos_are_copied_covered_and_gone_when_withdrawn(place):
    case = told(place, uploads=[photo(), photo()]).case
    private, left_out = files_of(case)
    base = f"/{place.town.code}/work/case/{case.number}/publish/"
    client = place.client("releaser")
    assert client.get(base).status_code == 200
    sent = {"title": "路灯", "words": "", "checked": "on", f"photo-{private.pk}": "on"}
    wrong = client.post(base, sent | {f"boxes-{private.pk}": "1 2 3"})
    assert wrong.status_code == 422
    boxes = "25 25 50 50\n"
    assert client.post(base, sent | {f"boxes-{private.pk}": boxes}).status_code == 302
    public = StoredFile.objects.get(owner_kind="cases.publication")
    with Image.open(path_of(public.stored_name)) as picture:
        middle, corner = picture.getpixel((200, 150)), picture.getpixel((5, 5))
    assert max(abs(a - b) for a, b in zip(middle, COVER, strict=True)) < 12
    assert min(corner) > 230
    url = f"/{place.town.code}/file/"
    shown = Browser().get(f"/{place.town.code}/open/{case.number}/").content.decode()
    assert public.stored_name in shown and private.stored_name not in shown
    address = shown.split(public.stored_name)[0].split('"')[-1] + public.stored_name
    assert Browser().get(address).status_code == 200, url
    hidden = address.replace(public.stored_name, private.stored_name)
    assert Browser().get(hidden).status_code == 404
    withdraw_publication(case.pk, why="x", actor=place.staff("releaser"))
    assert Browser().get(address).status_code == 404
    assert left_out in files_of(case)


def test_still_broken_is_no_verdict_and_not_silence(place):
    case = dispatched(place).case
    url = f"/{place.town.code}/open/{case.number}/still/"
    assert Browser().post(url, {"words": ""}).status_code == 404
    publish(place, case)
    before = Commitment.objects.get(pk=case.commitment_id)
    assert Browser().post(url, {"words": "我家门口也不亮"}).status_code == 302
    after = Commitment.objects.get(pk=case.commitment_id)
    assert (before.state, before.due_at) == (after.state, after.due_at)
    who = {
        notice.person.name
        for notice in Notice.objects.filter(code="cases.still_broken", channel="inbox")
    }
    assert who == {"inspector", "leader"}
    page = place.client("inspector").get(f"/{place.town.code}/work/case/{case.number}/")
    assert "我家门口也不亮" in page.content.decode()
    with pytest.raises(NotAllowed):
        see_signals(case.pk, actor=place.staff("dispatcher"))
    assert see_signals(case.pk, actor=place.staff("inspector")) == 1
    assert not Signal.objects.filter(seen_at=None).exists()
    answers = [Browser().post(url, {}).status_code for _number in range(12)]
    assert answers[0] == 302 and answers[-1] == 422


def test_erasing_takes_it_off_too(place):
    case = handed_in(place).case
    publish(place, case)
    with pytest.raises(Refusal):
        erase_case(case.pk, reason="asked", actor=place.staff("dispatcher"))
    Commitment.objects.filter(pk=case.commitment_id).update(
        state="closed", closed_at=now(), ending="solved"
    )
    erase_case(case.pk, reason="asked", actor=place.staff("dispatcher"))
    assert Browser().get(f"/{place.town.code}/open/{case.number}/").status_code == 404


def test_filters_and_pages_give_each_matter_once(place, clock):
    titles = []
    for number in range(65):
        case = told(place, text=f"路灯{number}").case
        publish(place, case, title=f"第{number:02}号灯")
        titles.append(f"第{number:02}号灯")
        if number % 3:
            clock.tick(timedelta(minutes=7))
    seen, after = [], ""
    while True:
        page = ledger_page(place.town, Filters(village=place.village.pk), after)
        seen += [one.commitment.publication.title for one in page.entries]
        after = page.older
        if not after:
            break
    assert sorted(seen) == titles
    only = ledger_page(place.town, Filters(words="第07号"))
    assert [one.commitment.publication.title for one in only.entries] == ["第07号灯"]
    at = now()
    counts = {
        name: Commitment.objects.filter(part).count()
        for name, part in lights(at).items()
    }
    assert sum(counts.values()) == 65, "each matter has one light"
    late = ledger_page(place.town, Filters(light="closed"))
    assert late.entries == []


def test_open_data_holds_no_formula_and_reads_back(place):
    case = told(place).case
    publish(place, case, title="=1+1的灯", words="+加急")
    base = f"/{place.town.code}/open/data"
    raw = b"".join(Browser().get(f"{base}.csv").streaming_content).decode("utf-8-sig")
    row = next(iter(csv.DictReader(io.StringIO(raw))))
    assert row["title"] == "'=1+1的灯" and row["words"] == "'+加急"
    told_json = json.loads(b"".join(Browser().get(f"{base}.json").streaming_content))
    assert [one["title"] for one in told_json["matters"]] == ["=1+1的灯"]
    page = Browser().get(f"{base}/").content.decode()
    assert all(f"<code>{name}</code>" in page for name in row)


def test_open_data_says_how_many_rows_it_has(place, monkeypatch):
    for number in range(3):
        publish(place, told(place).case, title=f"路灯{number}")
    chunks = partial(ledger_data.data_chunks, chunk=2)
    monkeypatch.setattr(ledger_data, "data_chunks", chunks)
    monkeypatch.setattr("luoshi.cases.views.resident.ledger.data_chunks", chunks)
    base = f"/{place.town.code}/open/data"
    lines = b"".join(Browser().get(f"{base}.csv").streaming_content).splitlines()
    assert len(lines) == 5 and lines[-1] == b"# rows: 3"
    raw = io.BytesIO(b"".join(Browser().get(f"{base}.xlsx").streaming_content))
    rows = list(openpyxl.load_workbook(raw).active.iter_rows(values_only=True))
    assert [row[3] for row in rows[1:-1]] == ["路灯0", "路灯1", "路灯2"]
    assert rows[-1][0] == "# rows: 3"
    told_json = json.loads(b"".join(Browser().get(f"{base}.json").streaming_content))
    assert len(told_json["matters"]) == 3


def test_the_village_is_known_from_the_poster(place):
    client = Browser()
    base = f"/{place.town.code}"
    client.get(f"{base}/report/?village={place.village.pk}")
    client.post(f"{base}/report/", {"text": "灯不亮"})
    page = client.get(f"{base}/report/where/").content.decode()
    assert "checked" in page
    poster = place.client("handler").get(f"{base}/work/poster/{place.village.pk}/")
    assert "<svg" in poster.content.decode()


def test_signal_of_what_is_not_public_is_refused(place):
    with pytest.raises(Commitment.DoesNotExist):
        signal_broken(told(place).case.commitment_id)


def test_a_village_page_adds_up(place):
    told(place)
    passed, done = told(place), awaiting(place)
    passed_on = {"destination": "县局", "actor": place.staff("dispatcher")}
    pass_to_destination(passed.case.commitment_id, **passed_on)
    asked = village_page(place.town, place.village.pk).asked
    assert (asked.doing, asked.promised, asked.done) == (2, 0, 1)
    assert (asked.total, asked.passed_on) == (3, 1)
    assert done.case.village == place.village
    page = Browser().get(f"/{place.town.code}/village/{place.village.pk}/")
    assert "近12个月，这个村提了3件事：办完1件，在办2件" in page.content.decode()


def test_the_dictionary_names_every_field_and_every_value(place):
    told_of = {one.name: one for one in fields_told()}
    assert tuple(told_of) == FIELDS
    assert {value for value, _words in told_of["ending"].values} == set(Ending.values)
    page = Browser().get(f"/{place.town.code}/open/data/").content.decode()
    for name in [*FIELDS, *Ending.values, "promise", "neutral"]:
        assert f"<code>{name}</code>" in page
