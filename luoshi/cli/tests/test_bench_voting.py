"""The bench of counting: real towns' elections, and made-up ones."""

import json

import pytest

from luoshi.cli.bench import voting
from luoshi.cli.bench.opinion import REFERENCE
from luoshi.cli.bench.routing import data_folder
from luoshi.cli.main import main
from luoshi.engines import voting as engine

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


RANKED = FILE.replace("approval", "ordinal").replace("2;a,b", "2;b,a")
GIVEN = """META
key;value
budget;120
vote_type;cumulative
PROJECTS
project_id;cost
a;60
b;35
c;30
d;40
VOTES
voter_id;vote;points
1;a,b;4,1
2;a,c;2,3
3;b,d;1,4
4;c,b,d;2,2,1
5;d;5
6;a,c,d;1,3,1
"""


def test_a_file_with_rankings_is_counted_by_points_as_well(tmp_path, capsys):
    path = tmp_path / "town.pb"
    path.write_text(RANKED)
    assert main(["bench", "voting", "--file", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["figures"]["town.pb"]
    assert set(told) == set(voting.RULES | voting.BY_POINTS)
    # Two points each: once the last of two and once alone, or once the first of two.
    assert told["greedy_points"]["winners"] == ["a"]
    assert told["greedy_points"]["ties"] == [["a", "b"]]


@pytest.mark.skipif(not REFERENCE.exists(), reason="make setup-bench has not run")
@pytest.mark.parametrize("text", [GIVEN, RANKED], ids=["points", "rankings"])
def test_the_reference_chooses_the_same_by_points(tmp_path, text):
    path = tmp_path / "town.pb"
    path.write_text(text)
    told = voting.tell(path, reference=True)
    assert {name: told[name]["same"] for name in voting.BY_POINTS} == dict.fromkeys(
        voting.BY_POINTS, True
    )


def test_the_points_of_a_citys_rankings_are_its_own():
    path = data_folder(None) / "budgets" / "Poland_Krakow_2024.pb"
    if not path.exists():
        pytest.skip("The shared data has no elections.")
    election, _seconds = voting.read(path)
    official = {one.id: one.more for one in election.projects}
    scores = dict(zip(official, election.scores.total, strict=True))
    assert scores == {name: int(more["score"]) for name, more in official.items()}
    chosen = {name for name, more in official.items() if more["selected"] == "1"}
    assert set(engine.greedy_points(election).winners) == chosen


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
