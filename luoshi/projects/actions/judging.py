"""Users judge what was built: at once, and 6, 12 and 36 months later."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.cases.actions import Own, open_own_within
from luoshi.cases.models import Case
from luoshi.commitments.actions.base import receiver_in, required, tell
from luoshi.commitments.models import Commitment, Kind
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.secrets import keyed_hash
from luoshi.core.trail import record
from luoshi.projects import rules
from luoshi.projects.actions.base import lock_project
from luoshi.projects.actions.proposals import check_public
from luoshi.projects.models import Project, Recheck, Word
from luoshi.projects.models.projects import State

MOST_ASKED = 10_000
REPAIR_DAYS = 30


def open_recheck(project: Project) -> Recheck | None:
    """Return the judgement that people are asked for now: the last that is due."""
    if project.state != State.DONE:
        return None
    due = project.rechecks.filter(due_on__lte=today(), closed_on=None)
    return due.order_by("-months").first()


def _asked_now(project_id: int) -> Recheck:
    project = lock_project(project_id)
    recheck = open_recheck(project)
    if recheck is None:
        raise Refusal("projects.not_asked_now")
    return recheck


@transaction.atomic(durable=True)
def judge(project_id: int, answer: str, *, browser: str) -> Word:
    """Take one answer of a browser; the last one counts."""
    recheck = _asked_now(project_id)
    if answer not in Word.Answer.values:
        raise Refusal("projects.no_such_answer")
    digest = keyed_hash(
        browser, town_id=recheck.town_id, purpose=f"recheck:{recheck.pk}"
    )
    word, _fresh = Word.objects.update_or_create(
        recheck=recheck,
        key_hash=digest,
        defaults={"town_id": recheck.town_id, "answer": answer},
    )
    return word


@transaction.atomic(durable=True)
def judge_on_the_spot(
    project_id: int, counts: Mapping[str, int], *, actor: Staff
) -> Recheck:
    """Write down how many said what where they were asked; no name is taken."""
    recheck = _asked_now(project_id)
    if not rules.may_judge_on_the_spot(actor, recheck.project):
        raise NotAllowed("projects.not_yours")
    people = sum(counts.values())
    if any(one < 0 for one in counts.values()) or not 1 <= people <= MOST_ASKED:
        raise Refusal("projects.people_absurd")
    Word.objects.bulk_create(
        Word(
            town_id=recheck.town_id,
            recheck=recheck,
            answer=Word.Answer(answer),
            people=number,
        )
        for answer, number in counts.items()
        if number
    )
    record(recheck.project, "projects.asked_on_the_spot", actor=actor, people=people)
    return recheck


def counts_of(recheck: Recheck) -> dict[str, int]:
    """Count what users said, each way of asking together."""
    counts = dict.fromkeys(Word.Answer.values, 0)
    for answer, people in recheck.answers.values_list("answer", "people"):
        counts[answer] += people
    return counts


@transaction.atomic(durable=True)
def close_recheck(project_id: int, *, words: str, actor: Staff) -> Recheck:
    """End the asking and say what came of it; what fails is owed again."""
    recheck = _asked_now(project_id)
    project = recheck.project
    if not rules.may_judge_on_the_spot(actor, project):
        raise NotAllowed("projects.not_yours")
    counts = counts_of(recheck)
    if not sum(counts.values()):
        raise Refusal("projects.nobody_asked")
    recheck.words = required(words, "projects.words_missing")
    check_public(recheck.words)
    recheck.closed_on = today()
    # Earlier ones that nobody held are over with it, and stay without an answer.
    project.rechecks.filter(months__lt=recheck.months, closed_on=None).update(
        closed_on=today()
    )
    if 2 * counts[Word.Answer.BAD] > sum(counts.values()):
        recheck.repair = _repair(recheck, project, actor)
    recheck.save(update_fields=["words", "closed_on", "repair"])
    record(project, "projects.judged", actor=actor, months=recheck.months)
    return recheck


def _repair(recheck: Recheck, project: Project, actor: Staff) -> Commitment:
    """Owe the mending of what most users say does not work."""
    office = project.upkeep_owner
    assert office is not None
    own = Own(
        kind=Kind.MILESTONE,
        channel=Case.Channel.PROJECT,
        title=(_("%(title)s: mend it") % {"title": project.title})[:120],
        words=recheck.words,
        organisation=office,
        person=receiver_in(office),
        until=today() + timedelta(days=REPAIR_DAYS),
        village=project.village,
    )
    commitment = open_own_within(own, actor=actor)
    tell(commitment, "projects.milestone_given", commitment.owner, actor=actor)
    return commitment
