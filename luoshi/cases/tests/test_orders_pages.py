"""The pages of orders: pasted, looked at, corrected, answered, copied out."""

from pathlib import Path

import pytest

from luoshi.cases.actions import erase_case, reply_to_reporters
from luoshi.cases.actions.talk import note_sent_there
from luoshi.cases.models import Case, MainSystem, Order
from luoshi.cases.orders.paste import fields_in
from luoshi.cases.orders.reply import reply_for
from luoshi.cases.orders.systems import FIRST, system_within
from luoshi.cases.tests.test_orders import (
    HEADER,
    bring,
    dispatch,
    finish,
    line,
    load,
    matter,
    row,
    sheet,
)
from luoshi.commitments import actions
from luoshi.core.clock import at, moment_of
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal

SAMPLES = Path("/work/shared/data/orders")
PASTED = """【工单编号】DH77　【来源】电话
【受理时间】2026-03-01 10:43:00  【紧急程度】特急
来电人：王女士　联系电话：13800001111
事发地址：Qingxi村口
诉求标题：路灯不亮
诉求内容：1.三盏路灯不亮。联系电话：没人接；
2.又黑又滑。

承办单位：青禾镇
办理时限：２０２６年3月8日 10:43（请按时签收）
"""


def url(place, rest=""):
    return f"/{place.town.code}/work/orders/{rest}"


def test_a_pasted_order_is_found_by_its_labels(place):
    told = fields_in(PASTED, system_within(place.town, FIRST))
    assert told["number"] == "DH77"
    assert told["due"] == "2026-03-08 10:43"
    assert told["received"] == "2026-03-01 10:43:00"
    assert (told["name"], told["phone"]) == ("王女士", "13800001111")
    assert told["text"].endswith("2.又黑又滑。")
    assert "没人接" in told["text"]


def test_a_text_without_any_label_is_the_text(place):
    system = system_within(place.town, FIRST)
    assert fields_in(" 路灯不亮 ", system) == {"text": "路灯不亮"}


def test_a_pasted_order_is_looked_at_put_right_and_brought_in_once(place):
    client = place.client("dispatcher")
    page = client.post(url(place, "paste/"), {"system": FIRST, "pasted": PASTED})
    told = page.context["form"].initial | {"system": FIRST}
    assert Order.objects.count() == 0
    wrong = client.post(url(place, "paste/"), told | {"due": "明天"})
    assert wrong.status_code == 422
    assert Order.objects.count() == 0
    for _again in range(2):
        answer = client.post(url(place, "paste/"), told)
    case = Case.objects.get()
    assert answer.headers["Location"].endswith(f"/case/{case.number}/")
    assert case.orders.get().due_at == moment_of("2026-03-08 10:43")
    assert (case.village, matter().urgent) == (place.village, True)


def test_what_a_paste_does_not_say_stays(place):
    bring(place, row(state="办理中", urgency="紧急"))
    bring(place, row(text="村口四盏路灯不亮", state="", has=frozenset({"text"})))
    order = Order.objects.get()
    assert (order.text, order.state, order.urgency) == (
        "村口四盏路灯不亮",
        "办理中",
        "紧急",
    )


def test_the_columns_of_another_platform_are_said_once_and_kept(place, tmp_path):
    names = {"工单编号": "台账号", "诉求内容": "事项描述"}
    header = [names.get(name, name) for name in HEADER]
    path = sheet(tmp_path / "a.xlsx", line("1"), header=header)
    client = place.client("dispatcher")
    with path.open("rb") as file:
        there = client.post(url(place), {"sheet": file, "system": FIRST})
    look = there.headers["Location"]
    assert client.get(look).status_code == 422
    told = {"columns": "yes", "number": "台账号", "text": "事项描述"}
    assert client.post(look, told).status_code == 302
    page = client.get(look)
    assert page.status_code == 200
    assert "共1行" in page.content.decode()
    kept = MainSystem.objects.get(code=FIRST)
    assert kept.columns == {"number": ["台账号"], "text": ["事项描述"]}
    assert TrailEntry.objects.filter(code="cases.columns_kept").count() == 1
    assert load(place, path).added == 1


