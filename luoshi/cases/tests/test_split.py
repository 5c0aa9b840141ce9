"""Splitting: two matters told in one go, one code, each person asked once."""

from datetime import timedelta

import pytest

from luoshi.cases.access import reporter_by_code
from luoshi.cases.actions import (
    Second,
    add_words,
    correct_contact,
    erase_contacts,
    join_case,
    judge_case,
    receive_case,
    reply_to_reporters,
    split_case,
)
from luoshi.cases.actions.talk import contact_of
from luoshi.cases.alike import alike_open, heads_open
from luoshi.cases.models import Case, Reporter
from luoshi.cases.queries import tracking_of
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, State
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.search import Words, find_titles_first
from luoshi.engines import similarity

TWO = "村口路灯不亮。还有，水渠堵了，田里进不了水。"


def told(place, **more):
    return receive_case(
        **dict(town=place.town, text=TWO, actor=RESIDENT, channel="phone"),
        **dict(village=place.village, phone="13800001111", name="王建国"),
        **dict(answer="sms", **more),
    )


def split(place, receipt, who="dispatcher", token="t1", **more):
    second = Second("水渠堵了，田里进不了水。", village=place.village)
    return split_case(
        receipt.case.pk,
        second=second,
        actor=place.staff(who),
        form_token=token,
        **more,
    )


def dispatch(place, commitment_id, office="Roads"):
    return actions.dispatch_commitment(
        commitment_id,
        organisation_id=place.office(office).pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )


def test_a_second_matter_has_its_own_number_clock_and_way(place, clock):
    receipt = told(place)
    joined = join_case(
        receipt.case.pk,
        form_token="j",
        actor=RESIDENT,
        phone="13800002222",
        answer="call",
    )
    clock.tick(timedelta(days=2))
    with pytest.raises(NotAllowed):
        split(place, receipt, who="handler")
    new = split(place, receipt)
    first = Case.objects.get(pk=receipt.case.pk)
    assert first.text == TWO, "the first keeps its words"
    assert new.text == "水渠堵了，田里进不了水。" and new.split_from_id == first.pk
    assert new.commitment.started_at == first.received_at
    assert new.commitment.state == State.RECEIVED
    dispatched = dispatch(place, new.commitment_id, "Water")
    assert dispatched.counted_from == first.received_at, "since the first word"
    assert Commitment.objects.get(pk=first.commitment_id).state == State.RECEIVED
    for commitment, code in (
        (first.commitment, "cases.split_off"),
        (new.commitment, "cases.split_from"),
    ):
        entry = TrailEntry.objects.get(code=code)
        assert entry.subject_id == commitment.pk
    notice = Notice.objects.get(code="cases.split")
    assert notice.channel == "sms" and notice.data["number"] == new.number
    voices = list(new.reporters.order_by("pk"))
    assert [one.first_id for one in voices] == [
        receipt.reporter.pk,
        joined.reporter.pk,
    ]
    assert [contact_of(one).phone for one in voices] == ["13800001111", "13800002222"]
    codes = set(Reporter.objects.values_list("code_hash", flat=True))
    assert len(codes) == 4, "each voice has a code of its own"
    asked = Words(place.town, "水渠", "case")
    assert new.pk in find_titles_first(asked, visibility=["internal"], most=5)


def test_the_same_form_makes_one_matter(place):
    receipt = told(place)
    version = Commitment.objects.get(pk=receipt.case.commitment_id).version
    first = split(place, receipt, version=version)
    assert split(place, receipt, version=version).pk == first.pk
    with pytest.raises(Conflict):
        split(place, receipt, token="t2", version=version)
    assert split(place, receipt, token="t3").pk != first.pk


def test_what_is_closed_sealed_held_or_a_part_is_not_split(place):
    closed, sealed, held = told(place), told(place), told(place, held_why="doubtful")
    dispatcher = place.staff("dispatcher")
    actions.pass_to_destination(
        closed.case.commitment_id, destination="95598", actor=dispatcher
    )
    Commitment.objects.filter(pk=sealed.case.commitment_id).update(visibility="sealed")
    for receipt in (closed, sealed, held):
        with pytest.raises(Refusal):
            split(place, receipt)
        url = f"/{place.town.code}/work/case/{receipt.case.number}/split/"
        assert place.client("dispatcher").get(url).status_code == 404
    assert Case.objects.filter(split_from__isnull=False).count() == 0
    assert not TrailEntry.objects.filter(code="cases.split_off").exists()


