"""How one commitment is shown: its light, its count, its hands, its next step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from luoshi.commitments import rules, rules_above
from luoshi.commitments.models import Commitment, Ending, State, Support
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.terms import calendar_of, pauses_of, whole_term
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.worktime import Line, explain, left_text


@dataclass(frozen=True)
class Light:
    """Shape by name, and the word beside it."""

    name: str
    text: str


@dataclass(frozen=True)
class HopLine:
    """One stretch in one pair of hands; `hours` by the clock."""

    organisation: str
    person: str
    since: datetime
    until: datetime | None
    hours: int

    @property
    def days(self) -> int:
        """Return full days by the clock."""
        return self.hours // 24


def light_of(commitment: Commitment, at: datetime | None = None) -> Light:
    """Return the light of a commitment, as exact in words as it can be."""
    at = at or now()
    if commitment.state == State.CLOSED:
        # Not `get_..._display`, which translates every choice to find one.
        return Light("closed", str(Ending(commitment.ending).label))
    if commitment.state == State.AWAITING:
        return Light("waiting", _("waiting for the verdict"))
    if commitment.state == State.OPEN_PROMISE:
        return Light("promise", _("promised for later"))
    if commitment.paused:
        return Light("paused", _("clock paused"))
    left = left_text(at, commitment.due_at, calendar_of(commitment.town))
    if at > commitment.due_at:
        return Light("late", left)
    if at >= commitment.yellow_at:
        return Light("soon", left)
    return Light("ok", _("on time"))


def explain_due(commitment: Commitment) -> list[Line]:
    """Return line by line how it was counted; none where the whole's day is taken."""
    whole = commitment.parent
    if whole is not None and commitment.due_at >= whole.due_at:
        return []
    known = [pause for pause in pauses_of(commitment) if pause.end is not None]
    return explain(
        commitment.counted_from,
        whole_term(commitment),
        calendar_of(commitment.town),
        known,
    )


def hops_of(commitment: Commitment) -> list[HopLine]:
    """Return in whose hands it was and how long, oldest first."""
    rows = commitment.hops.select_related("organisation", "person").order_by("since")
    return [
        HopLine(
            hop.organisation.name,
            hop.person.name,
            hop.since,
            hop.until,
            round(((hop.until or now()) - hop.since).total_seconds() / 3600),
        )
        for hop in rows
    ]


# Most important first: the first permitted one is the page's one solid button.
STEPS: dict[str, Callable[[Staff, Commitment], bool]] = {
    "give_word": rules.may_give_word,
    "take_on_duty": rules.may_take_on_duty,
    "dispatch": rules.may_dispatch,
    "decide_handback": rules.may_decide_handback,
    "review": rules.may_review,
    "decide_not_solved": rules.may_decide_not_solved,
    "take": rules.may_take,
    "resume": rules.may_resume,
    "submit": rules.may_submit,
    "call": rules.may_note_call,
    "progress": rules.may_work,
    "higher_answer": rules_above.may_note_higher,
    "decide_explanation": rules_above.may_decide_explanation,
    "extend": rules.may_extend,
    "ask_support": rules.may_work,
    "ask_higher": rules_above.may_ask_higher,
    "explain": rules_above.may_explain,
    "add_part": rules.may_add_part,
    "drop_part": rules.may_drop_part,
    "pause": rules.may_pause,
    "hand_back": rules.may_hand_back,
    "hand_over": rules.may_hand_over,
    "sample": rules.may_sample,
    "promise": rules.may_promise,
    "pass_on": rules.may_pass_on,
    "recall_word": rules.may_recall_word,
    "refuse": rules.may_propose_refusal,
    "move_to_route": rules.may_move_to_route,
    "note_withdrawal": rules.may_note_withdrawal,
}


def next_steps(staff: Staff, commitment: Commitment) -> list[str]:
    """Return the names of the steps this person may take now."""
    return [name for name, rule in STEPS.items() if rule(staff, commitment)]


def supports_asked_of(staff: Staff, most: int = 20) -> list[tuple[Support, Light]]:
    """Return the help that other offices wait for from this person's offices."""
    rows = (
        Support.objects.filter(organisation__in=staff.organisations)
        .filter(Q(answered_at=None) | Q(interim=True))
        .exclude(commitment__state=State.CLOSED)
        .exclude(commitment__visibility=Visibility.SEALED)
        .select_related("commitment__town", "commitment__owner_organisation")
        .order_by("due_at", "pk")[:most]
    )
    return [(row, _light_of_support(row)) for row in rows]


def _light_of_support(support: Support) -> Light:
    """Return the light of help's own clock: late, due today, or on time."""
    calendar = calendar_of(support.commitment.town)
    left = left_text(now(), support.due_at, calendar)
    if now() > support.due_at:
        return Light("late", left)
    soon = support.due_at - now() < timedelta(days=1)
    return Light("soon" if soon else "ok", left)
