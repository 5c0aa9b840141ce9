"""A Polis export becomes a consultation: refused first, brought in after, once."""

import io
import os
import zipfile
from datetime import timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.commitments.models import Kind
from luoshi.consultations.actions import bringing
from luoshi.consultations.actions.bringing import bring_consultation, take, words_of
from luoshi.consultations.maps import uploads
from luoshi.consultations.maps.exporting import excel_parts
from luoshi.consultations.models import Brought, Consultation, Reaction, Voter
from luoshi.consultations.tests.asked import bring, files, vectors, wanted
from luoshi.core.models import Notice
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.sheets import BadSheet, sheet_bytes
from luoshi.core.trail import entries_of
from luoshi.engines.opinion import read_export
from luoshi.engines.opinion.tests.made import blocs


@pytest.mark.parametrize("who", ["inspector", "administrator", "archivist"])
def test_only_who_prepares_brings_in(place, who):
    with pytest.raises(NotAllowed):
        bring(place, who=who)
    assert not Consultation.objects.exists()
    made = bring(place, who="dispatcher")
    assert Voter.objects.filter(consultation=made).count() == 50
    entry = entries_of(made)[0]
    assert entry.code == "consultations.brought"
    assert entry.data == {"voters": 50, "statements": 20, "votes": 1000}
    told = Notice.objects.filter(code="consultations.brought_to_you")
    assert {one.person_id for one in told} == {made.commitment.owner_id}


def test_it_is_closed_and_owed_an_answer(place):
    made = bring(place)
    assert made.state == Consultation.State.CLOSED and made.number == 1
    assert made.commitment.kind == Kind.CONSULTATION
    assert made.steps.count() == 1
    first = made.statements.get(number=1)
    assert (first.agree, first.disagree, first.unsure) == (30, 20, 0)
    for one in made.statements.all():
        given = Reaction.objects.filter(statement=one)
        assert one.agree == given.filter(value=1).count()
        assert one.disagree == given.filter(value=-1).count()


def test_the_same_answers_come_in_once_whatever_their_order(place):
    voters, statements, votes = blocs(30, 20)
    bring(place)
    with pytest.raises(Refusal, match="brought_already"):
        bring(place, (voters[::-1], statements[::-1], votes[::-1]))
    assert Consultation.objects.count() == Brought.objects.count() == 1
    bring(place, (voters, statements, -votes))
    assert Consultation.objects.count() == 2


def test_nobodys_number_there_is_kept_and_the_order_is_by_chance(place):
    votes = (np.repeat(np.arange(900, 960), 3), np.tile([0, 1, 2], 60), np.ones(180))
    made = bring(place, votes)
    keys = Voter.objects.filter(consultation=made).values_list("key", flat=True)
    assert len(set(keys)) == 60 and all(len(key) == 64 for key in keys)


def test_the_last_vote_counts_and_days_are_those_of_the_votes(place):
    votes = ([1, 1, 2], [5, 5, 5], [1, -1, 1])
    times = [1_600_000_000_500, 1_600_086_400_000, 1_600_000_000_000]
    made = bring(place, votes, times=times)
    one = made.statements.get()
    assert (one.agree, one.disagree) == (1, 1)
    assert (made.opens_at.timestamp(), made.closes_at.timestamp()) == (
        1_600_000_000,
        1_600_086_400,
    )


@pytest.mark.parametrize("time", [0, -5, 10**17])
def test_times_that_no_calendar_has_are_now(place, time):
    made = bring(place, ([1, 2], [5, 5], [1, 1]), times=[time, time])
    assert made.opens_at < made.closes_at <= made.made_at


def test_what_was_turned_down_stays_out_and_what_names_somebody_is_held(place):
    texts = {0: "多收几次", 1: "找王五，13812345678", 2: "不用收", 3: "长" * 401}
    votes = (np.repeat(np.arange(12), 4), np.tile(np.arange(4), 12), np.ones(48))
    made = bring(place, votes, texts=texts, turned_down=[2])
    states = dict(made.statements.values_list("text", "state"))
    assert states == {texts[0]: "published", texts[1]: "held"}
    taken = take(read_export(files(votes, texts=texts, turned_down=[2])))
    assert (taken.turned_down, taken.too_long, len(taken.held)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"comments.csv": b"comment-id\n1\n"}, "brought_without_words"),
        ({"votes.csv": b"voter-id,comment-id,vote\n"}, "brought_without_votes"),
        ({"votes.csv": b"voter-id,comment-id,vote\n1,99,1\n"}, "without_votes"),
    ],
)
def test_what_is_no_consultation_is_refused(place, change, code):
    export = read_export(files() | change)
    with pytest.raises(Refusal, match=code):
        bring_consultation(export, wanted(place), actor=place.staff("dispatcher"))
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("field", "code"),
    [("title", "title"), ("question", "question"), ("affected", "affected")],
)
def test_empty_words_are_refused_and_nothing_is_left(place, field, code):
    export = read_export(files())
    with pytest.raises(Refusal, match=code):
        bring_consultation(
            export, wanted(place, **{field: " "}), actor=place.staff("dispatcher")
        )
    assert not Consultation.objects.exists() and not Voter.objects.exists()


def test_too_many_votes_are_refused(place, monkeypatch):
    monkeypatch.setattr(bringing, "MOST_VOTES", 999)
    with pytest.raises(Refusal, match="too_many"):
        bring(place)


