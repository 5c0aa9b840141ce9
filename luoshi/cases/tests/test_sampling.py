"""Samples: a fixed share by chance, looked at by another; what is wrong goes back."""

from datetime import timedelta

import pytest

from luoshi.cases.actions import judge_case, receive_case
from luoshi.cases.models import Case
from luoshi.cases.tests.test_main_job import awaiting, dispatched, handed_in
from luoshi.commitments import actions
from luoshi.commitments.actions.drawing import lot_of
from luoshi.commitments.models import Commitment, Hop, Sample, State
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal

ALL = {"samples": {"work": 100, "other": 100}}


@pytest.fixture
def drawn(place):
    """Draw everything: chance has its own test."""
    place.town.rules = ALL
    place.town.save(update_fields=["rules"])
    return place


def look(place, sample, who="inspector", right=True, words="看过了"):
    return actions.look_at_sample(
        sample.pk, right=right, words=words, actor=place.staff(who)
    )


def matter(receipt):
    return Commitment.objects.get(pk=receipt.case.commitment_id)


def nobody_reached(place, clock):
    """Return a case that ended because nobody answered the telephone."""
    receipt = awaiting(place)
    for _day in range(3):
        actions.note_call_attempt(
            receipt.case.commitment_id, actor=place.staff("dispatcher")
        )
        clock.tick(timedelta(days=1))
    return receipt


def passed_on(place):
    receipt = receive_case(
        **dict(town=place.town, text="煤气瓶", actor=RESIDENT, channel="web"),
        village=place.village,
    )
    actions.pass_to_destination(
        receipt.case.commitment_id,
        destination="县住建局",
        actor=place.staff("dispatcher"),
    )
    return receipt


def test_the_share_is_kept_by_lots_that_nobody_can_choose(place):
    made = [Commitment(number=f"QI-{n}", town=place.town) for n in range(4000)]
    lots = [lot_of(one, "work") for one in made]
    assert 320 <= sum(lot < 1000 for lot in lots) <= 480
    assert lots == [lot_of(one, "work") for one in made]
    assert lots != [lot_of(one, "ending") for one in made]


def test_nothing_is_drawn_where_the_town_draws_nothing(place, clock):
    place.town.rules = {"samples": {"work": 0, "other": 0}}
    place.town.save(update_fields=["rules"])
    awaiting(place)
    nobody_reached(place, clock)
    assert not Sample.objects.exists()


def test_accepted_work_is_drawn_and_another_looks(drawn):
    receipt = awaiting(drawn)
    sample = Sample.objects.get()
    assert (sample.why, sample.share, sample.found) == ("work", 100, "")
    assert TrailEntry.objects.get(code="commitments.drawn").data == {"share": 100}
    for who in ("handler", "colleague", "dispatcher"):
        with pytest.raises(NotAllowed):
            look(drawn, sample, who)
    with pytest.raises(Refusal, match="reason_missing"):
        look(drawn, sample, right=False, words=" ")
    assert look(drawn, sample).found == "right"
    assert matter(receipt).state == State.AWAITING
    assert TrailEntry.objects.filter(code="commitments.sample_right").count() == 1
    with pytest.raises(Refusal, match="looked_already"):
        look(drawn, sample, "leader")


def test_what_is_not_right_goes_back_to_its_owner(drawn):
    receipt = awaiting(drawn)
    Notice.objects.all().delete()
    look(drawn, Sample.objects.get(), right=False, words="灯还是不亮")
    one = matter(receipt)
    assert one.state == State.IN_HAND
    assert Sample.objects.get().found == "back"
    told = Notice.objects.get(code="commitments.sent_back")
    assert told.person_id == one.owner_id
    assert TrailEntry.objects.filter(code="commitments.sample_back").count() == 1
    handler = drawn.staff(one.owner.name)
    actions.submit_commitment(one.pk, words="换了", actor=handler)
    actions.accept_commitment(one.pk, actor=drawn.staff("inspector"))
    assert Sample.objects.filter(looked_at=None).count() == 1, "a new draw each time"


def test_the_step_on_the_case_page_settles_the_sample_too(drawn):
    receipt = awaiting(drawn)
    actions.send_back_commitment(
        receipt.case.commitment_id, reason="没修好", actor=drawn.staff("inspector")
    )
    sample = Sample.objects.get()
    assert (sample.found, sample.words) == ("back", "没修好")


