"""Bad input is refused with its field and its reason."""

from dataclasses import replace

import numpy as np
import pytest

from luoshi.engines.planning import (
    Instance,
    Kind,
    Limit,
    PlanningError,
    Treatment,
    matrix_of_life,
    read_folder,
    reference_kinds,
)
from luoshi.engines.planning.tests.made import MEND, asset, kind, town

GOOD = matrix_of_life(10)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"quantity": -3}, "bounds"),
        ({"quantity": 0}, "bounds"),
        ({"quantity": 1.5}, "whole"),
        ({"quantity": None}, "whole"),
        ({"people": -1}, "bounds"),
        ({"hardship": -0.1}, "bounds"),
        ({"hardship": float("nan")}, "bounds"),
        ({"grade": 6}, "grade"),
        ({"grade": None}, "grade"),
        ({"kind": "palace"}, "unknown"),
        ({"age": -1}, "bounds"),
        ({"belief": (0.5, 0.4, 0, 0, 0)}, "sum"),
        ({"belief": (1.5, -0.5, 0, 0, 0)}, "share"),
        ({"quantity": 10**9, "people": 10**10}, "bounds"),
    ],
)
def test_an_asset_that_cannot_be_is_refused(change, code):
    row = asset(0, 3)
    Instance.of([row], (kind(),), budgets=(10,))
    with pytest.raises(PlanningError) as refused:
        Instance.of([row | change], (kind(),), budgets=(10,))
    assert refused.value.code == code
    assert refused.value.text


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"budgets": ()}, "years"),
        ({"budgets": (-1,)}, "bounds"),
        ({"budgets": (1.5,)}, "whole"),
        ({"rate": -0.1}, "bounds"),
        ({"rate": float("nan")}, "bounds"),
        ({"after": -1}, "bounds"),
        ({"service": (1, 2, 0, 0, 0)}, "order"),
        ({"limits": (Limit(10, True, village="nowhere"),)}, "unknown"),
        ({"limits": (Limit(-10, True, village="v"),)}, "bounds"),
        ({"limits": (Limit(10, True, kind="road", year=9),)}, "unknown"),
    ],
)
def test_terms_that_cannot_be_are_refused(terms, code):
    with pytest.raises(PlanningError) as refused:
        Instance.of([asset(0, 3)], (kind(),), **({"budgets": (10,)} | terms))
    assert refused.value.code == code


def test_two_assets_of_one_id_are_refused():
    with pytest.raises(PlanningError, match="id of its own"):
        Instance.of([asset(0, 3), asset(0, 4)], (kind(),), budgets=(10,))


def test_rows_that_do_not_sum_to_one_are_refused():
    rows = [list(row) for row in GOOD]
    rows[2][2] -= 0.1
    with pytest.raises(PlanningError, match=r"sum to 0\.9 in row 3") as refused:
        Kind("road", tuple(map(tuple, rows)), (MEND,))
    assert refused.value.code == "sum"


def test_conditions_that_improve_by_themselves_are_refused():
    rows = [list(row) for row in GOOD]
    rows[3] = [0.0, 0.1, 0.0, 0.5, 0.4]
    with pytest.raises(PlanningError, match="grade 4 improves") as refused:
        Kind("road", tuple(map(tuple, rows)), (MEND,))
    assert refused.value.code == "improves"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"costs": (1, 2, 3)}, "costs"),
        ({"costs": (1, 2, 3, 4, 0)}, "costs"),
        ({"costs": (1.0, 2.0, 3.0, 4.0, 5.0)}, "costs"),
        ({"suits": ()}, "grades"),
        ({"suits": (6,)}, "grades"),
        ({"result": (0.5, 0, 0, 0, 0)}, "sum"),
    ],
)
def test_a_treatment_that_cannot_be_is_refused(change, code):
    with pytest.raises(PlanningError) as refused:
        replace(MEND, **change)
    assert refused.value.code == code


def test_a_condition_seen_years_ago_has_decayed():
    now = town(2)
    old = Instance.of([asset(0, 2, age=3)], (kind(),), budgets=(1,))
    assert now.belief[0].tolist() == [0, 1, 0, 0, 0]
    assert old.belief[0] == pytest.approx(np.linalg.matrix_power(np.array(GOOD), 3)[1])


def test_reference_kinds_are_whole():
    for one in reference_kinds():
        assert np.array(one.matrix).sum(axis=1) == pytest.approx(1)
        assert len(one.treatments) == 4
    with pytest.raises(PlanningError, match="life"):
        matrix_of_life(0)


FILES = {
    "assets.csv": "id,kind,village,quantity,grade,people,hardship,age\n"
    "a1,road,东村,100,3,50,1.2,1\na2,road,西村,20,5,,,\n",
    "kinds.csv": "kind,grade,to_1,to_2,to_3,to_4,to_5,showy\n"
    + "".join(
        f"road,{at + 1},{','.join(str(one) for one in row)},0.5\n"
        for at, row in enumerate(GOOD)
    ),
    "treatments.csv": "kind,treatment,cost_1,cost_2,cost_3,cost_4,cost_5,suits,"
    "result_1,result_2,result_3,result_4,result_5\n"
    "road,routine,1,1,2,3,4,1 2 3,,,,,\nroad,mend,4,4,6,9,9,3 4 5,0.9,0.1,0,0,0\n",
    "budgets.csv": "amount\n500\n600\n",
    "limits.csv": "sense,amount,village,kind,year\nleast,10,西村,,1\n",
    "terms.csv": "name,value\nrate,0.08\nafter,5\nservice_1,1\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_folder_is_read(folder):
    told = read_folder(folder)
    assert told.ids == ("a1", "a2") and told.budgets == (500, 600)
    assert told.people.tolist() == [50, 0] and told.hardship.tolist() == [1.2, 1.0]
    assert told.kinds[0].treatments[0] == Treatment(
        "routine", (1, 1, 2, 3, 4), (1, 2, 3)
    )
    assert told.limits == (Limit(10, True, "西村", None, 0),)
    assert (told.rate, told.after) == (0.08, 5)


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("assets.csv", "a1,road,东村,100", "a1,road,东村,-100", "a1.quantity"),
        ("assets.csv", "100,3,50", "x,3,50", "line 2: quantity: 'x' is no whole"),
        ("assets.csv", "a1,road", ",road", "assets.csv, line 2: id is missing"),
        ("kinds.csv", "road,5,", "road,4,", "needs grades 1 to 5"),
        ("treatments.csv", "road,mend", "lane,mend", "no kind 'lane'"),
        ("limits.csv", "least", "about", "least or most"),
        ("terms.csv", "rate", "rates", "no term 'rates'"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(folder, name, before, after, said):
    text = FILES[name].replace(before, after)
    assert text != FILES[name]
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(PlanningError, match=said):
        read_folder(folder)


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(PlanningError, match=r"treatments\.csv: the file is missing"):
        read_folder(tmp_path)
