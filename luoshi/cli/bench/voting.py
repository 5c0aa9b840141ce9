"""Counting: who wins by each rule in elections of real towns, and how fast.

`--file X.pb` (again for more files) reads Pabulib's format; without it all in
`budgets/` of the shared data. `--ballots` and `--projects` count a made-up election.
Files with points or rankings are counted by points as well.
`--reference` runs pabutools (`make setup-bench`) on the same files in the same run.
"""

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from luoshi.cli.bench import aim
from luoshi.cli.bench.opinion import REFERENCE
from luoshi.cli.bench.routing import data_folder
from luoshi.engines import voting
from luoshi.engines.voting.elections import ORDINAL, WITH_POINTS

Rule = Callable[[voting.Election], voting.Outcome]


def _shares(*utilities: str) -> dict[str, Rule]:
    """Return equal shares with these utilities, with each completion."""
    return {
        f"mes_{utility}" + (f"_{completion}" if completion != "none" else ""): partial(
            voting.equal_shares, utility=utility, completion=completion
        )
        for utility in utilities
        for completion in ("none", "add1", "add1u")
    }


RULES: dict[str, Rule] = {
    "greedy_votes": voting.greedy_votes,
    "greedy_votes_per_cost": voting.greedy_votes_per_cost,
    **_shares("cost", "cardinality"),
    "phragmen": voting.phragmen,
    "knapsack": voting.knapsack,
}
BY_POINTS: dict[str, Rule] = {
    "greedy_points": voting.greedy_points,
    "greedy_points_per_cost": voting.greedy_points_per_cost,
    **_shares("points", "points_cost"),
}
ADDED = tuple(name for name in RULES | BY_POINTS if "_add1" in name)
ONCE = ("mes_cost", "mes_points")
WEIGHED_TYPES = (ORDINAL, *WITH_POINTS)
# Its add1 takes many minutes where the reference's one count takes longer than this.
LONGEST_REFERENCE = 0.2
ROUNDS, MANY = 5, (1_000_000, 200)


def rules_of(election: voting.Election) -> dict[str, Rule]:
    """Return the rules for an election; those by points where ballots say more."""
    return RULES | BY_POINTS if election.vote_type in WEIGHED_TYPES else RULES


def count(election: voting.Election) -> dict[str, dict[str, Any]]:
    """Return what each rule chooses, and the shortest time that it took."""
    told = {}
    for name, rule in rules_of(election).items():
        outcome, seconds = _timed(partial(rule, election), name)
        told[name] = {
            "winners": list(outcome.winners),
            "leftover": float(election.money(outcome.leftover)),
            "count_s": seconds,
            "ties": [list(one) for one in outcome.ties],
        }
        if name == "knapsack":
            told[name]["proved"] = outcome.proved
            told[name]["votes"] = _votes(election, outcome.winners)
    return told


def _timed(
    work: Callable[[], voting.Outcome], name: str
) -> tuple[voting.Outcome, float]:
    times = []
    for _round in range(1 if name in ADDED else ROUNDS):
        began = time.perf_counter()
        outcome = work()
        times.append(time.perf_counter() - began)
    return outcome, min(times)


def _votes(election: voting.Election, winners: Any) -> int:
    places = {project.id: at for at, project in enumerate(election.projects)}
    return int(sum(election.votes[places[name]] for name in winners))


def read(path: Path) -> tuple[voting.Election, float]:
    """Return an election ready to be counted, and how long that took."""
    began = time.perf_counter()
    try:
        election = voting.Election.from_pabulib(path, lenient=True)
    except (voting.VotingError, OSError) as error:
        raise SystemExit(f"{path}: {error}.") from error
    assert election.supporters is not None
    if election.vote_type in WEIGHED_TYPES:
        assert election.scores is not None
    return election, time.perf_counter() - began


def tell(path: Path, *, reference: bool) -> dict[str, Any]:
    """Return the figures of one file."""
    election, parse_s = read(path)
    rules = count(election)
    for told in rules.values():
        told["parse_s"] = parse_s
    if reference:
        _beside(path, election, rules)
    if election.odd:
        rules["greedy_votes"]["odd"] = list(election.odd[:20])
    return rules


