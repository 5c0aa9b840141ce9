"""Consultations that were asked with Polis, brought in for tests."""

import csv
import io
from datetime import date

from luoshi.consultations.actions.bringing import BroughtIn, bring_consultation
from luoshi.engines.opinion import read_export
from luoshi.engines.opinion.tests.made import blocs


def files(votes=None, *, texts=None, times=None, turned_down=()):
    """Return the files of an export; votes are voters, statements and values."""
    voters, statements, values = votes or blocs(30, 20)
    texts = texts or {one: f"意见{one}" for one in sorted({*map(int, statements)})}
    moments = times or [1_700_000_000_000] * len(values)
    rows = [("timestamp", "datetime", "comment-id", "voter-id", "vote")]
    rows += [
        (at, "", *map(int, one))
        for at, *one in zip(moments, statements, voters, values, strict=True)
    ]
    comments = [("comment-id", "moderated", "comment-body")]
    comments += [(one, -1 if one in turned_down else 1, t) for one, t in texts.items()]
    summary = [("topic", "垃圾怎么收"), ("conversation-description", "一周收几次？")]
    return {
        "votes.csv": _csv(rows),
        "comments.csv": _csv(comments),
        "summary.csv": _csv(summary),
    }


def _csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def wanted(place, **other):
    """Return what the files do not say."""
    told = {
        "title": "垃圾怎么收",
        "question": "一周收几次？",
        "affected": "全镇",
        "organisation": place.office("Roads"),
        "until": date(2026, 4, 1),
        "threshold": 5,
    }
    return BroughtIn(**told | other)


def bring(place, votes=None, *, who="dispatcher", **more):
    """Bring an export in."""
    export = read_export(files(votes, **more))
    return bring_consultation(export, wanted(place), actor=place.staff(who))


def vectors(voters, statements, votes):
    """Return what each set of answers says, whatever its number."""
    told = {}
    for voter, statement, vote in zip(voters, statements, votes, strict=True):
        told.setdefault(voter, set()).add((int(statement), int(vote)))
    return sorted(sorted(one) for one in told.values())
