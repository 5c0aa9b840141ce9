"""What the page of an opinion map shows: words first, the picture, then the figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from luoshi.consultations.maps import wording
from luoshi.consultations.maps.kept import FEWEST, Kept, from_json
from luoshi.consultations.maps.picture import Dot as Spot
from luoshi.consultations.maps.picture import Picture
from luoshi.consultations.maps.picture import from_json as picture_from_json
from luoshi.consultations.models import Brought, Consultation, MapKept, Statement
from luoshi.consultations.models.answers import Channel
from luoshi.engines.opinion import AGREE, Tally
from luoshi.ui.wording import moment


@dataclass(frozen=True)
class Row:
    """A statement with its counts: of all, and of each group where it tells any."""

    text: str
    tally: Tally
    groups: tuple[str, ...] = ()

    @property
    def all(self) -> int:
        """Return how many answered."""
        return self.tally.votes


@dataclass(frozen=True)
class Tested:
    """A stance with its test, for who wants to check it."""

    group: str
    text: str
    agrees: bool
    here: Tally
    elsewhere: Tally
    q: str


@dataclass(frozen=True)
class Dot:
    """A dot as it is drawn: its shape says the group, its colour too."""

    letter: int
    points: str
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Name:
    """The letter of a group, in the midst of its people."""

    x: float
    y: float
    letter: str


@dataclass(frozen=True)
class Drawn:
    """The picture; what it shows stands in a sentence and in the table beside it."""

    dots: tuple[Dot, ...]
    names: tuple[Name, ...]
    # The shape of each group, once, and the group that it stands for.
    key: tuple[tuple[Dot, wording.GroupTold], ...]
    width: int
    height: int


@dataclass(frozen=True)
class OpinionPage:
    """The page of one map."""

    consultation: Consultation
    made_at: datetime
    kept: Kept
    told: wording.Told
    drawn: Drawn | None
    # The names of groups above the columns of `rows`.
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    tested: tuple[Tested, ...]
    brought: Brought | None


def page_of(consultation: Consultation) -> OpinionPage | None:
    """Return the page of a consultation's map; None where none was made yet."""
    row = MapKept.objects.filter(consultation=consultation).first()
    if row is None or row.made_at is None:
        return None
    statements = consultation.statements.filter(state=Statement.State.PUBLISHED)
    shown = {one.pk: one for one in statements.order_by("number")}
    kept = from_json(row.told)
    texts = {pk: one.text for pk, one in shown.items()}
    told = wording.tell(kept, texts)
    few = kept.voters < FEWEST
    return OpinionPage(
        consultation=consultation,
        made_at=row.made_at,
        kept=kept,
        told=told,
        drawn=_drawn(picture_from_json(row.dots), told.groups),
        heads=tuple(one.name for one in told.groups),
        rows=() if few else tuple(_rows(shown, kept)),
        tested=() if few else tuple(_tested(kept, texts)),
        brought=Brought.objects.filter(consultation=consultation).first(),
    )


def alike_notes(consultation: Consultation) -> list[str]:
    """Say where answers are alike beyond chance: to be looked at, nothing more."""
    row = MapKept.objects.filter(consultation=consultation).first()
    channels = dict(Channel.choices)
    return [
        _(
            "%(count)d sets of answers came by “%(channel)s” from %(began)s to "
            "%(ended)s, each with the same %(answers)d answers."
        )
        % {
            "count": one["count"],
            "channel": channels.get(one["channel"], one["channel"]),
            "began": moment(_at(one["began"])),
            "ended": moment(_at(one["ended"])),
            "answers": one["answers"],
        }
        for one in (row.alike if row else [])
    ]


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _rows(shown: dict[int, Statement], kept: Kept) -> Iterable[Row]:
    """Yield each statement, the most answered first, with what groups say of it."""
    by_group = {one.statement: one.groups for one in kept.common}
    by_group |= {one.statement: one.groups for one in kept.split}
    ordered = sorted(shown.values(), key=lambda one: (-one.reactions, one.number))
    for one in ordered:
        tallies = by_group.get(one.pk, ()) if len(kept.groups) > 1 else ()
        cells = tuple(map(_agreeing, tallies)) or ("",) * len(kept.groups)
        yield Row(one.text, Tally(one.agree, one.disagree, one.unsure), cells)


def _agreeing(tally: Tally) -> str:
    """Say how many of a group agree, where they are enough to be nobody."""
    if tally.votes < FEWEST:
        return _("fewer than %(fewest)d") % {"fewest": FEWEST}
    told = {"many": tally.agree, "all": tally.votes}
    return _("%(many)d of %(all)d") % told


def _tested(kept: Kept, texts: dict[int, str]) -> Iterable[Tested]:
    for group in kept.groups:
        for said in group.stood:
            if said.statement in texts:
                yield Tested(
                    wording.name_of(group.letter),
                    texts[said.statement],
                    said.vote == AGREE,
                    said.here,
                    said.elsewhere,
                    "< 0.0001" if said.q < 0.0001 else f"{said.q:.4f}",
                )


def _drawn(picture: Picture, groups: tuple[wording.GroupTold, ...]) -> Drawn | None:
    if not picture.dots or not groups:
        return None
    return Drawn(
        dots=tuple(map(_shaped, picture.dots)),
        names=tuple(
            Name(one.x, one.y, wording.letter_of(one.letter)) for one in picture.marks
        ),
        key=tuple((_shaped(Spot(10, 10, 6, one.letter)), one) for one in groups),
        width=picture.width,
        height=picture.height,
    )


def _shaped(one: Spot) -> Dot:
    return Dot(one.letter % len(SHAPES), _points(one), one.x, one.y, one.r)


# Corners in units of the radius; a circle has none.
SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((-1.2, -0.8), (1.2, -0.8), (0, 1.1)),
)


def _points(one: Spot) -> str:
    """Return the corners of a dot, empty for a circle."""
    corners = SHAPES[one.letter % len(SHAPES)]
    return " ".join(
        f"{one.x + one.r * x:.1f},{one.y + one.r * y:.1f}" for x, y in corners
    )
