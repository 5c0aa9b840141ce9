"""How often suggestions are right, on labelled messages, and how fast they come.

With `--train A.csv --test B.csv` it learns from one file and is judged on the other;
without them five folds of `messages/labelled.csv` are kept back in turn, with
near-duplicates in one fold. The columns are `text` and `category`. `--suspects FILE`
lists the hundred likeliest wrong labels, for a person to judge.
"""

import argparse
import csv
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from luoshi.cli.bench import aim
from luoshi.engines import routing

LABELLED = "messages/labelled.csv"
SHARED = "../shared/data"
FOLDS, SUSPECTS, ROUNDS, TIMED = 5, 100, 5, 2000
TEXT, LABEL = "text", "category"


@dataclass
class Judged:
    """What routers said about messages that they had not seen."""

    texts: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    confidences: list[np.ndarray] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    train_s: list[float] = field(default_factory=list)
    train_cpu_s: list[float] = field(default_factory=list)

    def learn(
        self, known: tuple[Sequence[str], Sequence[str]], seed: int
    ) -> routing.Router:
        """Train a router and note what that took."""
        wall, processor = time.perf_counter(), time.process_time()
        router = routing.train(*known, seed=seed)
        self.train_s.append(time.perf_counter() - wall)
        self.train_cpu_s.append(time.process_time() - processor)
        return router

    def ask(
        self, router: routing.Router, texts: Sequence[str], labels: Sequence[str]
    ) -> None:
        """Let a router judge messages, and keep what it said beside the label."""
        said = np.zeros((len(texts), len(self.names)), np.float32)
        columns = [self.names.index(name) for name in router.labels]
        said[:, columns] = router.confidences(texts)
        self.texts += texts
        self.given += labels
        self.confidences.append(said)
        limit = np.inf if router.sure_from is None else router.sure_from
        self.limits += [limit] * len(texts)

    def report(self) -> routing.Report:
        """Return the figures over all messages judged."""
        given = np.array([self.names.index(label) for label in self.given])
        said = np.concatenate(self.confidences)
        return routing.measure(said, given, np.array(self.limits))

    def suspects(self) -> list[tuple[float, str, str, str]]:
        """Return the likeliest wrong labels: (confidence, given, proposed, text)."""
        said = np.concatenate(self.confidences)
        rows = [
            (float(row.max()), given, self.names[row.argmax()], text)
            for row, given, text in zip(said, self.given, self.texts, strict=True)
            if self.names[row.argmax()] != given
        ]
        return sorted(rows, reverse=True)[:SUSPECTS]


def read_labelled(path: Path) -> tuple[list[str], list[str]]:
    """Read texts and labels; leave with a sentence if the file is missing or other."""
    if not path.is_file():
        raise SystemExit(f"{path} is missing: name its folder with --dir.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        csv.field_size_limit(10_000_000)
        rows = csv.DictReader(file)
        if not {TEXT, LABEL} <= set(rows.fieldnames or ()):
            raise SystemExit(f"{path} needs the columns {TEXT} and {LABEL}.")
        pairs = [(row[TEXT] or "", row[LABEL] or "") for row in rows]
    return [text for text, _label in pairs], [label for _text, label in pairs]


def data_folder(named: str | None) -> Path:
    """Return the folder of real data: named, from LUOSHI_SHARED_DATA, or beside it."""
    return Path(named or os.environ.get("LUOSHI_SHARED_DATA") or SHARED)


def _two_files(options: argparse.Namespace) -> tuple[Judged, routing.Router]:
    known, kept = read_labelled(Path(options.train)), read_labelled(Path(options.test))
    judged = Judged(names=sorted({*known[1], *kept[1]}))
    router = judged.learn(known, options.seed)
    judged.ask(router, *kept)
    return judged, router


def _folds(options: argparse.Namespace) -> tuple[Judged, routing.Router]:
    texts, labels = read_labelled(data_folder(options.dir) / LABELLED)
    folds = routing.deal_folds(routing.group_twins(texts), FOLDS, options.seed)
    judged = Judged(names=sorted(set(labels)))
    for fold in range(FOLDS):
        known = [(texts[n], labels[n]) for n in np.flatnonzero(folds != fold)]
        kept = [(texts[n], labels[n]) for n in np.flatnonzero(folds == fold)]
        learnt, given = zip(*known, strict=True)
        router = judged.learn((learnt, given), options.seed)
        judged.ask(router, [text for text, _l in kept], [label for _t, label in kept])
    return judged, router


def _speed(router: routing.Router, texts: Sequence[str]) -> tuple[float, float]:
    """Return texts a second, best of some rounds: by the clock, by processor."""
    halves = [texts[:TIMED][start::2] for start in range(2)]
    best_wall = best_processor = 0.0
    with ThreadPoolExecutor(2) as two:
        for _round in range(ROUNDS):
            wall, processor = time.perf_counter(), time.process_time()
            list(two.map(router.route, halves))
            count = sum(len(half) for half in halves)
            best_wall = max(best_wall, count / (time.perf_counter() - wall))
            used = time.process_time() - processor
            best_processor = max(best_processor, count / max(used, 1e-9))
    return best_wall, best_processor


def _megabytes(router: routing.Router) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "router"
        router.save(path)
        return path.stat().st_size / 1e6


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Learn, judge, time; write the suspects if asked."""
    if bool(options.train) != bool(options.test):
        raise SystemExit("--train and --test come together.")
    judged, router = _two_files(options) if options.train else _folds(options)
    report = judged.report()
    by_clock, by_processor = _speed(router, judged.texts)
    if options.suspects:
        with open(options.suspects, "w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(["confidence", "given", "proposed", "text"])
            sheet.writerows(judged.suspects())
    figures = {
        "messages": report.messages,
        "accuracy": round(report.accuracy, 4),
        "macro_f1": round(report.macro_f1, 4),
        "share_prefilled_at_98": round(report.share_prefilled, 4),
        "precision_of_prefilled": round(report.precision_of_prefilled or 0.0, 4),
        "calibration_error": round(report.calibration_error, 4),
        "train_s": round(max(judged.train_s), 1),
        "train_processor_s": round(max(judged.train_cpu_s), 1),
        "texts_per_s": round(by_clock),
        "texts_per_processor_s": round(by_processor),
        "model_mb": round(_megabytes(router), 2),
    }
    return figures, _aims(figures)


def _aims(figures: dict[str, Any]) -> dict[str, Any]:
    share, precision = "share_prefilled_at_98", "precision_of_prefilled"
    return {
        "macro_f1": aim(figures["macro_f1"], 0.94, "of 1"),
        share: aim(figures[share], 0.84, "of messages"),
        precision: aim(figures[precision], 0.975, "of prefilled"),
        "calibration_error": aim(
            figures["calibration_error"], 0.03, "of 1", least=False
        ),
        "train_s": aim(figures["train_s"], 60, "s", least=False),
        "texts_per_s": aim(figures["texts_per_s"], 5000, "texts/s"),
        "model_mb": aim(figures["model_mb"], 30, "MB", least=False),
    }
