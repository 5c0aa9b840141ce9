"""Topics and look-ups on real messages: how right, how fast, how near to linear.

`--file` is a sheet with the columns of `messages/messages.xlsx`, `--topic` a CSV with
the columns 问题ID and 留言编号 (several topics possible). With `--rows` above what the
file holds, copies are made up with light edits, in districts of their own names.
"""

import argparse
import csv
import random
import resource
import statistics
import time
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from luoshi.cli.bench import aim
from luoshi.core.clock import now as clock_now
from luoshi.engines.similarity import Case, Topics, group, learn_weights, similar

# How many copies of a message are of one district; others have other names of places.
COPIES = 5
# Seconds allowed by rows: the aims of the issue.
SECONDS = {5_000: 5.0, 100_000: 180.0, 1_000_000: 2400.0}
MOST_GB, LOOK_UP_MS, LOOK_UPS = 8.0, 15.0, 50
NUMBER, PERSON, SUBJECT, TIME, TEXT = (
    "留言编号",
    "留言用户",
    "留言主题",
    "留言时间",
    "留言详情",
)


def _moment(told: Any) -> datetime | None:
    """Read a time of the sheet: a date or one of two ways to write it."""
    if isinstance(told, datetime):
        return told.replace(tzinfo=UTC)
    told = str(told).replace("/", "-").strip()
    try:
        return datetime.strptime(f"{told} +0000", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None


def read_messages(path: str) -> list[Case]:
    """Read the messages of a sheet."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).active
    rows = sheet.iter_rows(values_only=True)
    at = {str(name).strip(): place for place, name in enumerate(next(rows))}
    return [
        Case(
            id=str(row[at[NUMBER]]),
            text=str(row[at[TEXT]] or ""),
            subject=str(row[at[SUBJECT]] or ""),
            time=_moment(row[at[TIME]]),
            person=str(row[at[PERSON]] or ""),
        )
        for row in rows
        if row[at[NUMBER]] is not None
    ]


def read_topics(path: str) -> dict[str, set[str]]:
    """Read which messages are of which known topic."""
    known: dict[str, set[str]] = {}
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            known.setdefault(row["问题ID"].strip(), set()).add(row[NUMBER].strip())
    return known


def best_match(known: set[str], topics: Topics) -> tuple[float, float]:
    """Return recall and precision of the topic of ours that fits a known one best."""
    found: dict[int, int] = {}
    for one in known:
        if (number := topics.of.get(one)) is not None:
            found[number] = found.get(number, 0) + 1
    if not found:
        return 0.0, 0.0
    size = {topic.number: len(topic.cases) for topic in topics.topics}
    best = max(found, key=lambda number: found[number] / (size[number] + len(known)))
    return found[best] / len(known), found[best] / size[best]


def blow_up(cases: list[Case], rows: int, seed: int) -> list[Case]:
    """Return `rows` cases: those given, then copies with light edits.

    A copy loses or doubles some characters, tells it half a month around, and comes
    from another person. Each five copies are of a district in which every rare
    character is another one, so that the number of problems grows with the rows.
    """
    draw = random.Random(seed)
    counts: dict[str, int] = {}
    for case in cases:
        for sign in set(case.subject + case.text):
            counts[sign] = counts.get(sign, 0) + 1
    rare = sorted(
        sign
        for sign, count in counts.items()
        if "\u4e00" <= sign <= "\u9fff" and count < len(cases) * 0.03
    )
    told, names = list(cases[:rows]), {}
    while len(told) < rows:
        copy, at = divmod(len(told), len(cases))
        if at == 0 and copy % COPIES == 0:
            others = rare.copy()
            draw.shuffle(others)
            names = str.maketrans(dict(zip(rare, others, strict=True)))
        told.append(_edited(cases[at], copy, names, draw))
    return told


def _edited(case: Case, copy: int, names: dict[int, str], draw: random.Random) -> Case:
    """Return a case told again a little otherwise."""
    words = list(case.text.strip().translate(names))
    for _edit in range(max(1, len(words) // 40)):
        if words:
            at = draw.randrange(len(words))
            words[at] = draw.choice(["", words[at] * 2])
    apart = timedelta(days=draw.uniform(-15, 15))
    return Case(
        id=f"{case.id}-{copy}",
        text="".join(words),
        subject=case.subject.translate(names),
        time=case.time + apart if case.time else None,
        person=f"{case.person}-{copy}",
    )


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Group the messages, compare with the known topics, and time look-ups."""
    if not options.file:
        raise SystemExit("similarity needs --file: a sheet like messages/messages.xlsx")
    cases = read_messages(options.file)
    rows = options.rows or len(cases)
    cases = blow_up(cases, rows, options.seed)
    now = max((case.time for case in cases if case.time), default=clock_now())
    began, of_ours = time.perf_counter(), time.process_time()
    topics = group(cases, now=now)
    seconds, of_ours = time.perf_counter() - began, time.process_time() - of_ours
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    matches = {
        topic: best_match(those, topics)
        for topic, those in (
            read_topics(options.topic) if options.topic else {}
        ).items()
    }
    look_up = _look_up_ms(cases[:5000])
    figures = {
        "rows": len(cases),
        "recall": {topic: round(match[0], 4) for topic, match in matches.items()},
        "precision": {topic: round(match[1], 4) for topic, match in matches.items()},
        "topics_s": round(seconds, 2),
        # Of the processor alone: what a shared machine's load does not change much.
        "topics_cpu_s": round(of_ours, 2),
        "rows_per_s": round(len(cases) / max(seconds, 1e-9)),
        "topics": len(topics.topics),
        "cases_in_topics": len(topics.of),
        "largest": max((len(one.cases) for one in topics.topics), default=0),
        "rising": sum(topic.rising for topic in topics.topics),
        "rerank_200_ms": round(look_up, 2),
        "peak_gb": round(peak, 2),
    }
    return figures, _aims(figures, matches)


def _aims(
    figures: dict[str, Any], matches: dict[Hashable, tuple[float, float]] | Any
) -> dict[str, Any]:
    """Return what the figures should be."""
    limit = next(
        (limit for rows, limit in SECONDS.items() if figures["rows"] <= rows), None
    )
    aims = {
        "rerank_200": aim(figures["rerank_200_ms"], LOOK_UP_MS, "ms", least=False),
        "peak_memory": aim(figures["peak_gb"], MOST_GB, "GB", least=False),
    }
    if limit:
        aims["topics"] = aim(figures["topics_s"], limit, "s", least=False)
    if matches:
        recall, precision = zip(*matches.values(), strict=True)
        aims["least_recall"] = aim(min(recall), 0.9, "share")
        aims["least_precision"] = aim(min(precision), 0.85, "share")
    return aims


def _look_up_ms(cases: list[Case]) -> float:
    """Return what one reranking of 200 candidates takes, the median of some."""
    weights = learn_weights(cases)
    taken = []
    for at in range(min(LOOK_UPS, len(cases))):
        others = cases[at + 1 : at + 201]
        began = time.perf_counter()
        similar(cases[at], others, weights=weights)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken) if taken else 0.0
