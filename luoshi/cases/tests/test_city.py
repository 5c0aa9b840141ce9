"""What the city published stands beside our own count of the same orders and days."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.cases.actions import seal_case
from luoshi.cases.actions.city import Published, keep_city_figure, remove_city_figure
from luoshi.cases.figures.city import city_figures
from luoshi.cases.figures.periods import Days, Period, read_period
from luoshi.cases.models import Case, CityFigure
from luoshi.cases.tests.test_figures import finish as finish_own
from luoshi.cases.tests.test_figures import list_of
from luoshi.cases.tests.test_orders import bring, dispatch, finish, row, sheet
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal

TOLD = Published(
    system="12345",
    what="solved",
    by="closed",
    first=date(2026, 2, 26),
    last=date(2026, 3, 25),
    value=Decimal("92.5"),
    source="市热线办第3期月报",
    published_on=date(2026, 3, 28),
)


def keep(place, who="dispatcher", **told):
    return keep_city_figure(replace(TOLD, **told), actor=place.staff(who))


@pytest.fixture
def lived(place, clock):
    """Play an order to its verdict, one withdrawn, and a matter of the town's own."""
    bring(place, row())
    dispatch(place)
    finish(place)
    bring(place, row(solved="解决", satisfied="满意"))
    bring(place, row(number="DH2", text="水井坏了"))
    bring(place, row(number="DH2", text="水井坏了", state="已撤单"))
    finish_own(place, clock)
    clock.tick(timedelta(days=40))
    return place


def test_a_figure_is_refused_to_who_only_reads_and_kept_once(lived):
    with pytest.raises(NotAllowed):
        keep(lived, "leader")
    assert not CityFigure.objects.exists()
    figure = keep(lived)
    again = keep(lived, "inspector", value=Decimal(91))
    assert (again.pk, again.value, CityFigure.objects.count()) == (figure.pk, 91, 1)
    entries = TrailEntry.objects.filter(code="cases.city_figure_kept").order_by("pk")
    assert [one.data["value"] for one in entries] == [[None, "92.5"], ["92.50", "91"]]
    with pytest.raises(NotAllowed):
        remove_city_figure(figure.pk, actor=lived.staff("leader"))
    remove_city_figure(figure.pk, actor=lived.staff("dispatcher"))
    assert not CityFigure.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"first": date(2026, 3, 26)},
        {"last": date(2026, 12, 31)},
        {"published_on": date(2026, 3, 1)},
        {"source": "  "},
        {"value": Decimal("100.5")},
        {"value": Decimal(-1)},
        {"what": "closed", "value": Decimal("2.5")},
    ],
)
def test_what_cannot_be_is_refused(lived, told):
    with pytest.raises(Refusal):
        keep(lived, **told)


def test_ours_counts_the_systems_orders_of_the_same_days_alone(lived):
    keep(lived)
    keep(lived, what="received", by="received", value=Decimal(3))
    keep(lived, what="closed", first=date(2026, 3, 20), value=Decimal(0))
    rows = {one.figure.what: one for one in city_figures(lived.town)}
    assert (rows["solved"].ours, rows["solved"].difference) == (100, Decimal("7.5"))
    assert (rows["solved"].part.value, rows["solved"].whole.value) == (1, 1)
    assert (rows["received"].ours, rows["received"].difference) == (1, -2)
    # Withdrawn there before anybody took it: over as history, and said so.
    assert [one.value for _word, one in rows["received"].reasons] == [1, 1]
    assert rows["closed"].ours == 0


def test_no_share_of_nothing(lived):
    keep(lived, first=date(2026, 1, 1), last=date(2026, 1, 31))
    assert city_figures(lived.town)[0].ours is None


