"""Which facility a project built, and of which kind one that is built probably is."""

from django.db.models import QuerySet

from luoshi.core.actors import Staff
from luoshi.core.slots import Part
from luoshi.projects import rules
from luoshi.projects.models import Figure, Kept, Project
from luoshi.upkeep.models import Asset, AssetKind
from luoshi.upkeep.queries import kinds_in_use

# What a figure calls it, and the usual kind of facility that it becomes.
KINDS = {
    "road": "农村公路",
    "lamps": "路灯",
    "canal": "水渠",
    "water": "水井和供水管",
    "bridge": "小桥",
    "house": "学校和卫生室房屋",
    "toilet": "公厕",
    "waste": "垃圾收集点",
    "square": "健身和文化场地",
}


def kinds_to_keep() -> QuerySet[AssetKind]:
    """Return the kinds of facilities that the town keeps up."""
    return kinds_in_use()


def likely_kind(project: Project) -> AssetKind | None:
    """Return the kind that its figure speaks of, where the town has it."""
    kept = kept_of(project)
    if kept is not None:
        return kept.kind
    figure = Figure.objects.filter(project=project).first()
    name = KINDS.get(figure.kind, "") if figure else ""
    return kinds_in_use().filter(name=name).first() if name else None


def kept_of(project: Project) -> Asset | None:
    """Return the facility that a project built, also where it is out again."""
    kept = Kept.objects.filter(project=project).select_related("asset__kind").first()
    return kept.asset if kept else None


def beside_asset(staff: Staff, asset: Asset) -> Part | None:
    """Say on a facility's page which project built it."""
    if not rules.may_see(staff):
        return None
    rows = Kept.objects.filter(asset=asset).select_related("project__cycle")
    kept = rows.first()
    if kept is None:
        return None
    return Part("projects/_beside_asset.html", {"project": kept.project})
