"""The bench of counting: real towns' elections, and made-up ones."""

import json

import pytest

from luoshi.cli.bench import voting
from luoshi.cli.bench.routing import data_folder
from luoshi.cli.main import main

FILE = """META
key;value
budget;10
vote_type;approval
PROJECTS
project_id;cost
a;6
b;5
VOTES
voter_id;vote
1;a
2;a,b
"""


def test_the_bench_tells_each_rule(tmp_path, capsys):
    path = tmp_path / "town.pb"
    path.write_text(FILE)
    assert main(["bench", "voting", "--file", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["figures"]["town.pb"]
    assert set(told) == set(voting.RULES)
    assert told["greedy_votes"]["winners"] == ["a"]
    assert told["greedy_votes"]["leftover"] == 4
    assert told["greedy_votes"]["parse_s"] > 0


def test_a_file_that_is_none_is_refused(tmp_path):
    path = tmp_path / "none.pb"
    path.write_text("hello")
    with pytest.raises(SystemExit, match="Line 1"):
        main(["bench", "voting", "--file", str(path)])


def test_made_up_elections_are_the_same_with_the_same_seed():
    one, other = (voting.made_up(50, 6, 3) for _ in range(2))
    assert one.named.tolist() == other.named.tolist()


def test_real_elections_are_read_strictly():
    paths = sorted((data_folder(None) / "budgets").glob("*.pb"))
    if not paths:
        pytest.skip("The shared data has no elections.")
    small = min(paths, key=lambda path: path.stat().st_size)
    told = voting.tell(small, reference=False)
    assert told["mes_cost"]["winners"]
