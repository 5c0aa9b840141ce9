"""Recordings of a case: which there are, and whose voice each one is."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from luoshi.cases.models import Case, Note, Reply, Reporter
from luoshi.cases.voices import voices_of_people
from luoshi.commitments.models import Evidence, Verdict
from luoshi.core.models import StoredFile
from luoshi.ui.wording import length_said


def title_of(seconds: int) -> str:
    """Return the title of a matter of which there is only a recording.

    In the town's language, whoever tells it: the title stays.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if not seconds:
            return _("Only a recording, not written down yet")
        return _("Only a recording (%(length)s), not written down yet") % {
            "length": length_said(seconds)
        }


def recordings_of(case: Case) -> QuerySet[StoredFile]:
    """Return every recording of a case: told, added, noted, handed in."""
    head = case.commitment_id
    owners = {
        "cases.case": [case.pk],
        "cases.reply": Reply.objects.filter(case=case).values("pk"),
        "cases.note": Note.objects.filter(case=case).values("pk"),
        "cases.reporter": Reporter.objects.filter(case=case).values("pk"),
        "commitments.verdict": Verdict.objects.filter(commitment=head).values("pk"),
        "commitments.evidence": Evidence.objects.filter(commitment=head).values("pk"),
        "commitments.commitment": [head],
    }
    mine = Q(pk=None)
    for kind, ids in owners.items():
        mine |= Q(owner_kind=kind, owner_id__in=ids)
    rows = StoredFile.objects.filter(mine, kind=StoredFile.Kind.AUDIO)
    return rows.order_by("pk")


def is_own_voice(reporter: Reporter, file: StoredFile) -> bool:
    """Tell whether a recording is this person's: nobody hears another's voice."""
    told_by = None
    match file.owner_kind:
        case "cases.case":
            told_by = _first_voice(file.owner_id)
        case "cases.reply":
            told_by = (
                Reply.objects.filter(pk=file.owner_id)
                .values_list("reporter_id", flat=True)
                .first()
            )
        case "cases.reporter":
            told_by = file.owner_id
        case "commitments.verdict":
            told_by = (
                Verdict.objects.filter(pk=file.owner_id)
                .values_list("judge_id", flat=True)
                .first()
            )
    if told_by is None:
        return False
    return voices_of_people([reporter.speaker]).filter(pk=told_by).exists()


def _first_voice(case_id: int) -> int | None:
    rows = Reporter.objects.filter(case=case_id).order_by("pk")
    return rows.values_list("pk", flat=True).first()