def test_a_description_becomes_a_question_of_plain_words():
    told = (
        'topic,Trees\nconversation-description,"Ask [us](http://x.org) *now*.\n\n- b"'
    )
    export = read_export(files() | {"summary.csv": told.encode()})
    assert words_of(export)["question"] == "Ask us now."
    export = read_export(files() | {"summary.csv": b""})
    assert words_of(export)["title"] == words_of(export)["question"] != ""


def _upload(name, data):
    return SimpleUploadedFile(name, data)


def _zip(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_files_or_a_zip_are_kept_until_looked_at(place):
    whole = files()
    loose = uploads.keep_upload(place.town, [_upload(n, d) for n, d in whole.items()])
    packed = _zip({f"export/{name}": data for name, data in whole.items()} | {"x": b""})
    zipped = uploads.keep_upload(place.town, [_upload("polis.ZIP", packed)])
    assert uploads.files_of_job(place.town, loose) == whole
    assert uploads.files_of_job(place.town, zipped) == whole
    uploads.drop_upload(place.town, zipped)
    assert uploads.files_of_job(place.town, zipped) is None
    assert uploads.files_of_job(place.town, "../" + "x" * 19) is None


@pytest.mark.parametrize(
    "upload",
    [("a.csv", b"x"), ("a.zip", b"no zip"), ("b.zip", _zip({"other.txt": b"x"}))],
)
def test_what_is_not_of_polis_is_refused(place, upload):
    with pytest.raises(BadSheet):
        uploads.keep_upload(place.town, [_upload(*upload)])


def test_a_zip_with_a_torn_stream_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("votes.csv", "timestamp,voter-id,vote\n" * 200)
    torn = bytearray(out.getvalue())
    start = 30 + len("votes.csv")
    torn[start : start + 8] = b"\xff" * 8
    with pytest.raises(BadSheet):
        uploads.unpack(bytes(torn))


def test_a_zip_that_swells_is_refused(place, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 1000)
    with pytest.raises(BadSheet):
        uploads.unpack(_zip({"votes.csv": b"1" * 1001}))


def test_the_pages_take_it_from_upload_to_map(place):
    client, base = place.client("dispatcher"), "/qinghe/work/consultations/polis/"
    assert client.post(base).status_code == 422
    wrong = client.post(base, {"export": [_upload("a.txt", b"x")]})
    assert wrong.status_code == 422
    sent = [_upload(name, data) for name, data in files().items()]
    looked = client.post(base, {"export": sent}, follow=True)
    assert (
        "垃圾怎么收" in looked.content.decode() and "意见0" in looked.content.decode()
    )
    url = looked.redirect_chain[-1][0]
    told = {
        "title": "垃圾",
        "question": "几次？",
        "affected": "全镇",
        "threshold": 5,
        "until": "2026-04-01",
    }
    assert client.post(url, told).status_code == 422
    told["organisation"] = place.office("Roads").pk
    done = client.post(url, told)
    made = Consultation.objects.get()
    assert done.url == f"/qinghe/work/consultations/{made.number}/opinions/"
    assert client.get(done.url).status_code == 200
    # The files are gone.
    assert client.get(url).status_code == 404


def test_a_broken_file_is_told_with_its_line(place):
    client = place.client("dispatcher")
    broken = files() | {"votes.csv": b"voter-id,comment-id,vote\n1,1,7\n"}
    sent = [_upload(name, data) for name, data in broken.items()]
    base = "/qinghe/work/consultations/polis/"
    answer = client.post(base, {"export": sent}, follow=True)
    assert answer.status_code == 422 and "line 2" in answer.content.decode()


def test_the_excel_table_that_goes_out_comes_in_again(place, clock):
    voters, statements, votes = blocs(30, 20)
    made = bring(place, (voters, statements, votes))
    table = b"".join(excel_parts(made))
    job = uploads.keep_upload(place.town, [_upload("answers.xlsx", table)])
    export = read_export(uploads.files_of_job(place.town, job))
    given = export.voters.tolist(), export.statements.tolist(), export.votes.tolist()
    assert vectors(*given) == vectors(
        voters.tolist(), (statements + 1).tolist(), votes.tolist()
    )
    assert {one.text for one in export.wordings} == {f"意见{n}" for n in range(20)}


@pytest.mark.parametrize(
    "row", [("", 1, "赞同", "x"), (1, "a", "赞同", "x"), (1, 1, "也许", "x")]
)
def test_a_line_of_a_table_that_is_no_answer_is_named(place, row):
    head = ("人的编号", "意见编号", "选择", "意见")
    table = sheet_bytes([head, (1, 1, "赞同", "x"), row])
    with pytest.raises(BadSheet, match="第3行"):
        uploads.keep_upload(place.town, [_upload("a.xlsx", table)])
    with pytest.raises(BadSheet):
        uploads.keep_upload(place.town, [_upload("a.xlsx", sheet_bytes([row]))])


def test_what_nobody_brings_in_is_dropped_after_a_day(place, clock):
    job = uploads.keep_upload(
        place.town, [_upload(name, data) for name, data in files().items()]
    )
    path = uploads._path(place.town, job)
    os.utime(path, (clock.moment.timestamp(),) * 2)
    clock.tick(timedelta(hours=23))
    assert uploads.drop_forgotten() == 0
    clock.tick(timedelta(hours=2))
    assert uploads.drop_forgotten() == 1
    assert uploads.files_of_job(place.town, job) is None
