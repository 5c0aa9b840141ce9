"""The register: the list with its filters, one asset's page, and its public one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    DateField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.cases.queries import cases_visible_to
from luoshi.commitments.models import Commitment, State
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.queries import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Organisation
from luoshi.core.trail import entries_of, sentence_of, words_of
from luoshi.core.villages import of_village
from luoshi.upkeep import rules
from luoshi.upkeep.defaults import USUAL
from luoshi.upkeep.geometry import shown
from luoshi.upkeep.models import Asset, AssetKind, Defect, Inspection, Round, RoundRule
from luoshi.upkeep.models.kinds import ROAD_GRADES

A_PAGE = 50
MOST_PLATES = 200
LOOKS_SHOWN = 12


@dataclass(frozen=True)
class Chosen:
    """By what the register is narrowed down; empty for everything that stands."""

    kind: int = 0
    village: int = 0
    keeper: int = 0
    # "late", "open", "poor", "unseen" or "retired".
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class Row:
    """An asset as it is listed."""

    asset: Asset
    grade: str
    due_on: date | None
    late: bool
    open_defects: int


@dataclass(frozen=True)
class DefectRow:
    """A defect whose matter this person may open."""

    defect: Defect
    commitment: Commitment
    light: Light


@dataclass(frozen=True)
class AssetPage:
    """Everything that staff see of an asset."""

    asset: Asset
    grade: str
    where: str
    rounds: list[Round]
    looks: list[tuple[Inspection, str]]
    more_looks: int
    defects: list[DefectRow]
    # Matters about it that this person may not open.
    hidden: int
    story: list[tuple[Any, str, str]]
    today: date


@dataclass(frozen=True)
class PublicPage:
    """What everybody sees of an asset."""

    asset: Asset
    grade: str
    look: str
    being_done: int
    next_due: Any = None
    faults: list[str] = field(default_factory=list)


def grade_said(asset: Asset, grade: int | None) -> str:
    """Return a grade as people say it: of roads by the words of their standard."""
    if grade is None:
        return ""
    if asset.kind.is_road:
        told = {"grade": grade, "word": ROAD_GRADES[grade]}
        return _("%(grade)d (%(word)s)") % told
    return pgettext("grade", "%(grade)d") % {"grade": grade}


def assets_visible_to(staff: Staff) -> QuerySet[Asset]:
    """Return what this person sees in the register: it stands in the open."""
    rows = Asset.objects.filter(town=staff.town)
    return rows if staff.has(*rules.SEE) else rows.none()


def open_defects() -> QuerySet[Defect]:
    """Return the defects that are not done yet; sealed matters are not told of."""
    rows = Defect.objects.exclude(case__commitment__state=State.CLOSED)
    return rows.exclude(case__visibility=Visibility.SEALED)


def _narrowed(staff: Staff, chosen: Chosen) -> QuerySet[Asset]:
    rows = assets_visible_to(staff)
    gone = chosen.state == "retired"
    rows = rows.filter(retired_on__isnull=not gone)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.village:
        rows = rows.filter(of_village(chosen.village))
    if chosen.keeper:
        rows = rows.filter(keeper=chosen.keeper)
    if chosen.words:
        words = chosen.words
        rows = rows.filter(
            Q(name__icontains=words)
            | Q(number__icontains=words)
            | Q(place__icontains=words)
        )
    return _in_state(rows, chosen.state)


def _in_state(rows: QuerySet[Asset], state: str) -> QuerySet[Asset]:
    if state == "late":
        late = Round.objects.filter(done_on=None, due_on__lt=today())
        return rows.filter(pk__in=late.values("asset"))
    if state == "open":
        return rows.filter(pk__in=open_defects().values("asset"))
    if state == "poor":
        return rows.filter(grade__gte=4)
    if state == "unseen":
        return rows.filter(looked_on=None)
    return rows


def count_assets(staff: Staff, chosen: Chosen) -> int:
    """Count what the filters leave."""
    return _narrowed(staff, chosen).count()


def assets_for(staff: Staff, chosen: Chosen, after: str = "") -> tuple[list[Row], str]:
    """Return a page of the register by number, and after which the next begins."""
    due = Round.objects.filter(asset=OuterRef("pk"), done_on=None).order_by("due_on")
    defects = open_defects().filter(asset=OuterRef("pk")).order_by()
    counted = defects.values("asset").annotate(number=Count("pk")).values("number")
    rows = (
        _narrowed(staff, chosen)
        .select_related("kind", "village", "keeper")
        .annotate(
            due_on=Subquery(due.values("due_on")[:1], output_field=DateField()),
            open_defects=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        )
        .order_by("number")
    )
    if after:
        rows = rows.filter(number__gt=after)
    found = list(rows[: A_PAGE + 1])
    more = found[A_PAGE - 1].number if len(found) > A_PAGE else ""
    return [_row(one) for one in found[:A_PAGE]], more


def _row(asset: Any) -> Row:
    late = asset.due_on is not None and asset.due_on < today()
    grade = grade_said(asset, asset.grade)
    return Row(asset, grade, asset.due_on, late, asset.open_defects)


def every_asset(staff: Staff, chosen: Chosen) -> QuerySet[Asset]:
    """Return all that the filters leave, to be taken out as a file."""
    rows = _narrowed(staff, chosen).select_related("kind", "village", "keeper")
    return rows.prefetch_related("responsible").order_by("number")


def plates_for(
    staff: Staff, chosen: Chosen, first: int = 0, asset_id: int = 0
) -> list[Asset]:
    """Return the assets whose plates are printed at once, or a single one."""
    rows = every_asset(staff, chosen).select_related("kind__keeper")
    if asset_id:
        rows = rows.filter(pk=asset_id)
    return list(rows[first : first + MOST_PLATES])


def kinds_with_rules() -> list[tuple[AssetKind, list[RoundRule], int]]:
    """Return the kinds with the rules that hold, and how many assets stand."""
    standing = Count("assets", filter=Q(assets__retired_on=None))
    held: dict[int, list[RoundRule]] = {}
    for rule in RoundRule.objects.filter(retired_at=None).order_by("pk"):
        held.setdefault(rule.kind_id, []).append(rule)
    rows = kinds_in_use().select_related("keeper").annotate(standing=standing)
    return [(one, held.get(one.pk, []), one.standing) for one in rows]


def usual_not_here() -> list[str]:
    """Return the names of the usual kinds that the town does not have."""
    known = set(AssetKind.objects.values_list("name", flat=True))
    return [one.name for one in USUAL if one.name not in known]


def rules_of(kind: AssetKind) -> list[RoundRule]:
    """Return the rules by which a kind is looked at."""
    return list(kind.rules.filter(retired_at=None).order_by("pk"))


def kinds_in_use(*, all_of_them: bool = False) -> QuerySet[AssetKind]:
    """Return the kinds in their order; retired ones only when asked for."""
    rows = AssetKind.objects.all()
    return rows if all_of_them else rows.filter(retired_at=None)


def keepers() -> QuerySet[Organisation]:
    """Return the offices and village committees that can keep something up."""
    return Organisation.objects.filter(closed_at=None).exclude(kind="outside")


def page_of(staff: Staff, asset: Asset) -> AssetPage:
    """Return an asset with its rounds, looks and defects, newest first."""
    looks = asset.inspections.select_related("by").order_by("-on", "-pk")
    defects = Defect.objects.filter(asset=asset)
    seen = list(
        defects.filter(case__in=cases_visible_to(staff))
        .select_related(
            "case__commitment__town",
            "case__commitment__owner",
            "case__commitment__owner_organisation",
        )
        .order_by("-pk")[:20]
    )
    every = defects.exclude(case__visibility=Visibility.SEALED).count()
    told = [
        (entry.at, sentence_of(entry), words_of(entry))
        for entry in entries_of(asset)
        if entry.code != "upkeep.looked"
    ]
    return AssetPage(
        asset=asset,
        grade=grade_said(asset, asset.grade),
        where=shown(asset.geometry),
        rounds=list(
            asset.rounds.filter(done_on=None)
            .select_related("rule")
            .order_by("due_on", "pk")
        ),
        looks=[(one, grade_said(asset, one.grade)) for one in looks[:LOOKS_SHOWN]],
        more_looks=max(0, looks.count() - LOOKS_SHOWN),
        defects=[
            DefectRow(one, one.case.commitment, light_of(one.case.commitment))
            for one in seen
        ],
        hidden=max(0, every - len(seen)),
        story=told[:20],
        today=today(),
    )


def public_page(asset: Asset) -> PublicPage:
    """Return what its plate shows: no name of a person, no number of a matter."""
    doing = open_defects().filter(asset=asset)
    due = doing.exclude(case__commitment__state=State.RECEIVED).order_by(
        "case__commitment__due_at"
    )
    first = due.values_list("case__commitment__due_at", flat=True).first()
    return PublicPage(
        asset=asset,
        grade=grade_said(asset, asset.grade),
        look=asset.kind.look_of(asset.grade) if asset.grade else "",
        being_done=doing.count(),
        next_due=first,
        faults=list(asset.kind.faults),
    )
