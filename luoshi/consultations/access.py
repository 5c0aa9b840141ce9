"""The doors through which consultations enter a view."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django_scopes import scopes_disabled

from luoshi.cases.codes import tidy
from luoshi.consultations.models import Consultation, Statement, StepDone, Trial
from luoshi.consultations.queries import (
    PUBLIC,
    consultations_visible_to,
    public_consultations,
)
from luoshi.consultations.staff_queries import TrackLine, track_lines
from luoshi.core.actors import Staff
from luoshi.core.models import Town
from luoshi.topics import rules as topics_rules
from luoshi.topics.models import Topic
from luoshi.topics.queries import topics_visible_to

Row = TypeVar("Row", bound=Model)

RELATED = ("town", "commitment", "office", "made_by", "evaluates", "topic")


def open_consultation(
    staff: Staff, number: int, to: Callable[[Staff, Consultation], bool]
) -> Consultation:
    """Return one that this person may see and handle so, else 404."""
    rows = consultations_visible_to(staff).select_related(*RELATED)
    found = rows.filter(number=number).first()
    if found is None or not to(staff, found):
        raise Http404
    return found


def open_public(town: Town, number: int) -> Consultation:
    """Return one that everybody may read, else 404."""
    rows = public_consultations(town).select_related(*RELATED)
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def poster_target(code: str) -> Consultation | None:
    """Return what a poster's code asks about, whichever town it is of."""
    tidied = tidy(code, "")
    if not tidied:
        return None
    with scopes_disabled():
        rows = Consultation.objects.filter(code=tidied, state__in=PUBLIC)
        return rows.exclude(opens_at=None).select_related("town").first()


def _one_of(rows: QuerySet[Row], pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def statement_of(consultation: Consultation, statement_id: int) -> Statement:
    """Return a statement of this consultation, else 404."""
    return _one_of(consultation.statements.all(), statement_id)


def step_of(consultation: Consultation, step_id: int) -> StepDone:
    """Return a step of this consultation, else 404."""
    return _one_of(consultation.steps.all(), step_id)


def trial_of(consultation: Consultation, trial_id: int) -> Trial:
    """Return a trial of this consultation, else 404."""
    return _one_of(consultation.trials.all(), trial_id)


def topic_named(staff: Staff, number: str) -> Topic | None:
    """Return the topic of a number, if there is one and this person sees it."""
    if not number.isdecimal() or not topics_rules.may_see(staff):
        return None
    return topics_visible_to(staff).filter(number=int(number)).first()


def open_track(town: Town, code: str) -> TrackLine:
    """Return a way to a decision, else 404."""
    found = next((one for one in track_lines(town) if one.track.code == code), None)
    if found is None:
        raise Http404
    return found
