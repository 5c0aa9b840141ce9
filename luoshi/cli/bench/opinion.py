"""Opinion maps: of real conversations, of planted groups, of nothing, and how fast.

With `--dir` one conversation in Polis's open-data form (`votes.csv`, `comments.csv`);
without it each of `opinions/` in the shared data, and made-up ones. `--reference` runs
red-dwarf (`make setup-bench`) with Polis's settings beside ours with the same.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from luoshi.cli.bench import aim
from luoshi.cli.bench.conversations import (
    Conversation,
    make_noise,
    plant,
    read_polis,
)
from luoshi.cli.bench.routing import data_folder
from luoshi.engines import opinion
from luoshi.engines.opinion import exchange

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = ROOT / ".venv-bench/bin/python"
# A burst of other work on the machine is longer than a few of our own rounds.
ROUNDS, OUR_ROUNDS, TELL = 5, 20, 10
# Groups, voters, statements; each once.
PLANTED = [
    (2, 500, 100),
    (2, 1000, 100),
    (3, 600, 100),
    (3, 2000, 100),
    (4, 1000, 150),
    (5, 1500, 150),
    (5, 2000, 200),
]
NOISE = [(100, 30), (300, 60), (800, 80), (1500, 60)]
EACH_NOISE, FILLED = 10, 0.15
MANY = (20_000, 500, 0.1)


def _timed(work: Callable[[], Any], rounds: int) -> tuple[Any, float]:
    """Return what the work gave, and its shortest time."""
    times = []
    for _round in range(rounds):
        began = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - began)
    return made, min(times)


def map_of(talk: Conversation, seed: int) -> opinion.OpinionMap:
    """Make the map of a conversation by our own method."""
    settings = opinion.Settings(seed=seed, left_out=talk.left_out)
    return opinion.fit(talk.voters, talk.statements, talk.votes, settings=settings)


def tell(talk: Conversation, seed: int, *, reference: bool) -> dict[str, Any]:
    """Return the figures of one conversation."""
    try:
        votes = opinion.read_votes(talk.voters, talk.statements, talk.votes)
    except opinion.OpinionError as error:
        raise SystemExit(f"{exchange.VOTES}: {error}.") from error
    made, seconds = _timed(lambda: map_of(talk, seed), 3)
    figures = {
        "voters": len(votes.voters),
        "statements": len(votes.statements),
        "votes": len(votes.value),
        "steering": int(made.steers.sum()),
        "turned_down": len(talk.left_out & set(votes.statements)),
        "groups": [group.size for group in made.groups],
        "clear": made.clear,
        "apart": made.apart,
        "stability": made.stability and round(made.stability, 3),
        "stability_of_groups": [round(one.stability or 0, 3) for one in made.groups],
        "dimensions": made.dimensions,
        "representative": [_stances(group) for group in made.groups],
        "shared": [
            {"statement": one.statement, "vote": one.vote, "least": one.least}
            for one in made.shared[:TELL]
        ],
        "shared_in_all": len(made.shared),
        "dividing": [one.statement for one in made.dividing[:TELL]],
        "seconds": round(seconds, 4),
    }
    if reference:
        figures |= _beside(talk, votes, seed)
    return figures


def _stances(group: opinion.Group) -> list[dict[str, Any]]:
    told = []
    for one in group.stances:
        here, elsewhere = (
            (tally.agree if one.vote > 0 else tally.disagree) / max(tally.votes, 1)
            for tally in (one.here, one.elsewhere)
        )
        told.append(
            {
                "statement": one.statement,
                "vote": one.vote,
                "here": round(here, 3),
                "elsewhere": round(elsewhere, 3),
            }
        )
    return told


def _beside(talk: Conversation, votes: opinion.Votes, seed: int) -> dict[str, Any]:
    """Run the reference and ours with Polis's settings, ours before and after it."""
    if not REFERENCE.exists():
        raise SystemExit("The reference is not installed: run `make setup-bench`.")
    settings = opinion.Settings(left_out=talk.left_out)

    def work() -> opinion.OpinionMap:
        return opinion.fit_as_polis(
            talk.voters, talk.statements, talk.votes, settings=settings
        )

    made, before = _timed(work, OUR_ROUNDS)
    found = _ask_reference(votes, talk, settings, seed)
    _made, after = _timed(work, OUR_ROUNDS)
    ours = dict(zip(map(str, made.voters), made.group.tolist(), strict=True))
    theirs = found["group"]
    # Who is in a group of only one of the two counts as put elsewhere.
    either = sorted(
        set(theirs) | {voter for voter, group in ours.items() if group >= 0}
    )
    pairs = np.array([(ours.get(one, -1), theirs.get(one, -1)) for one in either])
    pairs = pairs.reshape(-1, 2)
    same_settings = min(before, after)
    return {
        "reference_groups": np.bincount(list(theirs.values())).tolist(),
        "reference_seconds": round(found["seconds"], 4),
        "same_settings_groups": [group.size for group in made.groups],
        "same_settings_seconds": round(same_settings, 4),
        "ari": round(opinion.adjusted_rand(pairs[:, 0], pairs[:, 1]), 4),
        "ratio": round(found["seconds"] / same_settings, 1),
    }


