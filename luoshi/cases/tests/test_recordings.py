"""Spoken instead of typed: enough for a report, private, written down, found."""

import os
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from luoshi.cases.actions import (
    add_note,
    add_words,
    erase_case,
    join_case,
    judge_case,
    open_sealed,
    receive_case,
    seal_case,
    write_down,
)
from luoshi.cases.models import Case, Reporter
from luoshi.cases.queries import search_cases
from luoshi.cases.recordings import recordings_of
from luoshi.cases.tests.sealed_play import rows_with
from luoshi.cases.tests.test_main_job import awaiting, do
from luoshi.commitments.models import Commitment
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.files import files_of
from luoshi.core.files.aside import drop_old
from luoshi.core.files.keep import path_of
from luoshi.core.models import StoredFile, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.tests import sounds

SAID = "磨坊后头的涵洞塌了一半"


def recording(seconds=80):
    return SimpleUploadedFile("新录音.m4a", sounds.mp4(seconds), "audio/mp4")


def spoken(place, **more):
    told = dict(town=place.town, text="", actor=RESIDENT, channel="web")
    return receive_case(**told, village=place.village, recording=recording(), **more)


def told_file(receipt):
    return files_of(receipt.case)[0]


def address(place, file):
    return f"/{place.town.code}/file/{file.stored_name}"


def code_given(place, code):
    browser = Browser()
    browser.post(f"/{place.town.code}/track/", {"code": code})
    return browser


def report_pages(place, client, **first):
    """Tell it through the pages; return the answer to the last."""
    base = f"/{place.town.code}/report/"
    assert client.post(base, first).status_code == 302
    client.post(f"{base}where/", {"village": place.village.pk, "place": ""})
    client.post(f"{base}contact/", {"answer": "none"})
    return client.post(f"{base}check/", {"website": ""})


def aside(settings):
    folder = settings.DATA / "aside"
    return list(folder.iterdir()) if folder.exists() else []


def test_nothing_is_refused_and_a_recording_alone_is_a_report(place, settings):
    client, base = Browser(), f"/{place.town.code}/report/"
    assert client.post(base, {"text": " "}).status_code == 422
    assert client.post(base, {"recording": recording(400)}).status_code == 422
    assert not aside(settings)
    answer = report_pages(place, client, text="", recording=recording())
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.text, case.spoken) == ("", True)
    assert case.subject == "只有录音（1分20秒），还没写成文字"
    assert case.commitment.title == case.subject
    client.get(f"/{place.town.code}/receipt/")
    assert not aside(settings), "sent, and still laid aside"
    page = client.get(f"/{place.town.code}/matter/").content.decode()
    assert "<audio" in page and "只有录音" in page


def test_before_it_is_sent_it_lies_encrypted_and_can_be_left_out(place, settings):
    client, base = Browser(), f"/{place.town.code}/report/"
    client.post(base, {"recording": recording()})
    [kept] = aside(settings)
    assert sounds.mp4(80) not in kept.read_bytes()
    assert "1分20秒" in client.get(base).content.decode()
    client.post(base, {"recording": recording(10)})
    [other] = aside(settings)
    assert other != kept
    assert client.post(base, {"without": "on"}).status_code == 422
    assert client.post(base, {"without": "on", "text": "灯不亮"}).status_code == 302
    assert not aside(settings)
    client.post(base, {"recording": recording()})
    [left] = aside(settings)
    assert drop_old() == 0
    os.utime(left, (0, 0))
    assert drop_old() == 1
    client.post(f"{base}where/", {"village": place.village.pk, "place": ""})
    client.post(f"{base}contact/", {"answer": "none"})
    client.post(base, {"text": ""})
    assert client.get(f"{base}check/").status_code in (200, 302)
    assert not Case.objects.exists()


def test_one_network_does_not_fill_the_disk(place, settings):
    client, base = Browser(), f"/{place.town.code}/report/"
    answers = [client.post(base, {"recording": recording()}) for _time in range(61)]
    assert [one.status_code for one in answers] == [302] * 60 + [422]
    assert len(aside(settings)) == 1


def test_a_title_is_in_the_towns_language_whoever_tells_it(place):
    with translation.override("en"):
        assert "只有录音" in spoken(place).case.subject


