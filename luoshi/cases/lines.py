"""The story of a case, line by line: trail, replies, notes, and what was spoken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.cases.models import Case, Note, Reply, Reporter
from luoshi.commitments.models import Commitment, Verdict
from luoshi.core.files import files_of, files_of_all
from luoshi.core.models import StoredFile, TrailEntry
from luoshi.core.trail import sentence_of, words_of


@dataclass(frozen=True)
class Line:
    """One step of the story."""

    at: datetime
    text: str
    words: str = ""
    sort: str = "trail"
    photos: tuple[StoredFile, ...] = ()


def trail_lines(
    commitment: Commitment,
    entries: Iterable[TrailEntry],
    with_words: dict[str, bool] | None = None,
) -> list[Line]:
    """Return what the trail tells, with words where they are shown, and with files."""
    files: dict[str, list[StoredFile]] = {}
    for file in files_of(commitment):
        files.setdefault(file.purpose, []).append(file)
    return [
        Line(
            entry.at,
            sentence_of(entry),
            words_of(entry) if with_words is None or with_words[entry.code] else "",
            photos=tuple(files.get(f"step-{entry.pk}", ())),
        )
        for entry in entries
    ]


def reply_lines(cases: list[Case], reporter: Reporter | None = None) -> list[Line]:
    """Return replies to all, and additions: of one reporter, or of everybody."""
    lines, seen = [], set()
    rows = Reply.objects.filter(case__in=cases).select_related("person").order_by("pk")
    files = files_of_all(Reply, [reply.pk for reply in rows])
    for reply in rows:
        # A reply to merged cases has a row in each.
        same = (reply.person_id, reply.reporter_id, reply.at, reply.text)
        if same in seen:
            continue
        seen.add(same)
        if reply.person:
            text = _("%(name)s replied") % {"name": reply.person.name}
        elif reporter is None:
            text = _("The person who asked added")
        elif reply.reporter_id == reporter.pk:
            text = _("You added")
        else:
            continue
        lines.append(Line(reply.at, text, reply.text, "reply", files.get(reply.pk, ())))
    return lines


def joined_lines(cases: Iterable[Case]) -> list[Line]:
    """Return what others said who have the same trouble."""
    voices = list(Reporter.objects.filter(case__in=cases).order_by("pk"))
    files = files_of_all(Reporter, [voice.pk for voice in voices])
    return [
        Line(
            voice.joined_at,
            _("Somebody else who has the same trouble said"),
            voice.words,
            "reply",
            files.get(voice.pk, ()),
        )
        for voice in voices
        if voice.words or voice.pk in files
    ]


def verdict_lines(commitment: Commitment, judge_id: int | None = None) -> list[Line]:
    """Return what was spoken with a verdict; its typed words stand in the trail."""
    verdicts = commitment.verdicts.order_by("pk")
    if judge_id is not None:
        verdicts = verdicts.filter(judge_id=judge_id)
    files = files_of_all(Verdict, verdicts.values_list("pk", flat=True))
    return [
        Line(
            verdict.at,
            _("Said with the verdict"),
            sort="reply",
            photos=files[verdict.pk],
        )
        for verdict in verdicts
        if verdict.pk in files
    ]


def note_lines(cases: Iterable[Case]) -> list[Line]:
    """Return the notes among staff."""
    notes = list(Note.objects.filter(case__in=cases).select_related("person"))
    files = files_of_all(Note, [note.pk for note in notes])
    return [
        Line(
            note.at,
            _("Note by %(name)s") % {"name": note.person.name},
            note.text,
            "note",
            files.get(note.pk, ()),
        )
        for note in notes
    ]
