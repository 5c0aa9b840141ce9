"""The reference's winners of one election; run by the Python of `.venv-bench` alone.

Reads JSON from the standard input: the file and the rules asked for. Writes for each
rule the winners, the leftover and the seconds, and how long reading the file took.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any


def by_points() -> tuple[type, type]:
    """Return satisfaction by points, and by points times cost.

    Of ballots with points the first is the reference's own Additive_Cardinal_Sat; of
    rankings its Additive_Borda_Sat with one more for each place, so that the last
    counts, too.
    """
    from pabutools.election import AbstractOrdinalBallot, AdditiveSatisfaction

    def points(ballot: Any, project: Any) -> Any:
        if project not in ballot:
            return 0
        if isinstance(ballot, AbstractOrdinalBallot):
            return len(ballot) - ballot.position(project)
        return ballot[project]

    class Points(AdditiveSatisfaction):
        def __init__(self, instance: Any, profile: Any, ballot: Any) -> None:
            super().__init__(
                instance, profile, ballot, lambda _i, _p, b, one, _k: points(b, one)
            )

    class PointsCost(AdditiveSatisfaction):
        def __init__(self, instance: Any, profile: Any, ballot: Any) -> None:
            super().__init__(
                *(instance, profile, ballot),
                lambda _i, _p, b, one, _k: points(b, one) * one.cost,
            )

    return Points, PointsCost


def rules() -> dict[str, Callable[[Any, Any], Any]]:
    """Return the reference's form of each rule that it has."""
    from pabutools.election import Cardinality_Sat, Cost_Sat
    from pabutools.rules import (
        completion_by_rule_combination,
        greedy_utilitarian_welfare,
        max_additive_utilitarian_welfare,
        method_of_equal_shares,
        sequential_phragmen,
    )

    told: dict[str, Callable[[Any, Any], Any]] = {
        # Votes times cost per cost is votes.
        "greedy_votes": partial(greedy_utilitarian_welfare, sat_class=Cost_Sat),
        "greedy_votes_per_cost": partial(
            greedy_utilitarian_welfare, sat_class=Cardinality_Sat
        ),
        "phragmen": sequential_phragmen,
        "knapsack": partial(
            max_additive_utilitarian_welfare, sat_class=Cardinality_Sat
        ),
    }
    points, points_cost = by_points()
    told["greedy_points"] = partial(greedy_utilitarian_welfare, sat_class=points_cost)
    told["greedy_points_per_cost"] = partial(
        greedy_utilitarian_welfare, sat_class=points
    )
    for name, kind, filling in (
        ("mes_cost", Cost_Sat, Cost_Sat),
        ("mes_cardinality", Cardinality_Sat, Cost_Sat),
        ("mes_points", points, points_cost),
        ("mes_points_cost", points_cost, points_cost),
    ):
        fill = {"sat_class": filling}
        add1 = {"sat_class": kind, "voter_budget_increment": 1}
        told[name] = partial(method_of_equal_shares, sat_class=kind)
        told[f"{name}_add1"] = partial(method_of_equal_shares, **add1)
        told[f"{name}_add1u"] = partial(
            completion_by_rule_combination,
            rule_sequence=[method_of_equal_shares, greedy_utilitarian_welfare],
            rule_params=[add1, fill],
        )
    return told


def main() -> None:
    """Run the reference and print what it found."""
    from pabutools.election import parse_pabulib

    asked: dict[str, Any] = json.load(sys.stdin)
    # One call for each round: a hundred rounds are deeper than Python's default.
    sys.setrecursionlimit(100_000)
    began = time.perf_counter()
    election, votes = parse_pabulib(asked["file"])
    told: dict[str, Any] = {"parse_s": time.perf_counter() - began, "rules": {}}
    known = rules()
    for name in asked["rules"]:
        began = time.perf_counter()
        try:
            found = known[name](election, votes)
        except (ValueError, TypeError) as error:
            told["rules"][name] = {"refused": str(error)}
            continue
        told["rules"][name] = {
            "winners": [project.name for project in found],
            "leftover": float(
                election.budget_limit - sum(project.cost for project in found)
            ),
            "count_s": time.perf_counter() - began,
        }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
