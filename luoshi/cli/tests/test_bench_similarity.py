"""The measure of topics: its own arithmetic and its made-up rows."""

import argparse
from datetime import UTC, datetime

import openpyxl

from luoshi.cli.bench import similarity
from luoshi.engines.similarity import Case, Topic, Topics

AT = datetime(2026, 5, 1, tzinfo=UTC)
LINES = [
    "青山花园小区旁的搅拌站噪音扰民，粉尘很大",
    "青山花园附近搅拌站噪音粉尘严重",
    "石桥村水渠堵塞，田里没水",
]


def topics(*those: tuple[str, ...]) -> Topics:
    told = tuple(
        Topic(number, cases, "", "", None, None, 1, (), 0.0, None)
        for number, cases in enumerate(those)
    )
    return Topics(told, {case: one.number for one in told for case in one.cases})


def test_the_best_topic_is_compared():
    found = topics(("a", "b", "x"), ("c", "y", "z", "w"))
    assert similarity.best_match({"a", "b", "c"}, found) == (2 / 3, 2 / 3)
    assert similarity.best_match({"nobody"}, found) == (0.0, 0.0)


def test_made_up_rows_are_the_same_for_a_seed():
    cases = [Case(str(at), line, time=AT) for at, line in enumerate(LINES)]
    one, two = (similarity.blow_up(cases, 40, seed=3) for _time in range(2))
    assert one == two
    assert one != similarity.blow_up(cases, 40, seed=4)
    assert one[:3] == cases
    assert len({case.id for case in one}) == 40


def test_the_bench_reads_sheets_and_topics(tmp_path):
    book = openpyxl.Workbook()
    columns = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情"]
    book.active.append(columns)
    for at, line in enumerate(LINES):
        time = AT.replace(tzinfo=None) if at else "2026/5/1 8:00:00"
        book.active.append([at, f"u{at}", line[:12], time, line])
    book.save(tmp_path / "m.xlsx")
    (tmp_path / "t.csv").write_text("问题ID,留言编号\n7,0\n7,1\n", "utf-8-sig")
    options = argparse.Namespace(
        file=str(tmp_path / "m.xlsx"), topic=str(tmp_path / "t.csv"), rows=0, seed=1
    )
    figures, aims = similarity.measure(options)
    assert figures["rows"] == 3
    assert figures["recall"] == {"7": 1.0}
    assert figures["precision"] == {"7": 1.0}
    assert set(aims) >= {"topics", "least_recall", "rerank_200", "peak_memory"}
