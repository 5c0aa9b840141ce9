"""Parts: several offices, one that leads, one answer to who asked."""

from datetime import timedelta

import pytest

from luoshi.cases.actions import (
    Second,
    add_part,
    judge_case,
    reply_to_reporters,
    split_case,
)
from luoshi.cases.models import Case
from luoshi.cases.queries import tracking_of
from luoshi.cases.rules import may_erase, may_see_contact
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, State
from luoshi.commitments.queries import (
    parts_of,
    parts_to_accept,
)
from luoshi.commitments.queries.show import explain_due
from luoshi.core.actors import SCHEDULER
from luoshi.core.clock import today
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal

from .test_main_job import dispatched


def lead(place, who="handler"):
    receipt = dispatched(place)
    actions.take_commitment(receipt.case.commitment_id, actor=place.staff(who))
    return receipt


def part_of(place, receipt, who="handler", office="Water", **more):
    told = {"title": "疏通水渠", "asked": "水能流进田里"} | more
    return add_part(
        receipt.case.commitment_id,
        organisation_id=place.office(office).pk,
        actor=place.staff(who),
        **told,
    )


def do_part(place, part, who="water", by="handler"):
    actions.take_commitment(part.pk, actor=place.staff(who))
    actions.submit_commitment(part.pk, words="通了", actor=place.staff(who))
    return actions.accept_commitment(part.pk, actor=place.staff(by))


def fresh(one):
    return Commitment.objects.get(pk=one.pk)


def whole(receipt):
    return Commitment.objects.get(pk=receipt.case.commitment_id)


def submit(place, receipt):
    return actions.submit_commitment(
        receipt.case.commitment_id, words="都好了", actor=place.staff("handler")
    )


def test_the_whole_waits_for_its_part_and_the_lead_accepts_it(place, clock):
    receipt = lead(place)
    with pytest.raises(NotAllowed):
        part_of(place, receipt, who="water")
    part = part_of(place, receipt, workdays=3)
    assert part.number == f"{receipt.case.number}-1"
    assert part.state == State.ASSIGNED and part.owner.name == "water"
    assert (part.village, part.category) == (place.village, place.category)
    assert part.due_at < whole(receipt).due_at
    assert {"commitments.part_added", "commitments.part_given"} <= set(
        TrailEntry.objects.values_list("code", flat=True)
    )
    given = Notice.objects.filter(code="commitments.given_to_you", subject_id=part.pk)
    assert given.get().person == part.owner
    with pytest.raises(Refusal):
        submit(place, receipt)
    water = place.staff("water")
    actions.take_commitment(part.pk, actor=water)
    actions.submit_commitment(part.pk, words="通了", actor=water)
    told = Notice.objects.filter(code="commitments.to_accept", subject_id=part.pk)
    assert [one.person.name for one in told] == ["handler"]
    for who in ("water", "leader", "colleague", "dispatcher"):
        with pytest.raises(NotAllowed):
            actions.accept_commitment(part.pk, actor=place.staff(who))
    assert [one.commitment.pk for one in parts_to_accept(place.staff("handler"))] == [
        part.pk
    ]
    actions.accept_commitment(part.pk, actor=place.staff("handler"))
    part = fresh(part)
    assert (part.state, part.ending) == (State.CLOSED, "accepted"), "judged by nobody"
    done = TrailEntry.objects.get(code="commitments.part_done")
    assert done.subject_id == receipt.case.commitment_id
    submit(place, receipt)
    actions.accept_commitment(
        receipt.case.commitment_id, actor=place.staff("inspector")
    )
    judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    assert whole(receipt).ending == "solved"


def test_nobody_accepts_a_part_that_they_did(place):
    receipt = lead(place)
    part = part_of(place, receipt)
    actions.take_commitment(part.pk, actor=place.staff("water"))
    actions.submit_commitment(part.pk, words="通了", actor=place.staff("water"))
    # Whoever did it becomes the owner of the whole: now an inspector must.
    Commitment.objects.filter(pk=receipt.case.commitment_id).update(
        owner=place.staff("water").person
    )
    with pytest.raises(NotAllowed):
        actions.accept_commitment(part.pk, actor=place.staff("water"))
    actions.send_back_commitment(
        part.pk, reason="再看看", actor=place.staff("inspector")
    )
    Notice.objects.filter(code="commitments.to_accept").delete()
    actions.submit_commitment(part.pk, words="又通了", actor=place.staff("water"))
    told = Notice.objects.filter(code="commitments.to_accept", subject_id=part.pk)
    assert [one.person.name for one in told] == ["inspector"]
    actions.accept_commitment(part.pk, actor=place.staff("inspector"))
    assert fresh(part).ending == "accepted"


