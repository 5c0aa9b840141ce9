"""What the demo town keeps up: 900 facilities, and eight years of looks at them.

Written in bulk: ten thousand looks would take minutes through their action. What the
action would have left is left: looks, rounds done and open, grade and last look. What
was found and reported of late goes through the real actions.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import cos, pi, radians, sin
from typing import Any

from django.db import transaction

from luoshi.cases.codes import fresh_code
from luoshi.commitments import actions
from luoshi.commitments.actions.base import people_with
from luoshi.commitments.models import Category
from luoshi.core.clock import SHANGHAI, at, now, today
from luoshi.core.models import Organisation, Person, Village
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.staff import staff_of_person
from luoshi.core.trail import record
from luoshi.demo.history import Cast
from luoshi.demo.names import GIVEN, SURNAMES
from luoshi.demo.upkeep_sorts import FOUND, PLACES, REPORTED, SORTS, WORKS, Sort
from luoshi.upkeep.actions import (
    Reported,
    Seen,
    fresh_token,
    look_at_asset,
    report_defect,
    take_usual_kinds,
)
from luoshi.upkeep.actions.due import asks_for, interval_of
from luoshi.upkeep.models import (
    Asset,
    AssetKind,
    Inspection,
    Responsible,
    Round,
    RoundRule,
    VillageOutline,
)
from luoshi.upkeep.seasons import months_on, next_due

YEARS = 8
BATCH = 1000
# The made-up town lies about here; its villages stand around it.
CENTRE = (118.912, 28.874)
DEGREES_A_METRE, BENDS = 1 / 111_000, 5
# A village's outline: so many corners, and so far from its middle at most.
CORNERS, REACH_M = 48, 1_800
# Of a hundred rounds, how many were done by their day, and how many some days late.
ON_TIME, LATE = 90, 7
LONGEST_OPEN = timedelta(days=45)


def keep_up(chance: random.Random, cast: Cast, end: datetime) -> None:
    """Fill the register, its eight years, and what was found and reported of late."""
    with at(end - timedelta(days=12)), transaction.atomic():
        assets = _write_register(cast, chance)
        _write_years(cast, chance, assets)
        actor = staff_of_person(cast.staff["村镇建设办"])
        for one in assets:
            record(one, "upkeep.brought", actor=actor, number=one.number)
    _find(cast, end)
    _report(end)


def take_kinds(end: datetime) -> None:
    """Take the usual kinds over, and say who usually keeps each up."""
    with at(end - timedelta(days=400)):
        take_usual_kinds(actor=staff_of_person(people_with(ADMINISTRATOR)[0]))
    for sort in SORTS:
        AssetKind.objects.filter(name=sort.kind).update(
            keeper=Organisation.objects.get(name=sort.office),
            category=Category.objects.get(name=sort.category),
        )


def _draw_outlines(cast: Cast, centres: dict[int, tuple[float, float]]) -> None:
    """Let each village reach half the way to the others, and no farther than 1.8 km."""
    VillageOutline.objects.bulk_create(
        VillageOutline(
            town=cast.town,
            village_id=pk,
            geometry={"type": "Polygon", "coordinates": [_around(pk, centres)]},
        )
        for pk in centres
    )


def _around(pk: int, centres: dict[int, tuple[float, float]]) -> list[list[float]]:
    east, north = centres[pk]
    share = cos(radians(north))
    others = [
        ((x - east) * share, y - north) for key, (x, y) in centres.items() if key != pk
    ]
    ring = []
    for step in range(CORNERS):
        way = 2 * pi * step / CORNERS
        along = (cos(way), sin(way))
        reach = REACH_M * DEGREES_A_METRE
        for x, y in others:
            ahead = x * along[0] + y * along[1]
            if ahead > 0:
                reach = min(reach, (x * x + y * y) / 2 / ahead)
        ring.append(
            [
                round(east + reach * along[0] / share, 6),
                round(north + reach * along[1], 6),
            ]
        )
    return [*ring, ring[0]]


def _write_register(cast: Cast, chance: random.Random) -> list[Asset]:
    offices = {one.name: one for one in Organisation.objects.all()}
    kinds = {one.name: one for one in AssetKind.objects.all()}
    villages = list(Village.objects.filter(ended_on=None))
    centres = {one.pk: _near(chance, CENTRE, 5_500) for one in villages}
    _draw_outlines(cast, centres)
    made: list[Asset] = []
    # Projects of the last years stand there already.
    known = Asset.objects.count()
    for sort in SORTS:
        counts: dict[int, int] = {}
        for _number in range(sort.count):
            village = chance.choice(villages)
            number = counts[village.pk] = counts.get(village.pk, 0) + 1
            facts = _facts(sort, chance, village, number)
            centre = centres[village.pk]
            made.append(
                Asset(
                    town=cast.town,
                    kind=kinds[sort.kind],
                    number=f"SS-{known + len(made) + 1:04d}",
                    # By chance also here: no two towns of a deployment share one.
                    code=fresh_code(),
                    added_at=now(),
                    village=village,
                    keeper=_keeper(sort, village, offices),
                    owner=f"{village.name}集体",
                    geometry=_geometry(sort, chance, centre, facts["amount"]),
                    **facts,
                )
            )
    Asset.objects.bulk_create(made, batch_size=BATCH)
    _name_responsible(chance, made)
    return made


def _keeper(
    sort: Sort, village: Village, offices: dict[str, Organisation]
) -> Organisation:
    committee = offices.get(f"{village.name}委") if sort.by_village else None
    return committee or offices[sort.office]


def _near(
    chance: random.Random, centre: tuple[float, float], metres: int
) -> tuple[float, float]:
    most = metres * DEGREES_A_METRE
    east, north = chance.uniform(-most, most), chance.uniform(-most, most)
    return round(centre[0] + east, 6), round(centre[1] + north, 6)


def _geometry(
    sort: Sort, chance: random.Random, centre: tuple[float, float], metres: int
) -> dict[str, Any] | None:
    """Return a point or a line; one in twenty is known by words alone."""
    if chance.random() < 0.05:
        return None
    first = _near(chance, centre, 900)
    if sort.amount[1] == 1:
        return {"type": "Point", "coordinates": list(first)}
    line, heading = [list(first)], chance.uniform(0, 2 * pi)
    step = metres / BENDS * DEGREES_A_METRE
    for _bend in range(BENDS):
        heading += chance.uniform(-0.5, 0.5)
        east, north = line[-1]
        there = (east + step * cos(heading), north + step * sin(heading))
        line.append([round(one, 6) for one in there])
    return {"type": "LineString", "coordinates": line}


def _facts(
    sort: Sort, chance: random.Random, village: Village, number: int
) -> dict[str, Any]:
    least, most = sort.amount
    amount = 1 if most == 1 else chance.randrange(least, most, 10)
    name = chance.choice(sort.names)
    road = {"road_class": chance.choice(["village", "village", "village", "town"])}
    return {
        "name": f"{village.name}{name}{number}号",
        "place": chance.choice(PLACES),
        "amount": amount,
        "built_year": today().year - chance.randrange(2, 26),
        "project": chance.choice(["", "", "一事一议项目", "通村工程", "高标准农田"]),
        "people_served": chance.randrange(*sort.people),
        "replacement_fen": amount * sort.yuan_each * 100,
        **(road if sort.kind == "农村公路" else {}),
    }


def _name_responsible(chance: random.Random, made: list[Asset]) -> None:
    """Name who answers for each pond: a leader, an engineer, a villager."""
    positions = {"leads": "副镇长", "technical": "水利站", "watches": "村民"}
    Responsible.objects.bulk_create(
        Responsible(
            town=one.town,
            asset=one,
            duty=duty,
            name=chance.choice(SURNAMES) + chance.choice(GIVEN),
            position=position,
        )
        for one in made
        if one.kind.has_responsible
        for duty, position in positions.items()
    )


def _write_years(cast: Cast, chance: random.Random, assets: list[Asset]) -> None:
    """Write a graded look a year, and every round of the last twelve months."""
    worse = {sort.kind: sort.worse for sort in SORTS}
    lookers = {
        office.pk: cast.staff[office.name]
        for office in Organisation.objects.all()
        if office.name in cast.staff
    }
    rules: dict[int, list[RoundRule]] = {}
    for rule in RoundRule.objects.select_related("kind"):
        rules.setdefault(rule.kind_id, []).append(rule)
    looks: list[Inspection] = []
    rounds: list[tuple[Round, Inspection | None]] = []
    for asset in assets:
        by = lookers.get(asset.keeper_id or 0)
        looks += _yearly(chance, asset, worse[asset.kind.name], by)
        fresh, done = _last_year(chance, asset, rules.get(asset.kind_id, []), by)
        looks += fresh
        rounds += done
    looks.sort(key=lambda look: look.on)
    Inspection.objects.bulk_create(looks, batch_size=BATCH)
    for one, look in rounds:
        one.inspection = look
    Round.objects.bulk_create([one for one, _look in rounds], batch_size=BATCH)
    Asset.objects.bulk_update(
        assets,
        ["grade", "looked_on", "last_works_on", "last_works"],
        batch_size=BATCH,
    )


def _look(asset: Asset, on: date, by: Person | None, grade: int | None) -> Inspection:
    moment = datetime(on.year, on.month, on.day, 10, tzinfo=SHANGHAI)
    return Inspection(
        town_id=asset.town_id, asset=asset, on=on, at=moment, by=by, grade=grade
    )


def _yearly(
    chance: random.Random, asset: Asset, worse: int, by: Person | None
) -> Iterator[Inspection]:
    """Yield a look for each year but the last; works make it good again."""
    grade = chance.choices([1, 2, 3, 4], [3, 4, 2, 1])[0]
    for back in range(YEARS - 1, 0, -1):
        day = months_on(today(), -12 * back) - timedelta(days=chance.randrange(150))
        if day.year < (asset.built_year or 0):
            continue
        if chance.randrange(100) < worse and grade < 5:
            grade += 1
        elif grade >= 4 and chance.random() < 0.45:
            grade = chance.choice([1, 2])
            asset.last_works_on = day - timedelta(days=chance.randrange(10, 60))
            asset.last_works = chance.choice(WORKS)
        asset.grade, asset.looked_on = grade, day
        yield _look(asset, day, by, grade)


def _last_year(
    chance: random.Random, asset: Asset, rules: list[RoundRule], by: Person | None
) -> tuple[list[Inspection], list[tuple[Round, Inspection | None]]]:
    """Return the looks of the last twelve months, and the rounds that they did."""
    looks: dict[date, Inspection] = {}
    rounds: list[tuple[Round, Inspection | None]] = []
    for rule in rules:
        if not asks_for(rule, asset):
            continue
        base = months_on(today(), -12) - timedelta(days=chance.randrange(60))
        due = next_due(base, interval_of(rule))
        while due <= today():
            done = _done_on(chance, due)
            if done is None and due < today() - LONGEST_OPEN:
                # Nobody leaves it for months: late, and done.
                done = due + timedelta(days=chance.randrange(15, 40))
            if done is None or done > today():
                break
            look = looks.setdefault(done, _look(asset, done, by, None))
            rounds.append((_round(asset, rule, due, done), look))
            counts_due = rule.basis == RoundRule.Basis.DUE
            due = next_due(due if counts_due else done, interval_of(rule))
        rounds.append((_round(asset, rule, due, None), None))
    if looks and asset.grade:
        last = looks[max(looks)]
        last.grade = asset.grade
        asset.looked_on = last.on
    return list(looks.values()), rounds


def _done_on(chance: random.Random, due: date) -> date | None:
    """Return when a round was done; of a hundred, a few are still open."""
    luck = chance.randrange(100)
    if luck < ON_TIME:
        return due - timedelta(days=chance.randrange(8))
    if luck < ON_TIME + LATE:
        return due + timedelta(days=chance.randrange(1, 25))
    return None


def _round(asset: Asset, rule: RoundRule, due: date, done: date | None) -> Round:
    return Round(
        town_id=asset.town_id, asset=asset, rule=rule, due_on=due, done_on=done
    )


def _find(cast: Cast, end: datetime) -> None:
    """Let the inspector find what is wrong, and the offices mend some of it."""
    inspector = staff_of_person(cast.staff["inspector"])
    for kind, days, grade, severity, words, far in FOUND:
        with at(end - timedelta(days=days, hours=2)) as clock:
            # What a project built last year is as good as new.
            old = Asset.objects.filter(kind__name=kind, project="")
            asset = old.earliest("number")
            look = look_at_asset(
                asset.pk, Seen(grade, severity, words), actor=inspector
            )
            commitment = look.defects.get().case.commitment
            owner = staff_of_person(commitment.owner)
            if far == "told":
                continue
            clock.tick(timedelta(hours=3))
            actions.take_commitment(commitment.pk, actor=owner)
            if far != "accepted":
                continue
            clock.tick(timedelta(hours=15))
            done = "断的三根换成钢管，焊牢、刷了漆。"
            actions.submit_commitment(commitment.pk, words=done, actor=owner)
            clock.tick(timedelta(hours=5))
            other = staff_of_person(cast.staff["leader"])
            actions.accept_commitment(commitment.pk, actor=other)


def _report(end: datetime) -> None:
    """Let residents scan plates, and say what is wrong."""
    for kind, days, words in REPORTED:
        with at(end - timedelta(days=days, hours=5)):
            asset = Asset.objects.filter(kind__name=kind).latest("number")
            report_defect(asset.pk, Reported(words, fresh_token(), phone=""))