def _ask_reference(
    votes: opinion.Votes, talk: Conversation, settings: opinion.Settings, seed: int
) -> dict[str, Any]:
    """Run the reference in its own process, on the same last votes."""
    names = np.array(votes.voters)[votes.row], np.array(votes.statements)[votes.column]
    asked = {
        "votes": np.column_stack([*names, votes.value.astype(np.int64)]).tolist(),
        "left_out": sorted(talk.left_out),
        "min_votes": settings.min_votes,
        "seed": seed,
        "rounds": ROUNDS,
    }
    script = Path(__file__).with_name("opinion_reference.py")
    done = subprocess.run(
        [str(REFERENCE), str(script)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"The reference failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def _planted(seed: int) -> dict[str, dict[str, float]]:
    """Return how well planted groups are found again with 15 % of cells filled.

    `most` is what would be found by who knew the groups' shares beforehand.
    """
    rng = np.random.default_rng(seed)
    told = {}
    for groups, voters, statements in PLANTED:
        made_up = plant(voters, statements, groups, rng, FILLED)
        made = map_of(made_up.talk, seed)
        steering = np.array(made.voters)[made.steers]
        group, guess = made_up.group[steering], made_up.likeliest[steering]
        told[f"{groups} groups, {voters} x {statements}"] = {
            "ari": round(opinion.adjusted_rand(group, made.group[made.steers]), 4),
            "most": round(opinion.adjusted_rand(group, guess), 4),
        }
    return told


def _noise(seed: int) -> float:
    """Return how often "no clear groups" is said where there are none."""
    rng = np.random.default_rng(seed)
    talks = [
        make_noise(voters, statements, rng, filled)
        for voters, statements in NOISE
        for filled in np.linspace(FILLED, 0.9, EACH_NOISE)
    ]
    return float(np.mean([not map_of(talk, seed).clear for talk in talks]))


def _many(seed: int) -> dict[str, Any]:
    """Return what a million votes take."""
    voters, statements, filled = MANY
    rng = np.random.default_rng(seed)
    talk = plant(voters, statements, 3, rng, filled).talk
    made, seconds = _timed(lambda: map_of(talk, seed), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "votes": made.votes,
        "groups": [group.size for group in made.groups],
        "seconds": round(seconds, 2),
        # Of this whole process, the making of the votes included.
        "memory_mb": round(peak / (1e6 if sys.platform == "darwin" else 1e3)),
    }


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make the map of one conversation, or of all that there are and made-up ones."""
    if options.dir:
        talk = read_polis(Path(options.dir))
        figures = tell(talk, options.seed, reference=options.reference)
        return figures, _aims_beside([figures] if options.reference else [])
    folder = data_folder(None) / "opinions"
    known = {
        path.parent.name: tell(
            read_polis(path.parent), options.seed, reference=options.reference
        )
        for path in sorted(folder.glob(f"*/{exchange.VOTES}"))
    }
    planted, noise = _planted(options.seed), _noise(options.seed)
    many = _many(options.seed)
    figures = {
        "conversations": known or f"{folder} has none: only made-up ones were measured",
        "planted": planted,
        "no_groups_in_noise": noise,
        "many": many,
    }
    aims = {
        "planted_ari": aim(min(one["ari"] for one in planted.values()), 0.9, "of 1"),
        "no_groups_in_noise": aim(noise, 0.95, "of conversations"),
        "many_seconds": aim(many["seconds"], 3, "s", least=False),
        "many_memory": aim(many["memory_mb"], 1000, "MB", least=False),
    }
    beside = list(known.values()) if options.reference else []
    return figures, aims | _aims_beside(beside)


def _aims_beside(told: list[dict[str, Any]]) -> dict[str, Any]:
    if not told:
        return {}
    return {
        "ari": aim(min(one["ari"] for one in told), 0.95, "of 1"),
        "ratio": aim(min(one["ratio"] for one in told), 20, "times as fast"),
    }
