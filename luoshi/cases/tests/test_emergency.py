"""Emergency mode: what stands, what runs on, and due dates moved exactly."""

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.cases.actions import add_part
from luoshi.cases.tests.test_main_job import dispatched, handed_in, report
from luoshi.commitments import actions
from luoshi.commitments.actions import emergency as steps
from luoshi.commitments.models import Category, Commitment, Emergency, Pause
from luoshi.commitments.terms import calendar_of
from luoshi.conftest import PEOPLE, Browser
from luoshi.core.clock import moment_of
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.tests.test_due_dates import CALENDAR, slow_days, slow_minutes
from luoshi.core.worktime import Pause as Stretch
from luoshi.core.worktime import Span, Unit, due_at


def declare(place, name="汛期三级响应"):
    return actions.declare_emergency(
        name=name, reason="县里发了通知", actor=place.staff("leader")
    )


def end(place):
    on = Emergency.objects.get(ended_at=None)
    actions.end_emergency(on.pk, reason="雨停了", actor=place.staff("leader"))
    actions.carry_on_in(place.town)


def on(place):
    emergency = declare(place)
    actions.carry_on_in(place.town)
    return emergency


def row(receipt):
    return Commitment.objects.get(pk=receipt.case.commitment_id)


def urgent(place):
    receipt = report_one(place)
    return actions.dispatch_commitment(
        receipt.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        urgent=True,
        actor=place.staff("dispatcher"),
    )


def report_one(place):
    return report(place, Browser())


def test_only_a_leader_switches_it_on_and_off_once(place):
    with pytest.raises(NotAllowed):
        actions.declare_emergency(
            name="汛期", reason="雨", actor=place.staff("dispatcher")
        )
    with pytest.raises(Refusal):
        actions.declare_emergency(name="汛期", reason=" ", actor=place.staff("leader"))
    assert not Emergency.objects.exists()
    emergency = declare(place)
    entry = TrailEntry.objects.get(code="commitments.emergency_declared")
    assert entry.person == place.staff("leader").person
    told = Notice.objects.filter(code="commitments.emergency_declared")
    # Everybody but the one who did it, once.
    assert told.count() == len(PEOPLE) - 1
    with pytest.raises(Refusal):
        declare(place, "另一个")
    with pytest.raises(NotAllowed):
        actions.end_emergency(
            emergency.pk, reason="停", actor=place.staff("administrator")
        )
    # Not before each clock was stopped: else some would stand and some not.
    with pytest.raises(Refusal):
        actions.end_emergency(emergency.pk, reason="停", actor=place.staff("leader"))
    actions.carry_on_in(place.town)
    end(place)
    with pytest.raises(Refusal):
        actions.end_emergency(emergency.pk, reason="停", actor=place.staff("leader"))
    assert declare(place, "另一个").pk != emergency.pk


def test_ordinary_clocks_stand_and_move_exactly_by_the_counted_days(place, clock):
    receipt = dispatched(place)
    before = row(receipt).due_at
    emergency = on(place)
    assert row(receipt).paused
    pause = Pause.objects.get(commitment=row(receipt))
    assert (pause.since, pause.outside_body) == (emergency.started_at, emergency.name)
    # From Monday at nine to Thursday at nine: the ends of two workdays that count.
    clock.tick(timedelta(days=3))
    end(place)
    after = row(receipt)
    assert not after.paused
    expected = due_at(
        after.counted_from, Span(9, Unit.WORKDAYS), calendar_of(place.town)
    )
    assert before < after.due_at == expected
    entry = TrailEntry.objects.get(code="commitments.runs_again")
    assert entry.data["due_at"] == [before.isoformat(), after.due_at.isoformat()]


def test_what_is_urgent_of_safety_or_sealed_runs_on(place, clock):
    quick = urgent(place)
    safe = Category.objects.create(town=place.town, name="Safety", runs_on=True)
    of_safety, sealed, plain = (row(dispatched(place)) for _ in range(3))
    Commitment.objects.filter(pk=of_safety.pk).update(category=safe)
    Commitment.objects.filter(pk=sealed.pk).update(visibility="sealed")
    on(place)
    standing = Commitment.objects.filter(paused=True)
    assert [one.pk for one in standing] == [plain.pk]
    clock.tick(timedelta(hours=5))
    end(place)
    assert Commitment.objects.get(pk=quick.pk).due_at == quick.due_at


def test_who_waited_for_somebody_outside_keeps_that_pause(place, clock):
    receipt = dispatched(place)
    pk, handler = receipt.case.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=handler)
    actions.pause_commitment(pk, outside_body="供电所", reason="等停电", actor=handler)
    on(place)
    [own] = Pause.objects.filter(commitment=pk)
    assert own.outside_body == "供电所"
    clock.tick(timedelta(days=1))
    # The electricity came, but the flood is not over.
    actions.resume_commitment(pk, actor=handler)
    assert row(receipt).paused
    second = Pause.objects.get(commitment=pk, until=None)
    assert second.emergency_id is not None
    clock.tick(timedelta(days=1))
    # Who has time for it all the same lets it run, and it is not stopped again.
    actions.resume_commitment(pk, actor=handler)
    actions.report_progress(pk, words="去看了", actor=handler)
    actions.carry_on_in(place.town)
    assert not row(receipt).paused


def test_work_is_handed_in_while_its_clock_stands(place, clock):
    receipt = dispatched(place)
    pk, handler = receipt.case.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=handler)
    on(place)
    clock.tick(timedelta(days=20))
    actions.submit_commitment(pk, words="换了灯", actor=handler)
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    done = row(receipt)
    assert (done.state, done.paused) == ("awaiting", False)
    assert done.submitted_at <= done.due_at
    end(place)
    assert not Pause.objects.filter(until=None).exists()