def test_both_clocks_stand_on_the_case_the_inbox_and_the_tracking_page(place):
    bring(place, row())
    dispatch(place)
    number, client = matter().number, place.client("handler")
    page = client.get(f"/{place.town.code}/work/case/{number}/").content.decode()
    assert "以此为准" in page
    assert "以它为准" in page
    inbox = client.get(f"/{place.town.code}/work/inbox/").content.decode()
    assert "12345热线平台 · 自己的期限" in inbox


def test_the_reply_is_copied_out_once_there_is_one_and_by_who_may_reply(place):
    bring(place, row())
    dispatch(place)
    order, handler = Order.objects.get(), place.staff("handler")
    with pytest.raises(NotAllowed):
        note_sent_there(order.pk, actor=place.staff("water"))
    with pytest.raises(Refusal, match="no_reply_yet"):
        note_sent_there(order.pk, actor=handler)
    reply_to_reporters(order.case_id, text="明天来修。", actor=handler)
    text = reply_for(Order.objects.get())
    assert "工单编号：DH1" in text
    assert "办理情况：明天来修。" in text
    path = f"/{place.town.code}/work/case/{matter().number}/order/{order.pk}/"
    assert place.client("water").get(path).status_code == 404
    assert text in place.client("handler").get(path).content.decode()
    place.client("handler").post(path)
    order.refresh_from_db()
    assert (order.sent_text, order.sent_by) == (text, handler.person)
    assert TrailEntry.objects.filter(code="cases.order_sent").count() == 1


def test_a_layout_with_an_unknown_name_is_refused(place):
    client = place.client("dispatcher")
    told = {
        "name": "热线",
        "reply_layout": "编号{工单号}，{天气}",
        "solved": "解决、行",
    }
    assert client.post(url(place, "system/12345/"), told).status_code == 422
    told["reply_layout"] = "编号{工单号}"
    assert client.post(url(place, "system/12345/"), told).status_code == 302
    kept = MainSystem.objects.get(code=FIRST)
    assert (kept.name, kept.words["solved"]) == ("热线", ["解决", "行"])
    assert not kept.calls_back


def test_a_head_takes_the_citys_day_and_gives_it_back(place):
    bring(place, row(due=moment_of("2026-03-04 08:00")))
    bring(place, row(number="DH2", due=None, received=moment_of("2026-03-02 08:30")))
    one, other = (order.case.commitment for order in Order.objects.all())
    dispatcher = place.staff("dispatcher")
    for each in (one, other):
        actions.dispatch_commitment(
            each.pk,
            organisation_id=place.office("Roads").pk,
            category_id=place.category.pk,
            actor=dispatcher,
        )
    other.refresh_from_db()
    own = other.due_at
    merge = actions.merge_commitments(one.pk, head_id=other.pk, actor=dispatcher)
    other.refresh_from_db()
    assert other.due_at == other.outside_due_at == moment_of("2026-03-04 08:00")
    actions.undo_merge(merge.pk, actor=dispatcher)
    other.refresh_from_db()
    assert (other.due_at, other.outside_due_at, other.own_due_at) == (own, None, None)


def test_erasing_a_case_empties_its_order_and_an_update_brings_nothing_back(place):
    bring(place, row())
    dispatch(place)
    finish(place)
    bring(place, row(solved="解决"))
    erase_case(Case.objects.get().pk, reason="asked", actor=place.staff("dispatcher"))
    bring(place, row(solved="解决", phone="13900002222", text="又是路灯"))
    order = Order.objects.get()
    assert order.case.text == ""
    assert order.case.reporters.get().phone is None
    assert order.text == ""


@pytest.mark.skipif(not SAMPLES.exists(), reason="no samples on this machine")
def test_a_real_export_comes_in_whole_and_its_pasted_order_is_known(place):
    with at("2026-11-25 12:00"):
        found = load(place, SAMPLES / "orders-export.xlsx")
        again = load(place, SAMPLES / "orders-export.xlsx")
    assert (found.read, found.added, found.unchanged) == (326, 320, 6)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 326)
    text = (SAMPLES / "order-paste.txt").read_text()
    told = fields_in(text, system_within(place.town, FIRST))
    assert Order.objects.filter(number=told["number"]).count() == 1
