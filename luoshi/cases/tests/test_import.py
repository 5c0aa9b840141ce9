"""Bringing cases in: dates as found, bad rows kept out, twice adds nothing."""

from datetime import date

import openpyxl
import pytest

from luoshi.cases.figures.counts import count_between
from luoshi.cases.figures.months import counts_of
from luoshi.cases.figures.periods import Period
from luoshi.cases.importing import import_cases
from luoshi.cases.models import Case, MonthFigures
from luoshi.commitments.models import Commitment, State
from luoshi.core.actors import OPERATOR
from luoshi.core.sheets import BadSheet

HEADER = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情"]
ROWS = [
    [1, "A1", "路灯不亮", "2019/2/28 11:25:05", "\n\t\t村口三盏路灯不亮𠮷"],
    [2, "A2", "垃圾", "2019-03-01 08:00:00", "垃圾车没来"],
    [3, "A3", "+1+1", "2019/3/1", ""],
    [4, "A4", "坏日子", "不知道", "水井坏了"],
    [5, "A5", "以后", "2099/1/1", "水井坏了"],
]


def write(path, rows, before=()):
    book = openpyxl.Workbook()
    for row in [*before, HEADER, *rows]:
        book.active.append(row)
    book.save(path)
    return path


def bring(place, path, *, history=True):
    return import_cases(
        place.town,
        path,
        history=history,
        actor=OPERATOR,
        rejects=path.with_name("rejects.xlsx"),
    )


def test_good_rows_come_in_and_bad_ones_go_to_a_file_with_the_reason(place, tmp_path):
    path = write(tmp_path / "a.xlsx", ROWS, before=[["一个标题"], []])
    result = bring(place, path)
    assert (result.read, result.added, result.rejected) == (5, 2, 3)
    case = Case.objects.get(subject="路灯不亮")
    assert case.text == "村口三盏路灯不亮𠮷"
    assert case.received_at.isoformat() == "2019-02-28T03:25:05+00:00"
    assert {one.state for one in Commitment.objects.all()} == {State.CLOSED}
    rejects = openpyxl.load_workbook(result.rejects_file).active
    kept = list(rejects.iter_rows(min_row=2, values_only=True))
    assert kept[0][2] == "'+1+1"
    assert [row[-1][:2] for row in kept] == ["没有", "时间", "时间"]


def test_the_same_file_twice_adds_nothing(place, tmp_path):
    path = write(tmp_path / "a.xlsx", ROWS)
    bring(place, path)
    again = bring(place, path)
    assert (again.added, again.unchanged, again.rejected) == (0, 2, 3)


def test_months_kept_before_go_once_a_batch(place, tmp_path):
    months = [Period(date(2019, number, 1), date(2019, number, 1)) for number in (2, 3)]
    for month in months:
        assert not counts_of(place.town, month).sum()
    rows = [[n, "", "灯", f"2019-02-{n:02} 08:00", f"灯{n}"] for n in range(1, 9)]
    bring(place, write(tmp_path / "a.xlsx", [*rows, *ROWS[1:2]]))
    for month in months:
        fresh = count_between(month.since, month.until).sum()
        assert fresh["history"]
        assert counts_of(place.town, month).sum() == +fresh
    versions = MonthFigures.objects.order_by("month").values_list("version", flat=True)
    assert list(versions) == [2, 2]


def test_open_cases_count_from_the_import(place, tmp_path, clock):
    bring(place, write(tmp_path / "a.xlsx", ROWS), history=False)
    commitment = Commitment.objects.first()
    assert (commitment.state, commitment.started_at) == (State.RECEIVED, clock.moment)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_in_both_encodings(place, tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes("编号,内容\n1,村口路灯不亮\n".encode(encoding))
    assert bring(place, path).added == 1


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a.doc"])
def test_what_is_no_sheet_is_refused_with_a_sentence(place, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK not a sheet")
    with pytest.raises(BadSheet):
        bring(place, path)


def test_a_text_that_repeats_in_a_file_is_added_and_flagged(place, tmp_path):
    again = [9, "B", "又是路灯", "2019/3/1", ROWS[0][4]]
    bring(place, write(tmp_path / "a.xlsx", [*ROWS, again]))
    assert Case.objects.get(subject="又是路灯").repeats.subject == "路灯不亮"


def test_a_near_copy_is_flagged_too_and_names_the_first(place, tmp_path):
    told = "小区东门的路灯从上个月起就不亮了，老人晚上出门要打手电筒，前天还摔了一跤。"
    once = [10, "B", "路灯", "2019/3/1", told]
    near = [11, "C", "还是路灯", "2019/3/2", f"您好！{told}谢谢。"]
    bring(place, write(tmp_path / "a.xlsx", [*ROWS, once, near]))
    assert Case.objects.get(subject="还是路灯").repeats.subject == "路灯"


def test_the_page_shows_the_columns_before_anything_comes_in(place, tmp_path):
    path = write(tmp_path / "a.xlsx", ROWS)
    client, base = place.client("dispatcher"), f"/{place.town.code}/work/import/"
    with path.open("rb") as file:
        answer = client.post(base, {"sheet": file})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "共5行" in page
    assert "留言详情" in page
    assert Case.objects.count() == 0
    other = client.get(f"{base}{'y' * 22}/progress/")
    assert other.status_code == 404


def test_the_page_names_what_is_wrong_with_a_file(place, tmp_path):
    client, base = place.client("dispatcher"), f"/{place.town.code}/work/import/"
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n1,2\n")
    with path.open("rb") as file:
        answer = client.post(base, {"sheet": file})
    page = client.get(answer.headers["Location"])
    assert page.status_code == 422
    assert "没有找到表头" in page.content.decode()
