"""Exports and pasted orders as other platforms write them: recognised without help."""

from datetime import datetime

import openpyxl
import pytest

from luoshi.cases.models import Order
from luoshi.cases.orders.bring import import_orders
from luoshi.cases.orders.paste import fields_in
from luoshi.cases.orders.systems import FIRST, NAMES, means, names_of, system_within
from luoshi.core.actors import OPERATOR
from luoshi.core.clock import moment_of
from luoshi.core.sheets import moment_in, tidy

TOLD = {"due": "2026-03-09 11:33:00", "received": "2026-03-01 11:33:00"}


def load(place, path):
    return import_orders(
        system_within(place.town, FIRST),
        path,
        actor=OPERATOR,
        rejects=path.with_name("rejects.xlsx"),
    )


def book(path, **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        one = made.create_sheet(name)
        for row in rows:
            one.append(row)
    made.save(path)
    return path


def only():
    order = Order.objects.select_related("case").get()
    assert order.received_at == moment_of("2026-03-01 11:33")
    assert order.due_at == moment_of("2026-03-09 11:33")
    return order


OTHER_NAMES = [
    ["流水号", "受理日期", "反映人", "来电电话", "诉求描述", "办结期限", "流转状态"],
    [
        "*工单编号（必填）",
        "登记时间\n",
        "诉求人姓名",
        "手机",
        "市民诉求内容",
        "到期时间",
    ],
    ["热线工单编号", "来 电 时 间", "来电人", "电话", "主要内容：", "要求办结时间"],
    ["受理单号", "交办时间", "联系人", "联系方式", "【问题描述】", "截止日期"],
]


@pytest.mark.parametrize("header", OTHER_NAMES)
def test_columns_are_known_by_what_others_call_them(place, tmp_path, header):
    header = [name.strip("【】") for name in header]
    cells = ["DH1", TOLD["received"], "王女士", "13800001111", "水井坏了", TOLD["due"]]
    path = book(tmp_path / "a.xlsx", 导出=[["热线工单导出"], [], header, cells])
    assert load(place, path).added == 1
    assert only().text == "水井坏了"


@pytest.mark.parametrize(
    "told",
    [
        datetime(2026, 3, 1, 11, 33),  # noqa: DTZ001
        46082.48125,
        "46082.48125",
        "2026年3月1日 11时33分",
        "2026年3月1日（星期日）上午11:33",
        "2026.3.1 11:33",
        "2026/03/01 11:33:00.0",
        "20260301113300",
        "2026-03-01T11:33:00+08:00",
        "２０２６－０３－０１　１１：３３",
    ],
)
def test_a_moment_is_read_however_it_is_written(told):
    assert moment_in(told) == moment_of("2026-03-01 11:33")


@pytest.mark.parametrize(
    "told", ["3月1日", "2026-13-01", "2026-02-30", "12", 12, "明天", "", None, "24:61"]
)
def test_what_is_no_moment_is_none(told):
    assert moment_in(told) is None


def test_the_afternoon_and_midnight_are_read():
    assert moment_in("2026-03-01 下午3:05") == moment_of("2026-03-01 15:05")
    assert moment_in("2026-03-01 24:00") == moment_of("2026-03-02 00:00")


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("5个工作日", "2026-03-09 17:30"),
        ("24小时", "2026-03-03 08:00"),
        ("7 天内", "2026-03-09 23:59"),
    ],
)
def test_a_term_in_words_counts_from_the_receipt(place, tmp_path, told, due):
    header = ["工单编号", "受理时间", "诉求内容", "办理时限"]
    cells = ["DH1", "2026-03-02 08:00", "水井坏了", told]
    assert load(place, book(tmp_path / "a.xlsx", 导出=[header, cells])).added == 1
    assert Order.objects.get().due_at == moment_of(due)


def test_a_header_of_two_rows_is_read_as_one(place, tmp_path):
    rows = [
        ["12345热线工单明细表", None, None, None, None],
        ["工单编号", "时间", None, "诉求人", "诉求内容"],
        [None, "受理时间", "办理时限", "姓名", None],
        ["DH1", TOLD["received"], TOLD["due"], "王女士", "水井坏了"],
    ]
    assert load(place, book(tmp_path / "a.xlsx", 导出=rows)).as_dict()["read"] == 1
    only()


def test_every_sheet_with_a_header_is_read_by_its_own(place, tmp_path):
    path = book(
        tmp_path / "a.xlsx",
        说明=[["本表由系统导出"], ["请勿外传"]],
        办理中=[["工单编号", "诉求内容"], ["DH1", "水井坏了"]],
        已办结=[["诉求内容", "工单编号", "办结时间"], ["灯坏了", "DH2", "2026-03-01"]],
    )
    result = load(place, path)
    assert (result.read, result.added, result.rejected) == (2, 2, 0)
    assert Order.objects.get(number="DH2").text == "灯坏了"


