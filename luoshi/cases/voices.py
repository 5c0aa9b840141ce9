"""Whose voices are one person's: a split gives a person a voice in each matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from luoshi.cases.models import Case, Reporter
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import Light, light_of


@dataclass(frozen=True)
class Other:
    """Another matter of the same person, as their page shows it."""

    case: Case
    light: Light


def voices_of_people(speakers: Iterable[int]) -> QuerySet[Reporter]:
    """Return every voice of these people, the first ones first."""
    ids = list(speakers)
    return Reporter.objects.filter(Q(pk__in=ids) | Q(first__in=ids)).order_by("pk")


def one_voice_each(voices: Iterable[Reporter]) -> list[Reporter]:
    """Return each person's earliest voice: nobody is asked or told twice."""
    found: dict[int, Reporter] = {}
    for voice in sorted(voices, key=lambda one: one.pk):
        found.setdefault(voice.speaker, voice)
    return list(found.values())


def people_under(commitment: Commitment) -> list[Reporter]:
    """Return one voice of each person who asked for what is done under one head."""
    voices = Reporter.objects.filter(case__commitment=commitment)
    return one_voice_each(voices.select_related("case__commitment"))


def judging(reporter: Reporter, commitment_id: int) -> Reporter:
    """Return the voice by which a person judges: the earliest under the same head."""
    mine = voices_of_people([reporter.speaker])
    return mine.filter(case__commitment=commitment_id).first() or reporter


def others_of(reporter: Reporter) -> list[Other]:
    """Return the other matters that were told with the same words."""
    voices = voices_of_people([reporter.speaker]).exclude(pk=reporter.pk)
    cases = [
        voice.case for voice in voices.select_related("case__commitment__town").all()
    ]
    return [Other(case, _light_for(case)) for case in cases]


def _light_for(case: Case) -> Light:
    if case.is_sealed:
        return Light("paused", _("read only by those who are named for it"))
    return light_of(case.commitment)


def other_voice(reporter: Reporter, number: str) -> Reporter:
    """Return the same person's voice in another matter, else 404."""
    found = voices_of_people([reporter.speaker]).filter(case__number=number).first()
    if found is None:
        raise Http404
    return found


def told_with(case: Case) -> list[Case]:
    """Return the other cases that the same people told, by a split."""
    speakers = [voice.speaker for voice in case.reporters.all()]
    voices = voices_of_people(speakers).exclude(case=case)
    cases = Case.objects.filter(reporters__in=voices).select_related("commitment")
    return list(cases.order_by("pk").distinct())