def test_each_number_on_the_page_opens_its_list(lived):
    keep(lived)
    keep(lived, what="received", by="received", value=Decimal(3))
    page = lived.client("leader").get(f"/{lived.town.code}/work/figures/city/")
    text = page.content.decode()
    assert "92.5%" in text and "记一个公布的数" not in text
    found = re.findall(r'href="([^"]+list/[^"]+)" data-number="(\d+)"', text)
    assert len(found) >= 4
    for url, number in found:
        asked = html.unescape(url)
        assert list_of(lived, asked) == (int(number), int(number)), asked


def test_a_sealed_order_is_in_none_of_ours(lived):
    keep(lived, what="received", by="received", value=Decimal(3))
    case = Case.objects.get(text="水井坏了")
    seal_case(case.pk, kind="conduct", actor=lived.staff("dispatcher"))
    row_ = city_figures(lived.town)[0]
    assert (row_.ours, row_.reasons) == (1, [])


def test_the_page_keeps_and_takes_away(lived):
    client, url = lived.client("dispatcher"), f"/{lived.town.code}/work/figures/city/"
    sent = {"system": "12345", "what": "solved", "by": "closed", "value": "92.5"}
    sent |= {"first": "2026-02-26", "last": "2026-03-25", "source": "月报"}
    assert client.post(url, sent | {"published_on": "2026-03-01"}).status_code == 422
    assert client.post(url, sent | {"published_on": "2026-03-28"}).status_code == 302
    figure = CityFigure.objects.get()
    reader = lived.client("leader").post(f"{url}{figure.pk}/remove/")
    assert reader.status_code in (403, 404)
    assert client.post(f"{url}{figure.pk}/remove/").status_code == 302
    assert not CityFigure.objects.exists()


def test_days_and_months_are_read_from_an_address():
    assert read_period("2026-03", "2026-04") == Period(
        date(2026, 3, 1), date(2026, 4, 1)
    )
    days = read_period("2026-02-26", "2026-03-25")
    assert days == Days(date(2026, 2, 26), date(2026, 3, 25))
    assert (days.until - days.since).days == 28
    for first, last in [
        ("2026-03", "2026-03-01"),
        ("2026-03-02", "2026-03-01"),
        ("", ""),
    ]:
        assert read_period(first, last) is None


HEADER = ["指标", "统计口径", "开始日期", "结束日期", "数值", "来源", "公布日期"]
ROWS = [
    ["受理量", "按受理", "2026-02-26", "2026年3月25日", 12, "月报", "2026-03-28"],
    ["解决率", "按办结时间", "2026-02-26", "2026-03-25", "92.5%", "月报", "2026-03-28"],
    ["满意率", "办结", "2026-02-26", "2026-03-25", 0.9, "月报", "2026-03-28"],
]


def test_a_table_of_figures_is_brought_in_whole(lived, tmp_path):
    path = sheet(tmp_path / "a.xlsx", *ROWS, header=HEADER)
    url, client = f"/{lived.town.code}/work/figures/city/bring/", lived.client("leader")
    with path.open("rb") as file:
        assert client.post(url, {"sheet": file, "system": "12345"}).status_code == 403
    client = lived.client("dispatcher")
    with path.open("rb") as file:
        assert client.post(url, {"sheet": file, "system": "12345"}).status_code == 302
    values = {one.what: one.value for one in CityFigure.objects.all()}
    assert values == {"received": 12, "solved": Decimal("92.5"), "satisfied": 90}


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [(0, "排名"), (1, "按派单"), (3, "月"), (4, "很"), (4, 101.5)],
)
def test_of_a_table_with_a_faulty_row_nothing_is_kept(lived, tmp_path, cell, wrong):
    faulty = [*ROWS[1]]
    faulty[cell] = wrong
    path = sheet(tmp_path / "a.xlsx", ROWS[0], faulty, header=HEADER)
    client = lived.client("dispatcher")
    with path.open("rb") as file:
        url = f"/{lived.town.code}/work/figures/city/bring/"
        answer = client.post(url, {"sheet": file, "system": "12345"})
    assert answer.status_code == 422
    assert not CityFigure.objects.exists()
