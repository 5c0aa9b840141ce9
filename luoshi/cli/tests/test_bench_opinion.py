"""The bench of opinion maps, on made-up exports, and on the reference where it is."""

import csv
import json

import pytest

from luoshi.cli import main
from luoshi.cli.bench.opinion import REFERENCE
from luoshi.engines.opinion.tests.made import CONTESTED, STATEMENTS, blocs

FIGURES = {
    "voters",
    "statements",
    "votes",
    "groups",
    "stability",
    "representative",
    "shared",
    "seconds",
}


def _write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(header)
        sheet.writerows(rows)


@pytest.fixture
def export(tmp_path):
    """Write two blocs as Polis would, the later of two votes standing first."""
    rows = [
        (1_000 + at, "a day", statement, voter, vote)
        for at, (voter, statement, vote) in enumerate(zip(*blocs(12, 8), strict=True))
    ]
    changed = [(1, "before", rows[0][2], rows[0][3], -rows[0][4])]
    header = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    _write(tmp_path / "votes.csv", header, rows + changed)
    _write(
        tmp_path / "comments.csv",
        ["comment-id", "moderated", "comment-body"],
        [(n, -1 if n == STATEMENTS - 1 else 1, "话") for n in range(STATEMENTS)],
    )
    return tmp_path


def _bench(capsys, *told):
    assert main.main(["bench", "opinion", "--json", *told]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_export_gives_all_figures(export, capsys):
    said = _bench(capsys, "--dir", str(export))
    figures = said["figures"]
    assert set(figures) >= FIGURES and said["aims"] == {}
    assert (figures["voters"], figures["statements"]) == (20, STATEMENTS)
    assert figures["votes"] == 20 * STATEMENTS and figures["turned_down"] == 1
    assert figures["groups"] == [12, 8] and figures["stability"] == 1
    shared = [(one["statement"], one["vote"]) for one in figures["shared"]]
    assert shared == [(n, 1) for n in range(CONTESTED, STATEMENTS - 1)]
    first = figures["representative"][0][0]
    assert (first["here"], first["elsewhere"]) == (1, 0)


@pytest.mark.skipif(not REFERENCE.exists(), reason="make setup-bench has not run")
def test_the_reference_finds_the_same_groups(export, capsys):
    said = _bench(capsys, "--dir", str(export), "--reference")
    assert said["figures"]["ari"] == 1 and said["aims"]["ari"]["holds"]
    assert sorted(said["figures"]["reference_groups"]) == [8, 12]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("votes.csv", None, "neither votes.csv nor"),
        ("votes.csv", "voter-id,vote\n1,1\n", "has no column comment-id"),
        (
            "votes.csv",
            "voter-id,comment-id,vote\n1,x,1\n",
            "line 2: 'x' is no",
        ),
        ("votes.csv", "voter-id,comment-id,vote\n1,1,9\n", "line 2: a vote of 9"),
        ("comments.csv", "text\nx\n", "has no column comment-id"),
    ],
)
def test_what_is_no_export_is_said_in_a_sentence(export, name, text, said):
    if text is None:
        (export / name).unlink()
    else:
        (export / name).write_text(text)
    with pytest.raises(SystemExit, match=said):
        main.main(["bench", "opinion", "--json", "--dir", str(export)])


def test_an_export_without_comments_or_votes_has_its_figures(export, capsys):
    (export / "comments.csv").unlink()
    (export / "votes.csv").write_text("voter-id,comment-id,vote\n")
    figures = _bench(capsys, "--dir", str(export))["figures"]
    assert figures["votes"] == 0 and figures["groups"] == []
