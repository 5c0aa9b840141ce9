"""The city's published figures: written down once, put right, taken away."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.models import CityFigure
from luoshi.cases.orders.systems import system_within
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record

MOST_SHARE = Decimal(100)


@dataclass(frozen=True)
class Published:
    """One figure as the city published it."""

    system: str
    what: str
    by: str
    first: date
    last: date
    value: Decimal
    source: str
    published_on: date


@transaction.atomic(durable=True)
def keep_city_figure(told: Published, *, actor: Staff) -> CityFigure:
    """Write a figure down; the same one again puts it right."""
    return _keep_within(told, actor=actor)


@transaction.atomic(durable=True)
def keep_city_figures(several: list[Published], *, actor: Staff) -> int:
    """Write several down, all of them or none; return how many."""
    for told in several:
        _keep_within(told, actor=actor)
    return len(several)


@transaction.atomic(savepoint=False)
def _keep_within(told: Published, *, actor: Staff) -> CityFigure:
    if not rules.may_keep_city_figures(actor):
        raise NotAllowed("commitments.not_yours")
    _check(told)
    system = system_within(actor.town, told.system)
    same = {
        "town": actor.town,
        "system": system,
        **{name: getattr(told, name) for name in ("what", "by", "first", "last")},
    }
    said = {
        **{name: getattr(told, name) for name in ("value", "published_on")},
        "source": told.source.strip(),
        "entered_by": actor.person,
        "entered_at": now(),
    }
    before = CityFigure.objects.select_for_update().filter(**same).first()
    was = before.value if before else None
    figure, _made = CityFigure.objects.update_or_create(**same, defaults=said)
    record(
        figure,
        "cases.city_figure_kept",
        actor=actor,
        system=system.name,
        what=told.what,
        value=(str(was) if was is not None else None, str(told.value)),
    )
    return figure


def _check(told: Published) -> None:
    if told.first > told.last:
        raise Refusal("cases.city_days")
    if told.last > today() or not told.last <= told.published_on <= today():
        raise Refusal("cases.city_not_yet")
    if not told.source.strip():
        raise Refusal("cases.city_source")
    share = told.what not in (CityFigure.What.RECEIVED, CityFigure.What.CLOSED)
    whole = told.value == told.value.to_integral_value()
    if told.value < 0 or (share and told.value > MOST_SHARE) or not (share or whole):
        raise Refusal("cases.city_value")


@transaction.atomic(durable=True)
def remove_city_figure(figure_id: int, *, actor: Staff) -> None:
    """Take away a figure that was written down by mistake."""
    if not rules.may_keep_city_figures(actor):
        raise NotAllowed("commitments.not_yours")
    figure = CityFigure.objects.select_for_update(of=("self",)).get(pk=figure_id)
    record(
        figure,
        "cases.city_figure_removed",
        actor=actor,
        system=figure.system.name,
        what=figure.what,
        value=str(figure.value),
    )
    figure.delete()