def test_an_ending_without_a_verdict_is_drawn_and_comes_back(drawn, clock):
    receipt = nobody_reached(drawn, clock)
    Sample.objects.filter(why="work").delete()
    sample = Sample.objects.get(why="ending")
    assert (sample.ending, matter(receipt).state) == ("no_verdict", State.CLOSED)
    first = matter(receipt)
    look(drawn, sample, right=False, words="没打过电话")
    one = matter(receipt)
    assert (one.state, one.ending, one.closed_at) == (State.IN_HAND, "", None)
    assert one.started_at == first.started_at and one.due_at > clock.moment
    assert Hop.objects.get(commitment=one, until=None).person_id == one.owner_id
    told = Notice.objects.filter(code="commitments.brought_back")
    assert told.get().person_id == one.owner_id
    handler = drawn.staff(one.owner.name)
    actions.submit_commitment(one.pk, words="打通了", actor=handler)
    actions.accept_commitment(one.pk, actor=drawn.staff("inspector"))
    judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    assert matter(receipt).ending == "solved"


def test_what_was_passed_on_wrongly_is_with_the_dispatcher_again(drawn):
    receipt = passed_on(drawn)
    sample = Sample.objects.get()
    assert sample.ending == "destination"
    look(drawn, sample, "leader", right=False, words="归镇里管")
    one = matter(receipt)
    assert (one.state, one.owner.name) == (State.RECEIVED, "dispatcher")
    assert one.ending_words == ""
    actions.dispatch_commitment(
        one.pk,
        organisation_id=drawn.office("Roads").pk,
        category_id=drawn.category.pk,
        actor=drawn.staff("dispatcher"),
    )
    assert matter(receipt).state == State.ASSIGNED


def test_a_residents_own_solved_stands_and_the_leader_is_told(drawn):
    receipt = awaiting(drawn)
    judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    sample = Sample.objects.get(why="work")
    look(drawn, sample, right=False, words="照片是旧的")
    assert matter(receipt).ending == "solved"
    sample.refresh_from_db()
    assert sample.found == "noted"
    told = Notice.objects.filter(code="commitments.sample_noted")
    names = set(told.values_list("person__name", flat=True))
    assert names == {"leader", "dispatcher"}


def test_a_merge_is_an_ending_that_may_be_drawn(drawn):
    one, head = dispatched(drawn).case, dispatched(drawn).case
    actions.merge_commitments(
        one.commitment_id, head_id=head.commitment_id, actor=drawn.staff("dispatcher")
    )
    sample = Sample.objects.get()
    assert (sample.ending, sample.commitment_id) == ("merged", one.commitment_id)


def test_the_owner_who_left_gets_nothing_back(drawn, clock):
    from luoshi.cases.tests.test_told import leave

    receipt = nobody_reached(drawn, clock)
    owner = matter(receipt).owner.name
    other = {"handler": "colleague", "colleague": "handler"}[owner]
    leave(drawn, owner, other)
    look(drawn, Sample.objects.get(why="ending"), right=False, words="没打过电话")
    assert matter(receipt).owner.name == other


def test_the_page_of_a_sample_is_for_who_may_look(drawn):
    receipt = awaiting(drawn)
    url = f"/{drawn.town.code}/work/sample/{Sample.objects.get().pk}/"
    for who in ("handler", "dispatcher", "releaser"):
        assert drawn.client(who).get(url).status_code in (403, 404)
    client = drawn.client("inspector")
    page = client.get(url).content.decode()
    assert "验收过的100件里抽100件" in page and "换了灯" in page
    answer = client.post(url, {"right": "no", "words": ""})
    assert answer.status_code == 422
    answer = client.post(url, {"right": "no", "words": "灯还是不亮"})
    assert answer.headers["Location"] == f"/{drawn.town.code}/work/inspect/"
    assert client.get(url).status_code == 404
    number = Case.objects.get(pk=receipt.case.pk).number
    page = client.get(f"/{drawn.town.code}/work/case/{number}/").content.decode()
    assert "灯还是不亮" in page


def test_who_did_the_work_finds_no_sample_of_it(drawn):
    receipt = handed_in(drawn)
    pk = receipt.case.commitment_id
    inspector = drawn.staff("inspector").person
    actions.accept_commitment(pk, actor=drawn.staff("leader"))
    Commitment.objects.filter(pk=pk).update(done_by=inspector)
    sample = Sample.objects.get()
    url = f"/{drawn.town.code}/work/sample/{sample.pk}/"
    assert drawn.client("inspector").get(url).status_code == 404
    with pytest.raises(NotAllowed, match="own_work"):
        look(drawn, sample)
    assert look(drawn, sample, "leader").found == "right"