def test_only_who_sees_it_writes_it_down_and_then_it_is_found(place):
    case = spoken(place).case
    [file] = recordings_of(case)
    dispatcher = place.staff("dispatcher")
    with pytest.raises(NotAllowed):
        write_down(case.pk, file.pk, words=SAID, actor=place.staff("handler"))
    with pytest.raises(Refusal):
        write_down(case.pk, file.pk, words=" ", actor=dispatcher)
    other = told_file(spoken(place))
    with pytest.raises(Refusal, match="no_recording"):
        write_down(case.pk, other.pk, words=SAID, actor=dispatcher)
    assert not search_cases(dispatcher, "涵洞")
    url = f"/{place.town.code}/work/case/{case.number}/recording/{file.pk}/"
    assert place.client("handler").post(url, {"text": SAID}).status_code == 404
    assert place.client("dispatcher").post(url, {"text": SAID}).status_code == 302
    case.refresh_from_db()
    assert (case.text, case.subject) == (SAID, SAID)
    assert Commitment.objects.get(pk=case.commitment_id).title == SAID
    assert search_cases(dispatcher, "涵洞") == [case]
    entry = TrailEntry.objects.get(code="cases.recording_written")
    assert entry.person == dispatcher.person
    page = place.client("dispatcher").get(
        f"/{place.town.code}/work/case/{case.number}/"
    )
    assert "工作人员写下了" in page.content.decode()


def test_a_typed_matter_keeps_its_words_and_is_found_by_what_was_added(place):
    receipt = receive_case(
        **dict(town=place.town, text="路灯不亮", actor=RESIDENT, channel="web")
    )
    add_words(receipt.reporter.pk, text="", recording=recording())
    [file] = recordings_of(receipt.case)
    dispatcher = place.staff("dispatcher")
    write_down(receipt.case.pk, file.pk, words=SAID, actor=dispatcher)
    receipt.case.refresh_from_db()
    assert (receipt.case.text, receipt.case.subject) == ("路灯不亮", "路灯不亮")
    assert search_cases(dispatcher, "涵洞") == [receipt.case]
    assert search_cases(dispatcher, "路灯") == [receipt.case]


def test_a_voice_is_heard_by_staff_and_its_owner_alone(place):
    receipt = spoken(place)
    second = join_case(
        receipt.case.pk, form_token="t", actor=RESIDENT, recording=recording(5)
    )
    add_words(receipt.reporter.pk, text="还有", recording=recording(6))
    note = add_note(
        receipt.case.pk,
        text="",
        recording=recording(7),
        actor=place.staff("dispatcher"),
    )
    mine, theirs = told_file(receipt), files_of(second.reporter)[0]
    added, noted = files_of(receipt.case.replies.get())[0], files_of(note)[0]
    first, other = code_given(place, receipt.code), code_given(place, second.code)
    opens = {
        (who, file.pk): client.get(address(place, file)).status_code == 200
        for who, client in (
            ("first", first),
            ("other", other),
            ("staff", place.client("dispatcher")),
            ("stranger", Browser()),
            ("water", place.client("water")),
        )
        for file in (mine, theirs, added, noted)
    }
    heard = {key for key, opened in opens.items() if opened}
    assert heard == {
        *(("staff", file.pk) for file in (mine, theirs, added, noted)),
        ("first", mine.pk),
        ("first", added.pk),
        ("other", theirs.pk),
    }
    page = other.get(f"/{place.town.code}/matter/").content.decode()
    assert theirs.stored_name in page
    assert mine.stored_name not in page and added.stored_name not in page


def test_a_verdict_may_be_spoken_once_it_is_asked_for(place):
    receipt = awaiting(place)
    browser, url = code_given(place, receipt.code), f"/{place.town.code}/matter/judge/"
    told = {"satisfied": "satisfied", "recording": recording(4)}
    assert browser.post(url, told).status_code == 422
    told |= {"solved": "solved", "recording": recording(4)}
    assert browser.post(url, told).status_code == 302
    [file] = recordings_of(receipt.case)
    assert file.owner_kind == "commitments.verdict"
    assert (
        file.stored_name in browser.get(f"/{place.town.code}/matter/").content.decode()
    )
    case = place.client("dispatcher").get(
        f"/{place.town.code}/work/case/{receipt.case.number}/"
    )
    assert file.stored_name in case.content.decode()


def test_staff_hand_in_note_and_enter_by_voice(place):
    url = f"/{place.town.code}/work/enter/"
    told = {"text": "", "village": place.village.pk, "channel": "counter"}
    told |= {"answer": "none", "form_token": "x"}
    assert place.client("dispatcher").post(url, told).status_code == 422
    told["recording"] = recording()
    assert place.client("dispatcher").post(url, told).status_code == 302
    case = Case.objects.get()
    assert case.spoken
    page = f"/{place.town.code}/work/case/{case.number}/"
    note = {"text": "", "recording": recording(9)}
    assert (
        "写一句话"
        in place.client("dispatcher")
        .post(f"{page}note/", {"text": ""})
        .content.decode()
    )
    assert place.client("dispatcher").post(f"{page}note/", note).status_code == 302
    chosen = {"organisation": place.office("Roads").pk, "category": place.category.pk}
    do(place, "dispatcher", case, "dispatch", **chosen)
    do(place, "handler", case, "take")
    do(place, "handler", case, "progress", words="去看过", recording=recording(6))
    do(place, "handler", case, "submit", words="修好了", recording=recording(8))
    files = list(recordings_of(case))
    assert sorted(file.seconds for file in files) == [6, 8, 9, 80]
    shown = place.client("handler").get(page).content.decode()
    assert all(file.stored_name in shown for file in files)