def _beside(
    path: Path, election: voting.Election, rules: dict[str, dict[str, Any]]
) -> None:
    """Add the reference's winners and times to ours."""
    known = rules_of(election)
    found = _ask_reference(path, [name for name in known if name not in ADDED])
    # Some rules of the reference refuse some kinds of ballots.
    one = max(found["rules"][name].get("count_s", 0) for name in known if name in ONCE)
    if one < LONGEST_REFERENCE:
        found["rules"] |= _ask_reference(
            path, [name for name in known if name in ADDED]
        )["rules"]
    for name, theirs in found["rules"].items():
        ours = rules[name]
        ours["reference"] = theirs
        if "refused" in theirs:
            continue
        theirs["parse_s"] = found["parse_s"]
        ours["ratio"] = round(theirs["count_s"] / ours["count_s"], 1)
        if name == "knapsack":
            # Several sets may gather as many votes.
            ours["same"] = _votes(election, theirs["winners"]) == ours["votes"]
        else:
            ours["same"] = sorted(theirs["winners"]) == sorted(ours["winners"])


def _ask_reference(path: Path, rules: list[str]) -> dict[str, Any]:
    if not REFERENCE.exists():
        raise SystemExit("The reference is not installed: run `make setup-bench`.")
    script = Path(__file__).with_name("voting_reference.py")
    done = subprocess.run(
        [str(REFERENCE), str(script)],
        input=json.dumps({"file": str(path.resolve()), "rules": rules}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"The reference failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def made_up(ballots: int, projects: int, seed: int) -> voting.Election:
    """Return ballots that name up to ten projects, some of which are better liked."""
    rng = np.random.default_rng(seed)
    liked = rng.dirichlet(np.ones(projects))
    drawn = rng.choice(projects, size=(ballots, min(10, projects)), p=liked)
    drawn.sort(axis=1)
    new = np.ones(drawn.shape, bool)
    new[:, 1:] = drawn[:, 1:] != drawn[:, :-1]
    costs = (rng.lognormal(10, 1, projects)).astype(np.int64) + 1000
    return voting.Election(
        projects=tuple(
            voting.Project(f"P{at:04}", int(cost)) for at, cost in enumerate(costs)
        ),
        budget=int(costs.sum() // 3),
        start=np.concatenate([[0], np.cumsum(new.sum(axis=1))]),
        named=drawn[new].astype(np.int64),
    )


def _many(ballots: int, projects: int, seed: int) -> dict[str, Any]:
    """Return how long a made-up election takes, its index included."""
    election = made_up(ballots, projects, seed)
    began = time.perf_counter()
    assert election.supporters is not None
    index_s = time.perf_counter() - began
    told: dict[str, Any] = {"index_s": index_s}
    for name, rule in RULES.items():
        if name in ADDED:
            continue
        began = time.perf_counter()
        outcome = rule(election)
        told[name] = {
            "winners": len(outcome.winners),
            "count_s": time.perf_counter() - began,
        }
    return told


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Count each file by each rule, or a made-up election."""
    many = (options.ballots or MANY[0], options.projects or MANY[1])
    if (options.ballots or options.projects) and not options.file:
        return _made_up_only(many, options.seed)
    paths = [Path(one) for one in options.file or []]
    paths = paths or sorted((data_folder(None) / "budgets").glob("*.pb"))
    figures: dict[str, Any] = {
        path.name: tell(path, reference=options.reference) for path in paths
    }
    aims = _aims(figures, options.reference)
    if not options.file:
        made, more = _made_up_only(many, options.seed)
        figures, aims = figures | made, aims | more
    return figures, aims


def _made_up_only(
    many: tuple[int, int], seed: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    told = _many(*many, seed)
    slowest = max(one["count_s"] for one in told.values() if isinstance(one, dict))
    name = f"{many[0]} ballots x {many[1]} projects"
    return {name: told}, {
        "many_seconds": aim(told["index_s"] + slowest, 5, "s", least=False)
    }


def _aims(figures: dict[str, Any], reference: bool) -> dict[str, Any]:
    if not figures:
        return {}
    added = max(
        told["count_s"]
        for one in figures.values()
        for name, told in one.items()
        if name in ADDED
    )
    once = max(
        told["parse_s"] + told["count_s"]
        for one in figures.values()
        for name, told in one.items()
        if name not in ADDED
    )
    aims = {
        "add1_seconds": aim(added, 3, "s", least=False),
        "parse_and_count_seconds": aim(once, 2, "s", least=False),
    }
    if reference:
        beside = [told for one in figures.values() for told in one.values()]
        same = [told["same"] for told in beside if "same" in told]
        shares = [
            one[name]["ratio"]
            for one in figures.values()
            for name in ("mes_cost", "mes_cardinality")
            if "ratio" in one[name]
        ]
        aims["same_winners"] = aim(sum(same) / max(len(same), 1), 1, "of counts")
        aims["ratio"] = aim(max(shares, default=0), 1000, "times as fast, at best")
    return aims