def test_a_part_is_due_with_the_whole_at_the_latest(place, clock):
    receipt = lead(place)
    with pytest.raises(Refusal):
        part_of(place, receipt, workdays=30)
    for days in (0, 61):
        with pytest.raises(Refusal):
            part_of(place, receipt, workdays=days)
    clock.tick(timedelta(days=1))
    own, along = part_of(place, receipt, workdays=2), part_of(place, receipt)
    assert along.due_at == whole(receipt).due_at and not explain_due(along)
    assert own.due_at < along.due_at and explain_due(own)
    for part in (own, along):
        actions.take_commitment(part.pk, actor=place.staff("water"))
    with pytest.raises(Refusal):
        actions.extend_commitment(
            along.pk, amount=1, reason="等料", actor=place.staff("water")
        )
    actions.extend_commitment(
        own.pk, amount=1, reason="等料", actor=place.staff("water")
    )
    kept = fresh(own).due_at
    actions.extend_commitment(
        receipt.case.commitment_id,
        amount=2,
        reason="等料",
        actor=place.staff("handler"),
    )
    assert fresh(along).due_at > along.due_at, "it moves along with the whole"
    assert fresh(along).due_at <= whole(receipt).due_at
    assert fresh(own).due_at == kept, "a day of its own stays"
    assert TrailEntry.objects.filter(code="commitments.part_day_moved").count() == 1
    clock.tick(timedelta(days=30))
    with pytest.raises(Refusal):
        part_of(place, receipt)


def test_a_paused_part_runs_on_within_the_whole(place, clock):
    receipt = lead(place)
    part, water = part_of(place, receipt, workdays=3), place.staff("water")
    actions.take_commitment(part.pk, actor=water)
    actions.pause_commitment(
        part.pk, outside_body="县供电公司", reason="停电", actor=water
    )
    clock.tick(timedelta(days=20))
    actions.resume_commitment(part.pk, actor=water)
    assert fresh(part).due_at == whole(receipt).due_at
    assert actions.escalate_overdue() == 2, "each for itself"


def test_a_part_is_handed_back_once_and_goes_to_another_office(place):
    receipt = lead(place)
    part = part_of(place, receipt)
    actions.hand_back_commitment(part.pk, reason="不归我们", actor=place.staff("water"))
    actions.decide_handback(
        part.pk,
        upheld=True,
        answer="对",
        organisation_id=place.office("Audit").pk,
        actor=place.staff("dispatcher"),
    )
    assert fresh(part).owner_organisation.name == "Audit"
    assert whole(receipt).state == State.TAKEN
    with pytest.raises(Refusal):
        actions.hand_back_commitment(
            part.pk, reason="也不归我们", actor=place.staff("inspector")
        )


def test_what_is_no_longer_needed_is_dropped_with_its_reason(place):
    receipt = lead(place)
    part = part_of(place, receipt)
    for who in ("water", "inspector"):
        with pytest.raises(NotAllowed):
            actions.drop_part(part.pk, reason="不用了", actor=place.staff(who))
    with pytest.raises(Refusal):
        actions.drop_part(part.pk, reason=" ", actor=place.staff("handler"))
    with pytest.raises(Refusal):
        actions.drop_part(
            receipt.case.commitment_id, reason="不用了", actor=place.staff("handler")
        )
    actions.drop_part(part.pk, reason="村里自己通了", actor=place.staff("handler"))
    assert fresh(part).ending == "dropped"
    notice = Notice.objects.get(code="commitments.dropped")
    assert notice.person.name == "water"
    assert not tracking_of(receipt.reporter).parts
    submit(place, receipt)


