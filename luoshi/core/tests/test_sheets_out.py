"""What is given out: no formula in any spreadsheet, and a quarter of a million rows."""

import csv
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from luoshi.core.sheets.out import safe_cell
from luoshi.core.sheets.stream import EXCEL_ROWS, CsvWriter, XlsxWriter

RUNS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
]
RUNS += ["＠A", "﹦1", "=cmd|' /C calc'!A0", '=DDE("cmd";"/C calc")', " =1", "　=1"]
RUNS += ["\ufeff=1", "\x00=1", "-2+3+cmd|' /C calc'!A0", "--1", "-1,5+2"]


@pytest.mark.parametrize("text", RUNS)
def test_what_a_spreadsheet_would_run_is_text(text):
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize(
    "value", [-5, "-5", "-0.25", 7, "路灯", "QH-22", "a=b", "", "𠮷㐂"]
)
def test_what_it_would_not_run_stays_as_it_is(value):
    assert safe_cell(value) == str(value)


@pytest.mark.parametrize("writer", [CsvWriter, XlsxWriter])
def test_it_reads_back_as_it_was(writer):
    rows = [
        ["编号", "话"],
        [1, '他说"好"，<b>&\n第二行'],
        ["𠮷", "a\x0bb\ufffe\ud800c"],
    ]
    out = writer()
    raw = b"".join([out.write(rows[:1]), out.write(rows[1:]), out.close()])
    if writer is CsvWriter:
        back = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        assert back[1][0] == "1"
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
        back = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert back[1][0] == 1
        assert {cell.data_type for row in sheet for cell in row} == {"s", "n"}
    assert back[1][1] == rows[1][1] and back[2] == ["𠮷", "abc"]


@pytest.mark.parametrize("writer", [CsvWriter, XlsxWriter])
def test_a_quarter_of_a_million_rows_in_little_memory(writer):
    out, size, many = writer(), 0, 250_000
    row = ["QH-2026-000123", "超期1天", "村口三盏路灯不亮", "青溪村", 7]
    tracemalloc.start()
    try:
        for _part in range(many // 500):
            size += len(out.write([row] * 500))
        size += len(out.close())
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 200_000 and peak < 8_000_000
    assert many < EXCEL_ROWS


def test_every_row_of_a_large_sheet_is_in_it():
    out = XlsxWriter()
    parts = [out.write([[number]] * 500) for number in range(100)]
    raw = io.BytesIO(b"".join([*parts, out.close()]))
    assert zipfile.ZipFile(raw).testzip() is None
    sheet = openpyxl.load_workbook(raw, read_only=True).active
    values = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert len(values) == 50_000 and sum(values) == 500 * sum(range(100))
