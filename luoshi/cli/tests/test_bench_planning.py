"""The bench of planning: made-up towns, an instance in files, refusals."""

import json

import pytest

from luoshi.cli.bench.planning import run_one
from luoshi.cli.bench.planning_made import made_up
from luoshi.cli.main import main
from luoshi.engines.planning.tests.test_instances import FILES


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        text = text.replace("20,5,,,", "20,5,30,,")
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_made_up_town_is_the_same_with_the_same_seed():
    one, other, third = made_up(40, 3), made_up(40, 3), made_up(40, 4)
    assert one.quantity.tolist() == other.quantity.tolist()
    assert one.quantity.tolist() != third.quantity.tolist()


def test_the_bench_tells_an_instance_in_files(folder, capsys):
    assert main(["bench", "planning", "--dir", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    figures = told["figures"]
    for one in (figures, figures["worst_first"], figures["showy_first"]):
        assert one["value"] <= one["bound"] + 1e-9
        assert one["seconds"] > 0 and one["peak_mb"] > 0
    assert figures["highs"]["bound"] == pytest.approx(figures["bound"], rel=1e-4)
    assert figures["bound"] >= figures["highs"]["bound"] * (1 - 1e-9)


def test_a_wrong_folder_is_refused_with_the_reason(folder):
    (folder / "budgets.csv").write_text("amount\nmuch\n")
    with pytest.raises(SystemExit, match=r"budgets.csv, line 2: amount: 'much'"):
        main(["bench", "planning", "--dir", str(folder)])


def test_a_plan_is_near_the_bound_and_above_the_habits():
    told = run_one(300, 5, full=False, reference=False)
    assert told["gap"] < 0.005
    assert told["value"] > told["benefit_by_cost"]["value"]