def test_a_header_that_is_repeated_on_each_page_is_no_order(place, tmp_path):
    header = ["工单编号", "诉求内容"]
    rows = [header, ["DH1", "水井坏了"], header, ["DH2", "灯坏了"]]
    result = load(place, book(tmp_path / "a.xlsx", 导出=rows))
    assert (result.read, result.rejected) == (2, 0)


HTML = """<html><head><meta charset="gb2312"></head><body><table border="1">
<tr><th colspan="4">工单导出</th></tr>
<tr><td>工单编号</td><td>受理时间</td><td>办理时限</td><td>诉求内容</td></tr>
<tr><td>DH1</td><td>2026-03-01 11:33</td><td>2026-03-09 11:33<td>水井&amp;水泵坏了<br>急
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_page_that_calls_itself_xls_is_read(place, tmp_path, encoding):
    path = tmp_path / "a.xls"
    path.write_bytes(HTML.encode(encoding))
    assert load(place, path).added == 1
    assert only().text == "水井&水泵坏了\n急"


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_text_in_the_older_encoding_is_read(place, tmp_path, delimiter):
    rows = [
        ["工单编号", "受理时间", "办理时限", "诉求内容", "回访结果", "办结时间"],
        ['="0012026030100001"', TOLD["received"], TOLD["due"], "水井坏了", "--", "无"],
    ]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(one) for one in rows).encode("gb18030"))
    assert load(place, path).added == 1
    order = only()
    assert (order.number, order.solved, order.ended_at) == (
        "0012026030100001",
        "",
        None,
    )


@pytest.mark.parametrize("told", ["2.02603E+17", 202603010001234567.0])
def test_a_number_that_the_spreadsheet_cut_is_rejected(place, tmp_path, told):
    rows = [["工单编号", "诉求内容"], [told, "水井坏了"], ["DH2", "灯坏了"]]
    result = load(place, book(tmp_path / "a.xlsx", 导出=rows))
    assert (result.added, result.rejected) == (1, 1)


def test_words_are_known_with_blanks_and_brackets(place):
    system = system_within(place.town, FIRST)
    assert means(system, "ended", "办结（归档）")
    assert means(system, "withdrawn", " 已 撤 单")
    assert means(system, "not", "问题未解决")
    assert not means(system, "solved", "未解决")
    assert not means(system, "ended", "未办结")


def test_no_name_says_two_things(place):
    said = [tidy(name) for names in NAMES.values() for name in names]
    assert len(said) == len(set(said))
    known = names_of(system_within(place.town, FIRST))
    every = [one for names in known.values() for one in {tidy(name) for name in names}]
    assert len(every) == len(set(every))
    assert "热线电话" not in every


PASTES = [
    # Other labels, numbered, full-width colons and spaces.
    """一、受理单号：ＤＨ１
二、登记时间：2026年3月1日11时33分
三、反映人：王女士　　来电号码：13800001111
四、诉求地点：青溪村东头，
靠近老槐树
五、诉求描述：水井坏了，
三天没水。联系电话没人接。
六、办结期限：2026年3月9日11时33分""",
    # Labels in boxes, and what they label on the next line.
    """[工单编号]
DH1
[受理时间]
2026-03-01 11:33
[来电人]
王女士
[联系电话] 13800001111
[事发地址] 青溪村东头，靠近老槐树
[诉求内容]
水井坏了，
三天没水。联系电话没人接。
[办理时限] 2026/3/9 11:33""",
    # The cells of a page's table.
    """工单编号\tDH1\t受理时间\t2026-03-01 11:33
来电人\t王女士\t联系电话\t13800001111
事发地址\t青溪村东头，靠近老槐树
办理时限\t2026-03-09 11:33
诉求内容\t水井坏了，
三天没水。联系电话没人接。""",
    # Letters spaced out.
    """工 单 编 号 ： DH1
受 理 时 间 ： 2026.3.1 11:33
来 电 人 ： 王女士
联 系 电 话 ： 13800001111
事 发 地 址 ： 青溪村东头，靠近老槐树
诉 求 内 容 ： 水井坏了，
三天没水。联系电话没人接。
办 理 时 限 ： 2026.3.9 11:33""",
]


@pytest.mark.parametrize("pasted", PASTES)
def test_a_pasted_order_is_found_by_other_labels(place, pasted):
    told = fields_in(pasted, system_within(place.town, FIRST))
    assert told["number"] in ("DH1", "ＤＨ１")
    assert moment_in(told["received"]) == moment_of("2026-03-01 11:33")
    assert moment_in(told["due"]) == moment_of("2026-03-09 11:33")
    assert (told["name"], told["phone"]) == ("王女士", "13800001111")
    assert told["place"] == "青溪村东头，靠近老槐树"
    assert told["text"] == "水井坏了，\n三天没水。联系电话没人接。"


def test_what_somebody_tells_without_labels_stays_whole(place):
    text = "我家门口的路坏了。内容如下：坑有半米深。\n电话：打不通"
    told = fields_in(text, system_within(place.town, FIRST))
    assert "坑有半米深" in "".join(told.values())
