"""All that is told in one matter, in reading order, for paper and for machines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.archive.models import Entry, Term
from luoshi.cases.actions.talk import contact_of
from luoshi.cases.models import Case, Publication, Reporter
from luoshi.cases.queries import story_of
from luoshi.cases.sealed_queries import without_sealed
from luoshi.commitments.models import Commitment
from luoshi.core.files import files_of
from luoshi.core.models import StoredFile
from luoshi.core.trail import entries_of, sentence_of, words_of


@dataclass(frozen=True)
class Step:
    """One thing that happened, and the words said with it."""

    at: datetime
    text: str
    words: str = ""


@dataclass(frozen=True)
class Who:
    """Who told it, and how that person was reached."""

    name: str
    phone: str
    words: str


@dataclass(frozen=True)
class Voice:
    """One case in its own words."""

    number: str
    received_at: datetime
    channel: str
    village: str
    place: str
    words: str
    people: list[Who]
    orders: list[tuple[str, str]]
    # What happened before it was done together with another.
    before: list[Step]
    files: list[StoredFile]


@dataclass(frozen=True)
class Result:
    """What was handed in as done, or what judges said of it."""

    at: datetime
    who: str
    words: str
    files: list[StoredFile] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """One matter, whole."""

    entry: Entry
    commitment: Commitment
    term: Term
    voices: list[Voice]
    steps: list[Step]
    results: list[Result]
    verdicts: list[Result]
    published: Publication | None
    parts: list["Told"]
    files: list[StoredFile]

    def every_file(self) -> list[StoredFile]:
        """Return all files of the matter and its parts, each once."""
        found = list(self.files)
        for voice in self.voices:
            found += voice.files
        for result in self.results:
            found += result.files
        for part in self.parts:
            found += part.every_file()
        return list({one.pk: one for one in found}.values())


def told_of(entry: Entry) -> Told | None:
    """Gather a matter; None where it is reopened, or kept apart, since."""
    commitment = (
        Commitment.objects.filter(pk=entry.commitment_id, state="closed")
        .select_related("town", "village", "category", "owner", "owner_organisation")
        .first()
    )
    if commitment is None or not commitment.cases.exists():
        return None
    return _told(entry, commitment)


def _told(entry: Entry, commitment: Commitment) -> Told:
    cases = list(
        commitment.cases.select_related("village").order_by("received_at", "pk")
    )
    story = story_of(cases[0])
    # A reply's photos come with its line.
    attached = [photo for line in story.lines for photo in line.photos]
    parts = Commitment.objects.filter(parent=commitment).select_related(
        "town", "village", "category", "owner", "owner_organisation"
    )
    return Told(
        entry,
        commitment,
        Term(entry.term),
        [_voice(one, commitment) for one in cases],
        [Step(line.at, line.text, line.words) for line in reversed(story.lines)],
        [
            Result(one.at, one.by.name, one.words, photos)
            for one, photos in reversed(story.evidence)
        ],
        _verdicts(commitment),
        Publication.objects.filter(commitment=commitment).first(),
        [_told(entry, one) for one in parts.order_by("pk") if one.cases.exists()],
        [*attached, *files_of(commitment)],
    )


def _voice(case: Case, commitment: Commitment) -> Voice:
    reporters = case.reporters.order_by("pk")
    own = []
    if case.number != commitment.number:
        merged = Commitment.objects.filter(number=case.number).first()
        own = _steps(merged) if merged else []
    orders = case.orders.select_related("system").order_by("pk")
    return Voice(
        case.number,
        case.received_at,
        case.get_channel_display(),
        str(case.village or ""),
        case.place,
        case.text,
        [_who(one) for one in reporters],
        [(one.system.name, one.number) for one in orders],
        own,
        files_of(case),
    )


def _who(reporter: Reporter) -> Who:
    known = contact_of(reporter)
    return Who(known.name, known.phone, reporter.words)


def _steps(commitment: Commitment) -> list[Step]:
    rows = without_sealed(entries_of(commitment))
    return [Step(one.at, sentence_of(one), words_of(one)) for one in reversed(rows)]


def _verdicts(commitment: Commitment) -> list[Result]:
    rows: Iterable = commitment.verdicts.select_related("caller").order_by("pk")
    return [
        Result(
            one.at,
            one.get_channel_display(),
            "\n".join(
                filter(
                    None,
                    (
                        _("Solved: %(word)s") % {"word": one.get_solved_display()},
                        _("How it was done: %(word)s")
                        % {"word": one.get_satisfied_display()},
                        one.words,
                    ),
                )
            ),
        )
        for one in rows
    ]
