"""Earlier years' lists as the comparison takes them, beside rounds of this town."""

from collections.abc import Mapping
from dataclasses import replace

from luoshi.core.models import Town
from luoshi.engines.appraisal import Facts, Reference
from luoshi.projects.models import Earlier, Figure, Project
from luoshi.projects.plans import facts_of, plan_of


def earlier_facts(
    town: Town, years: range, usual: Mapping[str, Reference]
) -> dict[int, list[Facts]]:
    """Return by year what is known of the things of earlier lists."""
    found: dict[int, list[Facts]] = {}
    for line in Earlier.objects.filter(town=town, year__in=years).order_by("pk"):
        found.setdefault(line.year, []).append(_facts(line, usual[line.kind]))
    return found


def _facts(line: Earlier, usual: Reference) -> Facts:
    """Return a line's facts; what nobody knows any more is left out of each share."""
    project = Project(
        number=line.pk,
        cost=line.cost,
        # Of no weight for the shares that are compared.
        households=1,
        people_a_day=line.people_a_day,
        years_of_use=line.years_of_use,
        upkeep_yearly=line.upkeep_yearly,
    )
    funded = None if line.upkeep_yearly is None else line.upkeep_yearly > 0
    figure = Figure(
        kind=line.kind, appearance=line.appearance or 0, funded=funded is not False
    )
    asked = int(line.asked != Earlier.Asked.OFFICE) if line.asked else None
    told = facts_of(project, figure, plan_of(project, figure, usual), asked or 0)
    assert told is not None
    return replace(
        told,
        funded=funded,
        asked=asked,
        households=None,
        appearance=None if line.appearance is None else told.appearance,
    )