def test_a_player_gets_the_part_that_it_asks_for(place):
    receipt = spoken(place)
    browser, file = code_given(place, receipt.code), told_file(receipt)
    whole = b"".join(browser.get(address(place, file)).streaming_content)
    for asked, part in (
        ("bytes=0-1", whole[:2]),
        ("bytes=10-", whole[10:]),
        ("bytes=-5", whole[-5:]),
        (f"bytes=3-{len(whole) + 99}", whole[3:]),
    ):
        answer = browser.get(address(place, file), headers={"Range": asked})
        assert (answer.status_code, answer.content) == (206, part), asked
        assert answer["Content-Range"].endswith(f"/{len(whole)}")
    asked = {"Range": f"bytes={len(whole)}-"}
    assert browser.get(address(place, file), headers=asked).status_code == 416
    assert Browser().get(address(place, file), headers=asked).status_code == 404


def test_under_a_seal_recordings_are_encrypted_with_what_was_written(place):
    receipt, dispatcher = spoken(place), place.staff("dispatcher")
    join_case(receipt.case.pk, form_token="t", actor=RESIDENT, recording=recording(5))
    add_note(receipt.case.pk, text="", recording=recording(7), actor=dispatcher)
    for file in recordings_of(receipt.case):
        write_down(receipt.case.pk, file.pk, words=SAID, actor=dispatcher)
    assert rows_with(SAID)
    matter = seal_case(receipt.case.pk, kind="conduct", actor=dispatcher)
    assert not rows_with(SAID)
    files = list(StoredFile.objects.filter(kind="audio"))
    assert len(files) == 3 and all(file.sealed for file in files)
    for file in files:
        assert b"ftyp" not in path_of(file.stored_name).read_bytes()
        assert place.client("dispatcher").get(address(place, file)).status_code == 404
        keeper = place.client("discipline")
        assert keeper.get(address(place, file)).status_code == 200
    browser, url = code_given(place, receipt.code), f"/{place.town.code}/matter/add/"
    assert browser.post(url, {"text": ""}).status_code == 422
    assert browser.post(url, {"recording": recording(3)}).status_code == 302
    assert StoredFile.objects.filter(kind="audio", sealed=True).count() == 4
    open_sealed(matter.pk, actor=place.staff("discipline"))
    assert search_cases(dispatcher, "涵洞") == [receipt.case]
    words = {file.words for file in recordings_of(receipt.case)}
    assert words == {SAID, ""}


def test_what_is_erased_is_not_heard_and_not_found(place):
    receipt = awaiting(place)
    add_words(receipt.reporter.pk, text="", recording=recording())
    [file] = recordings_of(receipt.case)
    dispatcher = place.staff("dispatcher")
    write_down(receipt.case.pk, file.pk, words=SAID, actor=dispatcher)
    told = {"solved": "solved", "satisfied": "satisfied"}
    judge_case(receipt.reporter.pk, recording=recording(4), **told)
    erase_case(receipt.case.pk, reason="asked", actor=dispatcher)
    assert not StoredFile.objects.filter(kind="audio").exists()
    assert not search_cases(dispatcher, "涵洞")
    assert not rows_with(SAID)


def test_a_recording_sent_twice_is_one(place):
    one, two = spoken(place, form_token="t"), spoken(place, form_token="t")
    assert two.again and one.case == two.case
    for _time in range(2):
        join_case(one.case.pk, form_token="j", actor=RESIDENT, recording=recording(5))
    assert Reporter.objects.filter(case=one.case).count() == 2
    assert recordings_of(one.case).count() == 2


def test_a_form_with_two_forms_has_no_id_twice(place):
    receipt = awaiting(place)
    page = code_given(place, receipt.code).get(f"/{place.town.code}/matter/")
    ids = re.findall(r'\sid="([^"]+)"', page.content.decode())
    assert len(ids) == len(set(ids))


def test_the_dispatcher_comes_back_to_the_desk(place):
    case = spoken(place).case
    [file] = recordings_of(case)
    desk = place.client("dispatcher").get(f"/{place.town.code}/work/dispatch/")
    assert f"/recording/{file.pk}/" in desk.content.decode()
    url = f"/{place.town.code}/work/case/{case.number}/recording/{file.pk}/"
    answer = place.client("dispatcher").post(url, {"text": SAID, "desk": "yes"})
    assert answer["Location"].endswith(f"/dispatch/{case.number}/")
