"""Lists as files: the same rows as the pages, no formula, no name unasked for."""

import csv
import io
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.cases.actions import receive_case
from luoshi.cases.exporting import lists, parts
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import inbox_page
from luoshi.core.actors import RESIDENT
from luoshi.core.models import TrailEntry
from luoshi.core.sheets.stream import XlsxWriter
from luoshi.core.trail import words_of

from .test_main_job import dispatched

NAME, PHONE = "王建国", "13800001111"


def told(place, text="村口路灯不亮", **more):
    return receive_case(
        **dict(town=place.town, text=text, actor=RESIDENT, channel="web"),
        **dict(village=place.village, name=NAME, phone=PHONE, **more),
    ).case


def export(place, who, path="inbox/", form="csv", follow=200, **more):
    """Take a list out through its page; return the answer."""
    url = f"/{place.town.code}/work/export/{path}"
    answer = place.client(who).post(url, {"form": form, **more})
    assert answer.status_code == follow, answer
    return answer


def content(answer):
    # Read to its end, the client closes it as the server does.
    return b"".join(answer.streaming_content)


def rows_in(answer):
    """Return the rows of a file, whichever it is."""
    raw = content(answer)
    if zipfile.is_zipfile(io.BytesIO(raw)):
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
        return [list(row) for row in book.active.iter_rows(values_only=True)]
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel opens Chinese only with the mark"
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def exported(place):
    """Return what the trail tells of exports: code and data."""
    entries = TrailEntry.objects.filter(code__startswith="cases.export").order_by("id")
    return [(entry.code.split(".")[1], entry.data) for entry in entries]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_holds_the_rows_of_the_page_in_its_order(place, form, clock):
    for number in range(3):
        told(place, f"路灯{number}")
    dispatched(place)
    page = inbox_page(place.staff("dispatcher"))
    head, *rows, last = rows_in(export(place, "dispatcher", form=form))
    assert [row[0] for row in rows] == [one.number for one in page.rows]
    assert head[:3] == ["编号", "灯", "诉求"]
    assert last[0] == "完整：共4行。"
    assert str(rows[0][12]) == "0" and rows[0][7] == "2026-03-02 09:00"


def test_it_is_narrowed_as_the_page_is(place):
    told(place)
    dispatched(place)
    answer = export(place, "dispatcher", "inbox/?view=undispatched")
    assert [row[2] for row in rows_in(answer)[1:-1]] == ["村口路灯不亮"]
    answer = export(place, "dispatcher", "search/?q=村口")
    assert [row[2] for row in rows_in(answer)[1:-1]] == ["村口路灯不亮"]


def test_nobody_takes_out_more_than_they_see(place):
    told(place)
    dispatched(place, "Water")
    seen = rows_in(export(place, "handler", "inbox/?whose=town"))
    assert seen[1:-1] == []
    assert len(rows_in(export(place, "water"))) == 3
    # The list behind a figure counts what is not dispatched, without its words.
    path = "figure/?what=open&from=2026-03&to=2026-03"
    export(place, "handler", path, follow=403)
    titles = [row[2] for row in rows_in(export(place, "leader", path))[1:-1]]
    assert sorted(titles) == sorted(["还没派单", "路灯不亮"])


