"""Who is told of what, once each; and what happens where a message does not arrive."""

from collections import Counter
from datetime import timedelta

import pytest

from luoshi.cases.actions import (
    add_words,
    judge_case,
    receive_case,
)
from luoshi.cases.models import Case
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.commitments import actions
from luoshi.core import actions as core_actions
from luoshi.core.actors import RESIDENT
from luoshi.core.hooks import calendar_changed
from luoshi.core.models import Notice, Person, Tenure
from luoshi.core.notices import leave_notices, sweep
from luoshi.core.refusals import NotAllowed


def received(place, **more):
    return receive_case(
        **dict(town=place.town, text="路灯不亮", actor=RESIDENT, channel="web"),
        **dict(village=place.village, **more),
    )


def told_of(*codes):
    """Return who has how many in-app notices with these codes."""
    rows = Notice.objects.filter(channel="inbox", code__in=codes)
    return Counter(rows.values_list("person__name", "code"))


def once(code, *names):
    return Counter({(name, code): 1 for name in names})


GIVEN, OFFICE = "commitments.given_to_you", "commitments.to_your_office"


def test_a_dispatch_tells_the_owner_and_the_office_and_nobody_else(place):
    pk = dispatched(place).case.commitment_id
    owner = Case.objects.get(commitment_id=pk).commitment.owner.name
    other = {"handler": "colleague", "colleague": "handler"}[owner]
    assert told_of(GIVEN, OFFICE) == once(GIVEN, owner) + once(OFFICE, other)
    [notice] = Notice.objects.filter(code=OFFICE)
    assert notice.data["holder"] == owner


def test_on_a_taking_the_colleagues_hear_who_took_it(place):
    pk = dispatched(place).case.commitment_id
    with pytest.raises(NotAllowed):
        actions.take_commitment(pk, actor=place.staff("water"))
    assert not told_of("commitments.colleague_took")
    actions.take_commitment(pk, actor=place.staff("colleague"))
    code = "commitments.colleague_took"
    assert told_of(code) == once(code, "handler")
    assert Notice.objects.get(code=code).data["holder"] == "colleague"


def test_an_upheld_objection_tells_the_new_office_and_who_objected(place):
    pk = dispatched(place, office="Water").case.commitment_id
    actions.hand_back_commitment(pk, reason="归村建办", actor=place.staff("water"))
    Notice.objects.all().delete()
    actions.decide_handback(
        pk,
        upheld=True,
        answer="有道理",
        organisation_id=place.office("Roads").pk,
        actor=place.staff("dispatcher"),
    )
    decided = "commitments.objection_decided"
    assert told_of(decided) == once(decided, "water")
    told = told_of(GIVEN, OFFICE)
    assert {name for name, _code in told} == {"handler", "colleague"}
    assert sum(told.values()) == 2


def test_a_refused_objection_tells_each_once(place):
    pk = dispatched(place, office="Water").case.commitment_id
    actions.hand_back_commitment(pk, reason="归村建办", actor=place.staff("water"))
    Notice.objects.all().delete()
    actions.decide_handback(
        pk, upheld=False, answer="归水利站", actor=place.staff("dispatcher")
    )
    # The owner is who objected: the decision says all.
    decided = "commitments.objection_decided"
    assert told_of(decided, GIVEN, OFFICE) == once(decided, "water")


def test_a_hand_over_tells_the_new_owner_and_the_one_before(place):
    pk = dispatched(place).case.commitment_id
    actions.take_commitment(pk, actor=place.staff("handler"))
    Notice.objects.all().delete()
    actions.hand_over_commitment(
        pk,
        person_id=place.staff("colleague").person.pk,
        reason="休假",
        actor=place.staff("dispatcher"),
    )
    assert told_of(GIVEN, OFFICE) == once(GIVEN, "colleague") + once(OFFICE, "handler")


