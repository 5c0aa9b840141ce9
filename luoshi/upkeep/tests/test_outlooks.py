"""A plan from afar: what-ifs, five years, the page for the people's congress."""

import io
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from luoshi.upkeep.models import PlannedWork, UpkeepPlan
from luoshi.upkeep.plans.changing import Standing
from luoshi.upkeep.plans.picture import APART, apart, panel
from luoshi.upkeep.plans.sheet import sheet_of
from luoshi.upkeep.queries import balance_of, five_years_of, what_ifs_of


def test_the_plan_stands_beside_less_more_and_the_habits(place, plan):
    page = what_ifs_of(plan)
    by_name = {one.name: one for one in page.ways}
    assert len(by_name) == 5
    first, less, more, worst, showy = page.ways
    assert first.share == 100 and first.spent == sum(Standing.of(plan).spent.values())
    assert less.share <= 100 <= more.share
    assert worst.share <= 100 and showy.share <= 100
    assert less.spent <= sum(plan.budgets) * 8 // 10
    assert [len(one.curves) for one in page.picture.panels] == [5, 5, 5]


def test_a_change_by_hand_moves_the_plan_and_not_the_others(place, plan):
    before = what_ifs_of(plan)
    PlannedWork.objects.filter(
        plan=plan, asset=PlannedWork.objects.filter(plan=plan).first().asset
    ).delete()
    after = what_ifs_of(plan)
    assert after.ways[0].spent < before.ways[0].spent
    assert [one.outlook for one in after.ways[1:]] == [
        one.outlook for one in before.ways[1:]
    ]


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=2), st.floats(0, 140)
    ).filter(lambda wanted: len(wanted) <= 8)
)
def test_no_name_covers_another(wanted):
    placed = sorted(apart(wanted, 0, 140).values())
    gaps = [b - a for a, b in pairwise(placed)]
    assert all(gap >= APART - 0.2 for gap in gaps)
    assert not placed or placed[-1] <= 140


def test_a_flat_line_and_one_year_are_drawn():
    drawn = panel(0, "x", [2026], {"plan": ("P", [0.0])}, ends=("0", "0"), span=(0, 0))
    assert drawn.curves[0].points.count(",") == 1


def test_five_years_and_the_villages_add_up(place, plan):
    page = five_years_of(plan)
    spent = Standing.of(plan).spent
    assert {one.year: one.money.planned for one in page.years} == spent
    for one in page.years:
        rows = PlannedWork.objects.filter(plan=plan, year=one.year)
        assert one.mended + one.routine == rows.count()
    _told, villages = balance_of(plan)
    assert sum(share.money for _name, share in villages) == sum(spent.values())


@pytest.mark.parametrize("name", ["sheet.pdf", "sheet.docx", "what-if/", "years/"])
def test_who_sees_the_plan_sees_it_from_afar(place, plan, name):
    address = f"/qinghe/work/upkeep/plan/{plan.pk}/{name}"
    assert place.client("discipline").get(address).status_code in (403, 404)
    answer = place.client("leader").get(address)
    assert answer.status_code == 200
    if name == "sheet.pdf":
        assert answer.content.startswith(b"%PDF")
    if name == "sheet.docx":
        told = Document(io.BytesIO(answer.content))
        words = "\n".join(one.text for one in told.paragraphs)
        assert sheet_of(plan).title in words
        assert len(told.tables[0].rows) == 6
    UpkeepPlan.objects.filter(pk=plan.pk).update(made_at=None)
    assert place.client("leader").get(address).status_code == 404