def test_no_names_unless_asked_for_and_then_written_down(place):
    told(place, f"我是{NAME}，打{PHONE}，路灯不亮")
    plain = content(export(place, "dispatcher")).decode()
    assert NAME not in plain and PHONE not in plain and "路灯不亮" in plain
    # Refused first, and nothing is begun; then permitted.
    export(place, "handler", contacts="1", follow=403)
    assert [code for code, _data in exported(place)] == ["export_begun", "exported"]
    head, row, _last = rows_in(export(place, "dispatcher", contacts="1"))
    assert head[-2:] == ["来件人", "电话"] and row[-2:] == [NAME, PHONE]
    (begun, data), (ended, count) = exported(place)[-2:]
    assert (begun, ended, count["rows"]) == ("export_begun_contacts", "exported", 1)
    assert data == {"listed": "inbox", "form": "csv"}
    assert TrailEntry.objects.get(pk=count["begun"]).content_digest


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_runs(place, form):
    dispatched(place)
    Commitment.objects.update(title="=cmd|' /C calc'!A0")
    row = rows_in(export(place, "dispatcher", form=form))[1]
    assert row[2] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_that_breaks_off_says_so_on_the_screen_too(place, form, monkeypatch):
    for number in range(3):
        told(place, f"路灯{number}")
    monkeypatch.setattr(parts, "CHUNK", 2)
    fetched, fetch = [], lists._visible(place.staff("dispatcher"))

    def breaks(ids):
        fetched.append(ids)
        if len(fetched) == 2:
            raise OSError("the disk is gone")
        return fetch(ids)

    monkeypatch.setattr(lists, "_visible", lambda staff: breaks)
    answer, got = export(place, "dispatcher", form=form), []
    with pytest.raises(OSError, match="disk"):
        got.extend(answer.streaming_content)
    raw = b"".join(got)
    if form == "csv":
        assert raw.decode().splitlines()[-1].startswith("不完整：导到第2行断了")
    else:
        assert not zipfile.is_zipfile(io.BytesIO(raw)), "Excel does not open it"
    assert exported(place)[-1][0] == "export_broke"
    page = place.client("dispatcher").get(f"/{place.town.code}/work/exports/")
    assert "到第2行断了" in page.content.decode()


def test_who_goes_away_leaves_a_trace_and_gives_the_turn_back(place):
    told(place)
    first = export(place, "dispatcher")
    next(iter(first.streaming_content))
    export(place, "inspector", follow=409)
    # As the server does; `close` of the answer itself would end the test's connection.
    first._iterator.close()
    assert exported(place)[-1][0] == "export_broke"
    assert len(rows_in(export(place, "dispatcher"))) == 3
    page = place.client("dispatcher").get(f"/{place.town.code}/work/exports/")
    assert "1行，完整" in page.content.decode()


def test_a_row_that_is_sealed_while_the_file_is_written_is_left_out(place, monkeypatch):
    told(place)
    hidden = told(place, "检举")
    monkeypatch.setattr(parts, "CHUNK", 1)
    answer = export(place, "dispatcher")
    stream = iter(answer.streaming_content)
    got = [next(stream), next(stream)]
    Commitment.objects.filter(pk=hidden.commitment_id).update(visibility="sealed")
    got += list(stream)
    text = b"".join(got).decode()
    assert "检举" not in text and "完整：共1行" in text


def test_excel_takes_what_fits_and_says_what_did_not(place, monkeypatch):
    for number in range(4):
        told(place, f"路灯{number}")
    monkeypatch.setattr(XlsxWriter, "most", 5)
    rows = rows_in(export(place, "dispatcher", form="xlsx"))
    assert len(rows) == 5 and rows[-1][0].startswith(
        "不完整：Excel只放得下3行，还有1行"
    )
    assert exported(place)[-1][0] == "export_broke"
    assert rows_in(export(place, "dispatcher"))[-1][0] == "完整：共4行。"


def test_more_rows_need_no_more_queries(place):
    counts: list[int] = []
    told(place)
    # The first one fills what each process keeps.
    content(export(place, "dispatcher"))
    for more in (1, 29):
        for _number in range(more):
            told(place)
        with CaptureQueriesContext(connection) as context:
            content(export(place, "dispatcher"))
        counts.append(len(context))
    assert counts[0] == counts[1]


def test_what_it_was_narrowed_to_is_said_beside_the_trail(place):
    told(place)
    content(export(place, "dispatcher", f"inbox/?village={place.village.pk}"))
    begun = TrailEntry.objects.get(code="cases.export_begun")
    assert words_of(begun).split(" · ")[-1] == place.village.name