def test_what_comes_in_meanwhile_stands_from_its_first_word(place, clock):
    on(place)
    clock.tick(timedelta(hours=2))
    case = report_one(place)
    actions.carry_on_in(place.town)
    pause = Pause.objects.get(commitment=case.commitment_id)
    assert pause.since == case.commitment.counted_from
    clock.tick(timedelta(minutes=30))
    moved = actions.dispatch_commitment(
        case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        urgent=True,
        actor=place.staff("dispatcher"),
    )
    # Urgent from the first word: the half hour before it was seen counts.
    assert not moved.paused
    assert moved.due_at == moved.counted_from + timedelta(hours=24)


def test_what_ends_meanwhile_is_counted_as_it_stood(place, clock):
    case = report_one(place)
    on(place)
    clock.tick(timedelta(days=9))
    ended = actions.pass_to_destination(
        case.commitment_id, destination="县供电公司", actor=place.staff("dispatcher")
    )
    assert ended.closed_at <= ended.due_at


def test_a_part_is_never_due_later_than_its_whole(place, clock):
    receipt = dispatched(place)
    pk, handler = receipt.case.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=handler)
    add_part(
        pk,
        organisation_id=place.office("Water").pk,
        title="清沟",
        asked="水流得走",
        actor=handler,
    )
    on(place)
    clock.tick(timedelta(days=8))
    end(place)
    part = Commitment.objects.get(parent=pk)
    assert not part.paused
    assert part.due_at == row(receipt).due_at


def test_a_killed_batch_is_done_again_and_no_clock_is_stopped_twice(
    place, clock, monkeypatch
):
    monkeypatch.setattr(steps, "BATCH", 2)
    rows = [dispatched(place) for _ in range(5)]
    emergency = declare(place)
    assert actions.carry_on_in(place.town, 1) == 2
    clock.tick(timedelta(minutes=7))
    actual, calls = steps.record, []

    def killed(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return actual(*args, **more)

    monkeypatch.setattr(steps, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.carry_on_in(place.town)
    assert Commitment.objects.filter(paused=True).count() == 2
    monkeypatch.setattr(steps, "record", actual)
    assert actions.carry_on_in(place.town) == 3
    assert actions.carry_on_in(place.town) == 0
    sinces = set(Pause.objects.values_list("since", flat=True))
    assert sinces == {emergency.started_at}
    clock.tick(timedelta(days=2))
    actions.end_emergency(emergency.pk, reason="停", actor=place.staff("leader"))
    assert actions.carry_on_in(place.town, 1) == 2
    clock.tick(timedelta(hours=3))
    assert actions.carry_on_in(place.town) == 3
    assert len({row(one).due_at for one in rows}) == 1
    assert Emergency.objects.get().settled_at is not None


MINUTES = st.integers(1, 6_000)


def slow_twin(start, amount, unit, stretches):
    """Count minute by minute, or day by day."""
    if unit == Unit.HOURS:
        return slow_minutes(start, amount * 60, stretches)
    if unit == Unit.WORKDAYS:
        return slow_days(start, amount, stretches, time(17, 30), CALENDAR.is_workday)
    return slow_days(start, amount, stretches, time(23, 59), lambda day: True)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.integers(1, 40),
    st.sampled_from([Unit.HOURS, Unit.DAYS, Unit.WORKDAYS]),
    st.lists(MINUTES, min_size=3, max_size=5),
)
def test_days_move_as_the_slow_twin_says(place, clock, amount, unit, steps_of):
    commitment = row(dispatched(place))
    start = commitment.counted_from
    commitment.term_amount, commitment.term_unit = amount, unit
    due = slow_twin(start, amount, unit, [])
    commitment.due_at = commitment.yellow_at = due
    commitment.save()
    stretches = []
    for number, minutes in enumerate(steps_of):
        if number % 2:
            on(place)
            began = Emergency.objects.latest("pk").started_at
            clock.tick(timedelta(minutes=minutes))
            end(place)
            ended = Emergency.objects.latest("pk").ended_at
            stretches.append(Stretch(began, ended))
        else:
            clock.tick(timedelta(minutes=minutes))
    commitment.refresh_from_db()
    assert commitment.due_at == slow_twin(start, amount, unit, stretches)


def test_every_page_says_so_and_the_leader_does_it_by_two_forms(place, clock):
    resident, leader = Browser(), place.client("leader")
    base = f"/{place.town.code}/work/emergency/"
    told = {"name": "防汛三级响应", "reason": "雨大"}
    assert place.client("handler").post(f"{base}declare/", told).status_code == 403
    assert leader.post(f"{base}declare/", {"name": "", "reason": ""}).status_code == 422
    assert leader.post(f"{base}declare/", told).status_code == 302
    clock.tick(timedelta(seconds=10))
    from django.core.cache import cache

    cache.clear()
    front = f"/{place.town.code}/"
    assert "防汛三级响应" in resident.get(front).content.decode()
    assert "防汛三级响应" in place.client("handler").get(base).content.decode()
    assert leader.post(f"{base}end/", {"reason": "雨停了"}).status_code == 302
    cache.clear()
    assert "防汛三级响应" not in resident.get(front).content.decode()
    assert leader.get(f"{base}end/").status_code == 404
    assert moment_of("2026-03-02 09:00") <= Emergency.objects.get().ended_at
    assert handed_in(place)