def test_a_merge_tells_both_offices_and_nobody_twice(place):
    one = dispatched(place, office="Water").case
    head = dispatched(place).case
    Notice.objects.all().delete()
    merge = actions.merge_commitments(
        one.commitment_id,
        head_id=head.commitment_id,
        actor=place.staff("dispatcher"),
    )
    took, away = "commitments.took_in", "commitments.merged_away"
    assert told_of(took, away) == once(took, "handler", "colleague") + once(
        away, "water"
    )
    Notice.objects.all().delete()
    actions.undo_merge(merge.pk, actor=place.staff("dispatcher"))
    let_go = "commitments.let_go"
    assert told_of(let_go, GIVEN, OFFICE) == once(
        let_go, "handler", "colleague"
    ) + once(GIVEN, "water")


def test_a_promise_that_comes_back_tells_the_office(place, clock):
    pk = dispatched(place).case.commitment_id
    day = clock.moment.date() + timedelta(days=9)
    actions.promise_openly(
        pk, reason="等明年的钱", returns_on=day, actor=place.staff("leader")
    )
    Notice.objects.all().delete()
    clock.tick(timedelta(days=10))
    assert actions.return_promises() == 1
    back = "commitments.promise_returned"
    told = told_of(back, OFFICE)
    assert sum(told.values()) == 2
    assert {name for name, _code in told} == {"handler", "colleague"}
    assert actions.return_promises() == 0
    assert told_of(back, OFFICE) == told


def leave(place, who, successor):
    tenure = Tenure.objects.get(person=place.staff(who).person, until=None)
    core_actions.end_post(
        tenure.pk,
        actor=place.staff("administrator"),
        successor_id=place.staff(successor).person.pk,
    )


def test_a_leaving_is_one_notice_and_nothing_goes_to_who_left(place, settings):
    settings.MAIL_READY = True
    core_actions.set_own_email(address="a@example.org", actor=place.staff("water"))
    for _case in range(3):
        dispatched(place, office="Water")
    gone = place.staff("water").person
    waiting = Notice.objects.filter(person=gone, channel="email", state="waiting")
    assert waiting.count() == 3
    leave(place, "water", "handler")
    heap = told_of("commitments.heap_to_you", "commitments.heap_to_office", GIVEN)
    assert heap["handler", "commitments.heap_to_you"] == 1
    assert heap["colleague", "commitments.heap_to_office"] == 1
    assert heap["handler", GIVEN] == 0
    sweep()
    dropped = Notice.objects.filter(person=gone, channel="email")
    assert {(one.state, one.last_error) for one in dropped} == {("dropped", "left")}
    before = Notice.objects.count()
    leave_notices(
        Person.objects.get(pk=gone.pk),
        GIVEN,
        [Person.objects.get(pk=gone.pk)],
        number="",
        title="",
    )
    assert Notice.objects.count() == before


def test_a_word_on_what_was_closed_reaches_the_dispatcher_if_the_owner_left(place):
    receipt = awaiting(place)
    judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    owner = Case.objects.get(pk=receipt.case.pk).commitment.owner.name
    other = {"handler": "colleague", "colleague": "handler"}[owner]
    leave(place, owner, other)
    Notice.objects.all().delete()
    add_words(receipt.reporter.pk, text="又坏了")
    code = "cases.words_added"
    assert told_of(code) == once(code, "dispatcher")


def test_a_changed_calendar_sends_no_heap_of_mail(place, settings, clock):
    settings.MAIL_READY = True
    receipt = dispatched(place)
    owner = Case.objects.get(pk=receipt.case.pk).commitment.owner.name
    core_actions.set_own_email(address="a@example.org", actor=place.staff(owner))
    core_actions.set_day(
        day=clock.moment.date() + timedelta(days=1),
        is_workday=False,
        reason="汛期",
        actor=place.staff("administrator"),
    )
    calendar_changed(place.town, place.staff("administrator"))
    recounted = Notice.objects.filter(code="commitments.recounted")
    assert set(recounted.values_list("channel", flat=True)) == {"inbox"}