def test_while_a_part_is_open_the_whole_stays_what_it_is(place):
    receipt, other = lead(place), dispatched(place)
    part = part_of(place, receipt)
    pk, dispatcher = receipt.case.commitment_id, place.staff("dispatcher")
    refused = [
        lambda: actions.pass_to_destination(pk, destination="95598", actor=dispatcher),
        lambda: actions.promise_openly(
            pk,
            reason="等春天",
            returns_on=today() + timedelta(days=30),
            actor=place.staff("leader"),
        ),
        lambda: actions.merge_commitments(
            pk, head_id=other.case.commitment_id, actor=dispatcher
        ),
    ]
    for act in refused:
        with pytest.raises(Refusal):
            act()
    assert whole(receipt).state == State.TAKEN
    # A colleague takes the whole over: the part stays where it is.
    actions.hand_over_commitment(
        pk,
        person_id=place.staff("colleague").person.pk,
        reason="出差",
        actor=place.staff("handler"),
    )
    assert fresh(part).owner.name == "water"
    do_part(place, part, by="colleague")
    actions.pass_to_destination(pk, destination="95598", actor=dispatcher)


def test_a_part_is_no_whole(place):
    receipt, other = lead(place), dispatched(place)
    part, dispatcher = part_of(place, receipt), place.staff("dispatcher")
    case = Case.objects.get(number=part.number)
    with pytest.raises(NotAllowed):
        add_part(
            part.pk,
            organisation_id=place.office("Roads").pk,
            title="再分",
            asked="再分",
            actor=dispatcher,
        )
    for pair in (
        (part.pk, other.case.commitment_id),
        (other.case.commitment_id, part.pk),
    ):
        with pytest.raises(Refusal):
            actions.merge_commitments(pair[0], head_id=pair[1], actor=dispatcher)
    with pytest.raises(NotAllowed):
        split_case(case.pk, second=Second("水渠"), actor=dispatcher, form_token="t")
    with pytest.raises(NotAllowed):
        reply_to_reporters(case.pk, text="好了", actor=place.staff("water"))
    with pytest.raises(NotAllowed):
        actions.promise_openly(
            part.pk,
            reason="等春天",
            returns_on=today() + timedelta(days=3),
            actor=place.staff("leader"),
        )
    assert not may_see_contact(dispatcher, case) and not may_erase(dispatcher, case)
    for number in ("split", "merge", "erase", "publish"):
        url = f"/{place.town.code}/work/case/{case.number}/{number}/"
        assert place.client("dispatcher").get(url).status_code in (403, 404)


def test_merging_pulls_the_parts_days_and_undoing_gives_them_back(place, clock):
    older = dispatched(place)
    clock.tick(timedelta(days=4))
    receipt = lead(place)
    part, early = part_of(place, receipt), part_of(place, receipt, workdays=1)
    before = fresh(part).due_at
    merge = actions.merge_commitments(
        older.case.commitment_id,
        head_id=receipt.case.commitment_id,
        actor=place.staff("dispatcher"),
    )
    assert fresh(part).due_at == whole(receipt).due_at < before
    assert fresh(early).due_at == early.due_at
    later = part_of(place, receipt, title="看灯")
    actions.undo_merge(merge.pk, actor=place.staff("dispatcher"))
    assert fresh(part).due_at == before
    assert fresh(later).parent_id == receipt.case.commitment_id, "parts stay"
    moved = Notice.objects.filter(code="commitments.part_day_moved", subject_id=part.pk)
    assert moved.count() == 2


def test_closed_parts_of_what_is_merged_are_still_shown(place):
    receipt, head = lead(place), dispatched(place)
    do_part(place, part_of(place, receipt))
    actions.merge_commitments(
        receipt.case.commitment_id,
        head_id=head.case.commitment_id,
        actor=place.staff("dispatcher"),
    )
    assert len(parts_of(whole(head))) == 1


def test_parts_move_with_a_leaver_and_a_recount(place, clock):
    from luoshi.core.models import DayOverride

    receipt = lead(place)
    part = part_of(place, receipt)
    due = whole(receipt).due_at
    DayOverride.objects.create(
        town=place.town, day=today() + timedelta(days=2), is_workday=False
    )
    from django.core.cache import cache

    cache.clear()
    actions.recount_due_dates(place.town, actor=SCHEDULER)
    assert due < whole(receipt).due_at == fresh(part).due_at
