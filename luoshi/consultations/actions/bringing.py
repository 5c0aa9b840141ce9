"""A consultation that was asked elsewhere, with Polis, and is answered here."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.cases.actions import Own, open_own_within
from luoshi.cases.codes import fresh_code
from luoshi.cases.models import Case
from luoshi.cases.publishing import find_personal
from luoshi.commitments.actions.base import receiver_in, required, tell
from luoshi.commitments.models import Kind
from luoshi.consultations import rules
from luoshi.consultations.models import (
    Brought,
    Consultation,
    Reaction,
    Statement,
    StepDone,
    Voter,
)
from luoshi.consultations.tracks import ORDINARY, track_of
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.models import Organisation
from luoshi.core.numbers import next_number
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.engines.opinion import Export, Tally, Votes, read_votes
from luoshi.engines.opinion.exchange import TURNED_DOWN

# More in one transaction would keep others from writing for too long.
MOST_VOTES = 300_000
BATCH = 2000
SHOWN = 5
MOST_TITLE, MOST_QUESTION = 60, 200
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
LONGEST = Statement._meta.get_field("text").max_length or 0


@dataclass(frozen=True)
class BroughtIn:
    """What the files do not say: how it reads here, and who answers by when."""

    title: str
    question: str
    affected: str
    organisation: Organisation
    until: date | None
    threshold: int


@dataclass(frozen=True, eq=False)
class Taken:
    """What of an export comes in: votes on statements that were let in."""

    votes: Votes
    texts: dict[int, str]
    # When the last of each vote was given, in the order of `votes`; 0 is unknown.
    times: dict[tuple[int, int], int]
    turned_down: int
    # Statements whose words may lead to a person: a moderator looks at them.
    held: frozenset[int]
    # Votes on statements that have no words, and words too long.
    wordless: int
    too_long: int

    @property
    def first(self) -> list[str]:
        """Return the first statements, to see that they can be read."""
        return list(self.texts.values())[:SHOWN]


def words_of(export: Export) -> dict[str, str]:
    """Return what the files say of title and question, and what else can be said."""
    title = (export.topic or _("Asked with Polis"))[:MOST_TITLE]
    # Its first paragraph, without the marks of Markdown.
    first = export.description.strip().split("\n\n")[0]
    plain = _LINK.sub(r"\1", first).replace("*", "")
    question = " ".join((plain or title).split())[:MOST_QUESTION]
    return {"title": title, "question": question, "affected": _("Whoever took part")}


def take(export: Export) -> Taken:
    """Leave out what was turned down, has no words, or is longer than fits."""
    worded = [one for one in export.wordings if one.text]
    let_in = [one for one in worded if one.moderated != TURNED_DOWN]
    texts = {one.statement: one.text for one in let_in if len(one.text) <= LONGEST}
    stays = np.isin(export.statements, np.fromiter(texts, np.int64, len(texts)))
    voters, statements = export.voters[stays], export.statements[stays]
    given = zip(
        voters.tolist(), statements.tolist(), export.times[stays].tolist(), strict=True
    )
    return Taken(
        votes=read_votes(voters, statements, export.votes[stays]),
        texts=texts,
        times={(voter, statement): at for voter, statement, at in given},
        turned_down=len(worded) - len(let_in),
        held=frozenset(pk for pk, text in texts.items() if find_personal(text)),
        wordless=len(export.wordless),
        too_long=len(let_in) - len(texts),
    )


@transaction.atomic(durable=True)
def bring_consultation(
    export: Export, wanted: BroughtIn, *, actor: Actor
) -> Consultation:
    """Bring a consultation in as closed: what people said there is answered here.

    Nobody's number there is kept.
    """
    if not isinstance(actor, Staff) or not rules.may_prepare(actor):
        raise NotAllowed("commitments.not_yours")
    taken = take(export)
    check_taken(taken)
    digest = digest_of(taken)
    earlier = Brought.objects.filter(digest=digest).select_related("consultation")
    if (known := earlier.first()) is not None:
        raise Refusal("consultations.brought_already", number=known.consultation.number)
    title = required(wanted.title, "consultations.brought_title")
    question = required(wanted.question, "consultations.brought_question")
    affected = required(wanted.affected, "consultations.brought_affected")
    commitment = open_own_within(
        Own(
            kind=Kind.CONSULTATION,
            channel=Case.Channel.ASKED,
            title=title,
            words=question,
            organisation=wanted.organisation,
            person=receiver_in(wanted.organisation),
            until=wanted.until,
        ),
        actor=actor,
    )
    opened, closed = _days(taken)
    consultation = Consultation.objects.create(
        town=actor.town,
        number=next_number(actor.town.pk, "consultation"),
        title=title,
        question=question,
        affected=affected,
        track=ORDINARY,
        state=Consultation.State.CLOSED,
        opens_at=opened,
        closes_at=closed,
        closed_at=now(),
        code=fresh_code(),
        threshold=wanted.threshold,
        commitment=commitment,
        office=wanted.organisation,
        made_at=now(),
        made_by=actor.person,
    )
    Brought.objects.create(
        town=actor.town,
        consultation=consultation,
        at=now(),
        topic=export.topic[:300],
        digest=digest,
    )
    _add_steps(consultation)
    _add_votes(consultation, taken, opened, closed, actor)
    record(
        consultation,
        "consultations.brought",
        actor=actor,
        voters=len(taken.votes.voters),
        statements=len(taken.texts),
        votes=len(taken.votes.value),
    )
    tell(commitment, "consultations.brought_to_you", commitment.owner, actor=actor)
    return consultation


def threshold_for(voters: int) -> int:
    """Return from how many of one mind an answer is owed: a tenth, five at least."""
    return max(5, min(voters // 10, 32_000))


def check_taken(taken: Taken) -> None:
    """Refuse what is no consultation, or more than one transaction should hold."""
    if not taken.texts:
        raise Refusal("consultations.brought_without_words")
    if not len(taken.votes.value):
        raise Refusal("consultations.brought_without_votes")
    if len(taken.votes.value) > MOST_VOTES:
        raise Refusal("consultations.brought_too_many", most=MOST_VOTES)


def digest_of(taken: Taken) -> str:
    """Return the same for the same votes, whatever the order of the file."""
    votes = taken.votes
    whole = hashlib.sha256(repr(votes.statements).encode())
    for part in (np.array(votes.voters), votes.row, votes.column, votes.value):
        whole.update(part.tobytes())
    return whole.hexdigest()


def _days(taken: Taken) -> tuple[datetime, datetime]:
    """Return when the first and the last vote was given; now where no file says."""
    times = [at for at in taken.times.values() if at > 0]
    last = min(_moment(max(times)), now()) if times else now()
    first = _moment(min(times)) if times else last
    return min(first, last - timedelta(seconds=1)), last


def _moment(milliseconds: int) -> datetime:
    # Years that no calendar has are as good as no time.
    seconds = min(milliseconds / 1000, 4_102_444_800)
    return datetime.fromtimestamp(seconds, UTC)


def _add_steps(consultation: Consultation) -> None:
    StepDone.objects.bulk_create(
        StepDone(
            town=consultation.town,
            consultation=consultation,
            position=position,
            name=step.name,
            before=step.before,
            workdays=step.workdays,
        )
        for position, step in enumerate(
            track_of(consultation.town, consultation.track).steps, 1
        )
    )


def _add_votes(
    consultation: Consultation,
    taken: Taken,
    opened: datetime,
    closed: datetime,
    actor: Staff,
) -> None:
    """Add statements with their tallies, sets of answers by chance, and reactions."""
    votes, town = taken.votes, consultation.town
    made = Statement.objects.bulk_create(
        _statements(consultation, taken, opened, actor), BATCH
    )
    statement_of = dict(zip(taken.texts, made, strict=True))
    order = list(range(len(votes.voters)))
    secrets.SystemRandom().shuffle(order)
    voters = Voter.objects.bulk_create(
        (
            Voter(
                town=town,
                consultation=consultation,
                key=secrets.token_hex(32),
                channel=Voter.Channel.WEB,
                begun_at=opened,
            )
            for _one in order
        ),
        BATCH,
    )
    voter_of = dict(zip(order, voters, strict=True))
    given = zip(
        votes.row.tolist(), votes.column.tolist(), votes.value.tolist(), strict=True
    )
    Reaction.objects.bulk_create(
        (
            Reaction(
                town=town,
                voter=voter_of[row],
                statement=statement_of[votes.statements[column]],
                value=int(value),
                channel=Voter.Channel.WEB,
                at=_given_at(
                    taken.times[votes.voters[row], votes.statements[column]], closed
                ),
            )
            for row, column, value in given
        ),
        BATCH,
    )


def _statements(
    consultation: Consultation, taken: Taken, opened: datetime, actor: Staff
) -> Iterator[Statement]:
    tallies = dict(zip(taken.votes.statements, taken.votes.tallies(), strict=True))
    for number, (name, text) in enumerate(taken.texts.items(), 1):
        tally = tallies.get(name, Tally())
        held = name in taken.held
        yield Statement(
            town=consultation.town,
            consultation=consultation,
            number=number,
            text=text,
            origin=Statement.Origin.RESIDENT,
            state=Statement.State.HELD if held else Statement.State.PUBLISHED,
            said_at=opened,
            published_at=None if held else opened,
            entered_by=actor.person,
            agree=tally.agree,
            disagree=tally.disagree,
            unsure=tally.unsure,
        )


def _given_at(at: int, closed: datetime) -> datetime:
    return min(_moment(at), closed) if at > 0 else closed
