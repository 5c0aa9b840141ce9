"""Lists of the years before: who writes them down, from what, and what they tell."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.sheets import sheet_bytes
from luoshi.projects import lasting
from luoshi.projects.actions.earlier import (
    Past,
    bring_earlier,
    forget_earlier,
    remember,
)
from luoshi.projects.earlier_sheet import head
from luoshi.projects.models import Earlier
from luoshi.projects.tests.play import opened

ROAD = Past(
    2024,
    "青溪村到小学的路补平",
    38_000_000,
    kind="road",
    years_of_use=22,
    people_a_day=420,
    upkeep_yearly=800_000,
    asked="residents",
    appearance=0,
)
ARCH = Past(*(2025, "村口牌楼", 18_000_000, "screen", 8, 20, 0, "office", 16_000_000))


def test_staff_write_an_earlier_year_down_and_correct_it(place, clock):
    leader = place.staff("leader")
    with pytest.raises(NotAllowed):
        remember(ROAD, actor=place.staff("handler"))
    line = remember(ROAD, actor=leader)
    assert TrailEntry.objects.get(code="projects.remembered").data["year"] == 2024
    remember(ROAD, actor=leader)
    assert TrailEntry.objects.filter(code="projects.remembered").count() == 1
    remember(Past(2024, f" {ROAD.title} ", 40_000_000), actor=leader)
    line.refresh_from_db()
    assert (line.cost, line.years_of_use, line.kind) == (40_000_000, None, "other")
    with pytest.raises(NotAllowed):
        forget_earlier(line.pk, actor=place.staff("handler"))
    forget_earlier(line.pk, actor=leader)
    assert not Earlier.objects.exists()
    assert TrailEntry.objects.filter(code="projects.earlier_taken_off").exists()


@pytest.mark.parametrize(
    ("past", "code"),
    [
        (Past(2024, " ", 1), "title_missing"),
        (Past(2024, "找王建国，13812345678", 1), "holds_personal"),
        (Past(2024, "路", 0), "sum_absurd"),
        (Past(2024, "路", 10**15), "sum_absurd"),
        (Past(1989, "路", 1), "year_not_over"),
        (Past(2027, "路", 1), "year_not_over"),
        (Past(2026, "路", 1), "year_has_round"),
        (Past(2024, "路", 1, years_of_use=101), "number_absurd"),
        (Past(2024, "路", 1, people_a_day=0), "number_absurd"),
        (Past(2024, "路", 1, upkeep_yearly=-1), "sum_absurd"),
        (Past(2024, "路", 1, appearance=2), "appearance_above_cost"),
    ],
)
def test_what_cannot_have_been_is_refused(place, clock, past, code):
    opened(place, 2026)
    with pytest.raises(Refusal, match=code):
        remember(past, actor=place.staff("leader"))
    assert not Earlier.objects.exists()


def test_a_new_list_is_compared_with_what_was_written_down(place, clock):
    cycle = opened(place, 2026)
    assert lasting.round_of(cycle, labelled=True).comparison.turn == "none_before"
    for past in (ROAD, ARCH, Past(2023, "不知道的", 1_000_000), Past(2019, "太早", 1)):
        remember(past, actor=place.staff("leader"))
    sight = lasting.round_of(cycle, labelled=True)
    assert sight.remembered == [2023, 2024, 2025]
    before = {one.year: one for one in sight.comparison.before}
    road, arch = before[2024], before[2025]
    assert (road.money, road.people, road.share("asked")) == (38_000_000, 420, 1)
    assert road.share("funded") == 1 and road.share("after_five") > 0.5
    assert (arch.share("asked"), arch.share("funded")) == (0, 0)
    assert arch.share("appearance") == pytest.approx(16 / 18)
    # What nobody knows any more says nothing.
    unknown = before[2023]
    for name in ("asked", "funded", "after_five", "appearance"):
        assert unknown.share(name) is None
    # A village's own round is none of the town's.
    village = opened(place, 2027, village_id=place.village.pk)
    assert lasting.round_of(village, labelled=True).remembered == []
    url = f"/{place.town.code}/work/projects/round/{cycle.pk}/lasting/"
    page = place.client("leader").get(url).content.decode()
    assert "2023、2024、2025年的是后来按镇里的档案补记的" in page


def test_a_table_is_looked_at_and_brought_in_and_given_out_again(place, clock):
    base = f"/{place.town.code}/work/projects/earlier/"
    leader = place.client("leader")
    assert place.client("handler").get(base).status_code == 403
    rows = [
        [*head(), "备注"],
        [2024, ROAD.title, 38, 22, 420, 0.8, "群众", "路", 0, "=1+1"],
        ["2025年", "村口牌楼", "18万元", "8年", "20人", 0, "单位", "牌子和屏", 16, ""],
        [2025, "村口牌楼", 18, 8, 20, 0, "单位", "", "", ""],
        [2025, "没有造价", "", 8, 20, 0, "单位", "", "", ""],
        [2025, "不认得", 1, 8, 20, 0, "天上", "", "", ""],
        [2025, "不是数", "很多", 8, 20, 0, "", "", "", ""],
        [2031, "还没到", 1, 8, 20, 0, "", "", "", ""],
    ]
    upload = SimpleUploadedFile("往年.xlsx", sheet_bytes(rows))
    look = leader.post(f"{base}bring/", {"sheet": upload})
    page = leader.get(look.headers["Location"])
    assert (page.context["good"], page.context["found"].faulty) == (2, 5)
    shown = page.content.decode()
    for fault in (
        "写了两次",
        "没写造价",
        "不认得“天上”",
        "“很多”不是数",
        "再看一下年份",
    ):
        assert fault in shown
    assert not Earlier.objects.exists()
    assert leader.post(look.headers["Location"]).status_code == 302
    road, arch = Earlier.objects.order_by("year")
    assert (road.cost, road.upkeep_yearly) == (38_000_000, 800_000)
    assert (arch.cost, arch.asked, arch.appearance) == (
        *(18_000_000, "office"),
        16_000_000,
    )
    data = TrailEntry.objects.get(code="projects.earlier_brought").data
    assert data == {"added": 2, "changed": 0}
    # What is given out changes nothing when it comes back.
    given = leader.get(f"{base}sheet.xlsx").content
    upload = SimpleUploadedFile("again.xlsx", given)
    look = leader.post(f"{base}bring/", {"sheet": upload})
    leader.post(look.headers["Location"])
    assert TrailEntry.objects.filter(code="projects.earlier_brought").count() == 1
    with pytest.raises(Refusal, match="nothing_to_bring"):
        bring_earlier([], actor=place.staff("leader"))
    off = f"{base}{road.pk}/off/"
    assert place.client("handler").post(off).status_code == 403
    assert leader.post(off).status_code == 302
    assert "村口牌楼" in leader.get(base).content.decode()
    told = {"year": "2024", "title": "路", "cost": "3.5", "kind": "road"}
    assert leader.post(base, told | {"cost": "0"}).status_code == 422
    assert leader.post(base, told).status_code == 302
    assert Earlier.objects.get(year=2024).cost == 350
    example = leader.get(f"{base}bring/example/").content
    assert openpyxl.load_workbook(io.BytesIO(example)).active["A1"].value == "年份"
