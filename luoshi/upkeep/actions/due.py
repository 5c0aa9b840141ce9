"""Which rounds are open: opened, dropped and followed by the next, by the rules."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from luoshi.core.clock import today
from luoshi.upkeep.models import Asset, Inspection, Round, RoundRule
from luoshi.upkeep.seasons import Interval, next_due

BATCH = 500


def interval_of(rule: RoundRule) -> Interval:
    """Return a rule's interval and season."""
    return Interval(rule.months, rule.season_from, rule.season_to)


def asks_for(rule: RoundRule, asset: Asset) -> bool:
    """Tell whether a rule holds for an asset as it is now."""
    if rule.retired_at is not None or asset.retired_on is not None:
        return False
    return not rule.grade_from or (asset.grade or 0) >= rule.grade_from


@transaction.atomic(savepoint=False)
def plan_within(assets: Iterable[Asset]) -> None:
    """Open what the rules ask for and is not open; drop what they ask no more.

    What was never looked at is due from today on, never in the past.
    """
    every = list(assets)
    rules: dict[int, list[RoundRule]] = {}
    for rule in RoundRule.objects.filter(kind__in={one.kind_id for one in every}):
        rules.setdefault(rule.kind_id, []).append(rule)
    for first in range(0, len(every), BATCH):
        _plan_batch(every[first : first + BATCH], rules)


def _plan_batch(assets: list[Asset], rules: dict[int, list[RoundRule]]) -> None:
    ids = [one.pk for one in assets]
    opened = Round.objects.filter(asset__in=ids, done_on=None)
    known = {(one.asset_id, one.rule_id): one.pk for one in opened}
    fresh, wanted = [], set()
    for asset in assets:
        for rule in rules.get(asset.kind_id, []):
            if not asks_for(rule, asset):
                continue
            wanted.add((asset.pk, rule.pk))
            if (asset.pk, rule.pk) not in known:
                fresh.append(_first(asset, rule))
    gone = [pk for key, pk in known.items() if key not in wanted]
    Round.objects.filter(pk__in=gone, done_on=None).delete()
    Round.objects.bulk_create(fresh)


def _first(asset: Asset, rule: RoundRule) -> Round:
    due = next_due(asset.looked_on or today(), interval_of(rule))
    return Round(
        town_id=asset.town_id, asset=asset, rule=rule, due_on=max(due, today())
    )


@transaction.atomic(savepoint=False)
def close_within(assets: dict[int, Asset], looks: list[Inspection]) -> int:
    """Close the rounds that these looks did, and open the next; return how many.

    A round is done only once its time has come. Before that a look is one more: it
    puts off a round that counts from the last look, and no other.
    """
    by_asset = {look.asset_id: look for look in looks}
    rows = Round.objects.filter(asset__in=by_asset, done_on=None)
    done, following, put_off = [], [], []
    for one in rows.select_related("rule").order_by("pk"):
        look = by_asset[one.asset_id]
        if one.due_on - timedelta(days=one.rule.lead_days) > look.on:
            if one.rule.basis == RoundRule.Basis.DONE:
                one.due_on = next_due(look.on, interval_of(one.rule))
                put_off.append(one)
            continue
        one.done_on, one.inspection = look.on, look
        done.append(one)
        following.append(_next(one, look.on))
    Round.objects.bulk_update(done, ["done_on", "inspection"], batch_size=BATCH)
    Round.objects.bulk_update(put_off, ["due_on"], batch_size=BATCH)
    Round.objects.bulk_create(
        one for one in following if asks_for(one.rule, assets[one.asset_id])
    )
    plan_within(assets.values())
    return len(done)


def _next(one: Round, on: date) -> Round:
    """Return the round after this one, later than the look that did it."""
    counts_due = one.rule.basis == RoundRule.Basis.DUE
    due = next_due(one.due_on if counts_due else on, interval_of(one.rule))
    while due <= on:
        due = next_due(due, interval_of(one.rule))
    return Round(town_id=one.town_id, asset_id=one.asset_id, rule=one.rule, due_on=due)
