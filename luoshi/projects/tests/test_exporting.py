"""Rounds and votes as Excel files: what the pages say, and no formula."""

import io

import openpyxl
import pytest

from luoshi.conftest import Browser
from luoshi.core.clock import today
from luoshi.projects import actions, exporting
from luoshi.projects.actions import Line, Marks
from luoshi.projects.models import CastBallot, Project
from luoshi.projects.tests.play import (
    COSTS,
    cast,
    chosen_project,
    keys_of,
    opened,
    proposed,
    round_with,
    wish,
)


def sheets_of(answer):
    """Return an answer's sheets by their names, as rows of values."""
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


def test_a_round_as_excel_has_its_proposals_candidates_and_money(place, congress):
    project = chosen_project(place, congress)
    handler = place.staff("handler")
    actions.begin_building(project.pk, actor=handler)
    for kind, fen in (("contracted", 29_000_050), ("paid", 10_000_000)):
        line = Line(kind, fen, "=HYPERLINK(1)", today())
        actions.note_money(project.pk, line, actor=handler)
    Project.objects.filter(state="not_chosen").update(title="=1+1")
    url = f"/{place.town.code}/work/projects/round/{project.cycle_id}/round.xlsx"
    assert place.client("discipline").get(url).status_code == 403
    sheets = sheets_of(place.client("leader").get(url))
    assert list(sheets) == ["提议", "候选项目", "钱", "每一笔钱"]
    head, first, second = sheets["提议"]
    assert head[1] == "项目" and first[1] == "修便桥" and second[1] == "'=1+1"
    candidate = dict(zip(*sheets["候选项目"][:2], strict=True))
    assert candidate["建设费用（元）"] == 300_000
    assert candidate["需要吗？"] == "是：看过现场"
    [row] = sheets["钱"][1:]
    assert row[3:] == [300_000, 300_000, 290_000.5, 100_000]
    assert [line[4:] for line in sheets["每一笔钱"][1:]] == [
        [290_000.5, "'=HYPERLINK(1)"],
        [100_000, "'=HYPERLINK(1)"],
    ]


def test_a_round_gives_its_own_projects_only_and_is_empty_at_first(place):
    cycle, other = opened(place), opened(place, 2028)
    proposed(place, other, "别的一轮")
    url = f"/{place.town.code}/work/projects/round/{cycle.pk}/round.xlsx"
    sheets = sheets_of(place.client("leader").get(url))
    assert [len(rows) for rows in sheets.values()] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("form", "more", "cells"),
    [
        ("approval", {}, [1, None, 1]),
        ("ranking", {}, [2, None, 1]),
        ("points", {"points": 9}, [2, None, 7]),
    ],
)
def test_a_counted_vote_as_excel_has_each_step_and_ballots_of_nobody(
    place, form, more, cells
):
    cycle = round_with(place, *COSTS)
    election, codes = wish(place, cycle, form=form, rule="greedy_votes", **more)
    one, two, three = keys_of(election)
    points = [7, 2] if form == "points" else []
    used = codes.pop()
    actions.cast_ballot(place.town, used, Marks([three, one], points))
    base, client = f"/{place.town.code}", place.client("leader")
    staff_url = f"{base}/work/votes/{election.pk}/vote.xlsx"
    public_url = f"{base}/vote/{election.pk}/vote.xlsx"
    assert client.get(staff_url).status_code == 404
    assert Browser().get(public_url).status_code == 404
    actions.close_vote(election.pk, actor=place.staff("leader"))
    result = actions.count_vote(election.pk, actor=place.staff("leader"))
    sheets = sheets_of(client.get(staff_url))
    assert list(sheets) == ["结果", "计票每一步", "参加情况", "选票"]
    assert sheets["选票"][1:] == [[1, *cells]]
    chosen = {row[0]: row[4] for row in sheets["结果"][1:4]}
    assert (chosen[one], chosen[two], chosen[three]) == ("是", "否", "是")
    assert sheets["结果"][-1][3] == result.digest
    assert len(sheets["计票每一步"]) == 1 + len(result.steps)
    assert sheets["参加情况"][1] == ["不分村", 30, 1, 1, 0, 0]
    open_to_all = Browser().get(public_url)
    assert sheets_of(open_to_all) == sheets
    told = str(sheets)
    assert used not in told and str(CastBallot.objects.get().pk) not in told


def test_more_ballots_than_a_sheet_holds_are_refused_with_a_way_out(place, monkeypatch):
    election, codes = wish(place, round_with(place, *COSTS), rule="greedy_votes")
    cast(place, codes, keys_of(election)[:1])
    leader = place.staff("leader")
    actions.close_vote(election.pk, actor=leader)
    actions.count_vote(election.pk, actor=leader)
    monkeypatch.setattr(exporting, "MOST_CELLS", 2)
    url = f"/{place.town.code}/work/votes/{election.pk}/vote.xlsx"
    page = place.client("leader").get(url, follow=True)
    assert "请下载选票文件" in page.content.decode()
