"""Splitting, giving parts, merging and finishing in any order keep the books true."""

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from luoshi.cases.actions import Second, add_part, judge_case, split_case
from luoshi.cases.figures.conditions import CLOSED, STARTED, matters, now_conditions
from luoshi.cases.models import Case
from luoshi.cases.voices import people_under
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, Ending, Merge, State
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal

from .test_split import told

STEPS = (
    *("split", "part", "part", "own_day", "merge", "undo", "extend", "pause"),
    *("take", "submit", "accept", "judge", "drop", "pass_on", "dispatch", "reopen"),
)


class Desk:
    """Plays one step on some matter; what the rules refuse does not happen."""

    def __init__(self, place):
        self.place = place

    def some(self, choice, **where):
        rows = Commitment.objects.filter(**where).order_by("pk")
        return rows[choice % len(rows)] if rows else None

    def staff(self, one):
        return self.place.staff(one.owner.name)

    def play(self, step, choice, other):
        one = self.some(choice, **self.narrowed(step))
        if one is None:
            return False
        try:
            getattr(self, step)(one, other)
        except Refusal:
            return False
        return True

    def narrowed(self, step):
        """Let most choices fall where something can happen."""
        match step:
            case "take":
                return {"state": State.ASSIGNED}
            case "submit" | "extend" | "pause":
                return {"state": State.TAKEN}
            case "accept":
                return {"state": State.SUBMITTED}
            case "judge" | "reopen":
                return {"state": State.AWAITING}
            case "dispatch":
                return {"state": State.RECEIVED}
            case "part" | "own_day":
                return {"state__in": [State.ASSIGNED, State.TAKEN], "parent": None}
            case "merge" | "split" | "undo":
                return {"state__in": [State.ASSIGNED, State.RECEIVED], "parent": None}
            case "drop":
                return {"parent__isnull": False}
        return {"state__in": [State.ASSIGNED, State.TAKEN, State.RECEIVED]}

    def split(self, one, other):
        count = Case.objects.count()
        split_case(
            one.cases.earliest("pk").pk,
            second=Second(f"第{count}件另外的事", village=self.place.village),
            actor=self.place.staff("dispatcher"),
            form_token=f"t{count}",
        )

    def part(self, one, other, workdays=None):
        add_part(
            one.pk,
            organisation_id=self.place.office(["Water", "Audit"][other % 2]).pk,
            title="一部分",
            asked="办好",
            workdays=workdays,
            actor=self.place.staff("dispatcher"),
        )

    def own_day(self, one, other):
        self.part(one, other, workdays=other % 4 + 1)

    def merge(self, one, other):
        head = self.some(other, parent=None)
        actor = self.place.staff("dispatcher")
        actions.merge_commitments(one.pk, head_id=head.pk, actor=actor)

    def undo(self, one, other):
        merges = Merge.objects.filter(undone_at=None).order_by("pk")
        if merges:
            chosen = merges[other % len(merges)]
            actions.undo_merge(chosen.pk, actor=self.place.staff("dispatcher"))

    def dispatch(self, one, other):
        actions.dispatch_commitment(
            one.pk,
            organisation_id=self.place.office("Roads").pk,
            category_id=self.place.category.pk,
            actor=self.place.staff("dispatcher"),
        )

    def take(self, one, other):
        actions.take_commitment(one.pk, actor=self.staff(one))

    def extend(self, one, other):
        actions.extend_commitment(
            one.pk, amount=1, reason="等料", actor=self.staff(one)
        )

    def pause(self, one, other):
        if one.paused:
            actions.resume_commitment(one.pk, actor=self.staff(one))
            return
        actions.pause_commitment(
            one.pk, outside_body="供电所", reason="停电", actor=self.staff(one)
        )

    def submit(self, one, other):
        actions.submit_commitment(one.pk, words="好了", actor=self.staff(one))

    def accept(self, one, other):
        who = "inspector" if one.owner.name != "inspector" else "handler"
        actions.accept_commitment(one.pk, actor=self.place.staff(who))

    def judge(self, one, other, solved="solved", satisfied="satisfied"):
        for voice in people_under(one):
            judge_case(voice.pk, solved=solved, satisfied=satisfied)

    def reopen(self, one, other):
        self.judge(one, other, "not", "not")

    def drop(self, one, other):
        actor = self.place.staff("dispatcher")
        actions.drop_part(one.pk, reason="不用了", actor=actor)

    def pass_on(self, one, other):
        actor = self.place.staff("dispatcher")
        actions.pass_to_destination(one.pk, destination="95598", actor=actor)


def check_books():
    rows = list(Commitment.objects.select_related("parent"))
    for part in (one for one in rows if one.parent_id):
        whole = part.parent
        assert not (whole.state == State.CLOSED and part.state != State.CLOSED)
        assert whole.parent_id is None, "a part has no parts"
        assert part.village_id == whole.village_id and part.visibility == "internal"
        if part.state != State.CLOSED:
            assert part.due_at <= max(whole.due_at, part.counted_from)
            assert whole.state != State.AWAITING
    # Each matter once: closed, open, or done together with another; never a part.
    whole_ones = [one for one in rows if not one.parent_id]
    closed = matters().filter(state=State.CLOSED)
    counted = closed.filter(CLOSED["closed"]).count()
    merged = closed.filter(CLOSED["merged"]).count()
    still = matters().filter(now_conditions(now())["open"]).count()
    assert counted + merged + still == len(whole_ones)
    assert matters().filter(STARTED["received"]).count() == len(whole_ones) - merged
    # Every case stands under a head that was never merged away or that is open.
    heads = Case.objects.select_related("commitment")
    assert all(one.commitment.ending != Ending.MERGED for one in heads)


def check_voices():
    """Nobody is asked twice under one head."""
    for one in Commitment.objects.filter(parent=None):
        voices = people_under(one)
        assert len({voice.speaker for voice in voices}) == len(voices)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(STEPS),
            st.integers(0, 7),
            st.integers(0, 7),
            st.integers(0, 30),
        ),
        min_size=5,
        max_size=20,
    )
)
def test_any_order_keeps_the_books(place, clock, steps):
    # Each example begins with the same rows and at the same hour.
    begun, before = clock.moment, transaction.savepoint()
    try:
        play(place, clock, steps)
    finally:
        transaction.savepoint_rollback(before)
        clock.moment = begun


def play(place, clock, steps):
    """Play the steps on two matters in hand, and look at the books after each."""
    desk = Desk(place)
    for _case in range(2):
        told(place)
        clock.tick(timedelta(hours=20))
    for one in Commitment.objects.filter(state=State.RECEIVED):
        desk.dispatch(one, 0)
    for step, choice, other, hours in steps:
        clock.tick(timedelta(hours=hours))
        if desk.play(step, choice, other):
            event(step)
            check_books()
    check_voices()