def test_one_code_shows_both_and_opens_nobody_elses(place):
    receipt, stranger = told(place), told(place)
    new = split(place, receipt)
    base = f"/{place.town.code}/"
    resident = Browser()
    resident.post(f"{base}track/", {"code": receipt.code})
    page = resident.get(f"{base}matter/").content.decode()
    assert new.number in page and TWO in page
    other = f"{base}matter/other/{new.number}/"
    assert resident.get(other).headers["Location"] == f"{base}matter/"
    page = resident.get(f"{base}matter/").content.decode()
    assert receipt.case.number in page and TWO not in page
    resident.get(f"{base}matter/other/{receipt.case.number}/")
    assert TWO in resident.get(f"{base}matter/").content.decode()
    for number in (stranger.case.number, "QI-999"):
        answer = resident.get(f"{base}matter/other/{number}/")
        assert answer.status_code == 404
    nobody = Browser()
    assert nobody.get(other).status_code == 404
    assert new.number not in str(tracking_of(stranger.reporter))


def test_done_together_again_is_the_undoing_and_asks_each_person_once(place, clock):
    receipt = told(place)
    new = split(place, receipt)
    dispatcher, handler = place.staff("dispatcher"), place.staff("handler")
    merged = actions.merge_commitments(
        new.commitment_id, head_id=receipt.case.commitment_id, actor=dispatcher
    )
    pk = receipt.case.commitment_id
    reply_to_reporters(receipt.case.pk, text="明天来", actor=dispatcher)
    assert Notice.objects.filter(code="cases.replied").count() == 1
    dispatch(place, pk)
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="好了", actor=handler)
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    assert Notice.objects.filter(code="cases.to_judge").count() == 1
    second = new.reporters.get()
    # By either code: it is one person, and one word closes it.
    judge_case(second.pk, solved="solved", satisfied="satisfied")
    done = Commitment.objects.get(pk=pk)
    assert done.ending == "solved"
    judged = done.verdicts.get()
    assert judged.judge_id == receipt.reporter.pk
    assert tracking_of(second).judged == judged
    assert merged.undone_at is None


def test_before_that_both_are_judged_apart(place):
    receipt = told(place)
    new = split(place, receipt)
    first = receipt.case.commitment_id
    for pk, who in ((first, "handler"), (new.commitment_id, "water")):
        office = "Roads" if who == "handler" else "Water"
        dispatch(place, pk, office)
        actions.take_commitment(pk, actor=place.staff(who))
        actions.submit_commitment(pk, words="好了", actor=place.staff(who))
        actions.accept_commitment(pk, actor=place.staff("inspector"))
    judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    states = dict(Commitment.objects.values_list("pk", "state"))
    assert states[receipt.case.commitment_id] == State.CLOSED
    assert states[new.commitment_id] == State.AWAITING


def test_said_once_it_is_put_right_in_both_and_erased_in_both(place):
    receipt = told(place)
    new = split(place, receipt)
    correct_contact(
        new.reporters.get().pk,
        name="王建国",
        phone="13900003333",
        answer="call",
        actor=RESIDENT,
    )
    for voice in Reporter.objects.all():
        assert contact_of(voice).phone == "13900003333" and voice.answer == "call"
    assert TrailEntry.objects.filter(code="cases.contact_corrected").count() == 2
    page = place.client("dispatcher").get(
        f"/{place.town.code}/work/case/{receipt.case.number}/erase/"
    )
    assert new.number in page.content.decode()
    dispatcher = place.staff("dispatcher")
    with pytest.raises(NotAllowed):
        erase_contacts(receipt.case.pk, reason="asked", actor=place.staff("handler"))
    erase_contacts(receipt.case.pk, reason="asked", actor=dispatcher)
    assert not any(contact_of(one).phone for one in Reporter.objects.all())
    # The codes stay, so that everybody can still look it up.
    assert reporter_by_code(place.town, receipt.code, "net").pk == receipt.reporter.pk


def test_through_the_pages(place):
    receipt = told(place)
    client, number = place.client("dispatcher"), receipt.case.number
    url = f"/{place.town.code}/work/case/{number}/split/"
    page = client.get(url).content.decode()
    token = page.split('name="form_token" value="')[1].split('"')[0]
    sent = {"text": "", "form_token": token, "village": place.village.pk}
    assert client.post(url, sent).status_code == 422
    sent |= {"text": "水渠堵了", "place": "老槐树旁"}
    answer = client.post(url, sent | {"version": 99})
    assert answer.status_code == 409 and "水渠堵了" in answer.content.decode()
    answer = client.post(url, sent | {"version": 1})
    new = Case.objects.get(split_from=receipt.case)
    assert answer.headers["Location"].endswith(f"/{new.number}/")
    assert new.place == "老槐树旁"
    assert number in client.get(answer.headers["Location"]).content.decode()
    first = client.get(f"/{place.town.code}/work/case/{number}/").content.decode()
    assert new.number in first
    assert new.number in client.get(url).content.decode()


def test_a_split_one_is_found_like_any_other(place):
    receipt = told(place)
    new = split(place, receipt)
    asked = similarity.Case(None, new.text)
    found = [one.case.pk for one in alike_open(asked, place.town, heads_open())]
    assert new.pk in found
    add_words(new.reporters.get().pk, text="还没人来")
    assert TrailEntry.objects.get(code="cases.words_added").subject_id == (
        new.commitment_id
    )
