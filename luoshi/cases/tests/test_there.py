"""Where else a matter lives: named by hand, found, printed, taken out, never twice."""

import csv
import io
from datetime import timedelta

import pytest

from luoshi.cases.actions import receive_case, seal_case
from luoshi.cases.actions.callbacks import give_up_callbacks
from luoshi.cases.actions.talk import note_sent_there
from luoshi.cases.actions.there import NumberThere, There, name_there, take_off_there
from luoshi.cases.figures.page import figures_page
from luoshi.cases.models import Case, Order
from luoshi.cases.queries import search_cases
from luoshi.cases.tests.test_orders import (
    bring,
    dispatch,
    finish,
    matter,
    row,
    told,
)
from luoshi.commitments.models import Ending, State
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal


def enter(place, text="路灯不亮", **there):
    return receive_case(
        town=place.town,
        text=text,
        actor=place.staff("dispatcher"),
        channel="phone",
        village=place.village,
        there=There(**there),
    ).case


def page(place, who, rest):
    return place.client(who).get(f"/{place.town.code}/work/{rest}")


def test_a_case_entered_by_hand_names_its_number_and_the_export_follows_it(place):
    case = enter(place, system="12345", number="ＤＨ 1")
    order = Order.objects.get()
    assert (order.number, order.case_id) == ("DH1", case.pk)
    assert order.named_by == place.staff("dispatcher").person
    assert TrailEntry.objects.filter(code="cases.named_there").count() == 1
    assert bring(place, row()) == "updated"
    order.refresh_from_db()
    assert (order.named_by, order.state, Case.objects.count()) == (None, "办理中", 1)
    with pytest.raises(Refusal, match="there_told"):
        take_off_there(order.pk, actor=place.staff("dispatcher"))


def test_the_same_number_again_is_refused_with_the_case_that_has_it(place):
    case = enter(place, system="12345", number="DH1")
    with pytest.raises(NumberThere) as refused:
        enter(place, text="水井坏了", system="12345", number="DH1")
    assert refused.value.case == case
    assert Case.objects.count() == 1
    enter(place, text="水井坏了", system="petition", number="DH1")
    assert Case.objects.count() == 2


def test_who_may_not_see_it_is_not_told_which_it_is(place):
    case = enter(place, system="12345", number="DH1")
    seal_case(case.pk, kind="conduct", actor=place.staff("dispatcher"))
    with pytest.raises(NumberThere) as refused:
        enter(place, text="水井坏了", system="12345", number="DH1")
    assert refused.value.case is None
    assert case.number not in refused.value.sentence
    assert search_cases(place.staff("dispatcher"), "DH1") == []


@pytest.mark.parametrize(
    "there", [{"system": "12345"}, {"number": "1"}, {"system": "x", "number": "1"}]
)
def test_half_of_it_is_refused(place, there):
    with pytest.raises(Refusal):
        enter(place, **there)
    assert not Case.objects.exists()


def test_who_answers_for_it_names_it_later_and_takes_it_back(place):
    case = enter(place)
    there = There("governance", "ZZ-9")
    with pytest.raises(NotAllowed):
        name_there(case.pk, there, actor=place.staff("leader"))
    order = name_there(case.pk, there, actor=place.staff("dispatcher"))
    with pytest.raises(NotAllowed):
        take_off_there(order.pk, actor=place.staff("leader"))
    take_off_there(order.pk, actor=place.staff("dispatcher"))
    assert not Order.objects.exists()
    codes = TrailEntry.objects.values_list("code", flat=True)
    assert {"cases.named_there", "cases.not_there"} <= set(codes)


def test_it_is_found_shown_printed_and_taken_out(place):
    case = enter(place, system="12345", number="DH-77")
    dispatcher = place.staff("dispatcher")
    assert search_cases(dispatcher, " dh-77 ".upper()) == [case]
    for rest in ("inbox/?whose=town", f"case/{case.number}/", "search/?q=路灯"):
        assert "DH-77" in page(place, "dispatcher", rest).content.decode(), rest
    assert (
        "DH-77"
        in page(place, "dispatcher", f"case/{case.number}/print/").content.decode()
    )
    client = place.client("dispatcher")
    export = f"/{place.town.code}/work/export/search/?q=DH-77"
    out = client.post(export, {"form": "csv"})
    text = b"".join(out.streaming_content).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text)))
    assert cells[1][-2:] == ["12345热线平台", "DH-77"]


def test_the_pages_refuse_twice_with_a_link_and_keep_what_was_typed(place):
    case = enter(place, system="12345", number="DH1")
    other = enter(place, text="水井坏了")
    client, base = place.client("dispatcher"), f"/{place.town.code}/work"
    assert (
        client.post(f"{base}/case/{other.number}/there/", {"x": "1"}).status_code == 422
    )
    sent = {"main_system": "12345", "number_there": "DH1"}
    refused = client.post(f"{base}/case/{other.number}/there/", sent)
    assert refused.status_code == 422
    assert f"{base}/case/{case.number}/" in refused.content.decode()
    typed = {"text": "又一件", "village": place.village.pk, "channel": "phone"}
    typed |= {"answer": "none", "form_token": "t" * 20} | sent
    refused = client.post(f"{base}/enter/", typed)
    assert refused.status_code == 422
    assert "又一件" in refused.content.decode()
    assert (
        client.post(f"{base}/enter/", typed | {"number_there": "DH2"}).status_code
        == 302
    )
    order = Order.objects.get(number="DH2")
    off = f"{base}/case/{order.case.number}/there/{order.pk}/off/"
    assert client.post(off).status_code == 302
    assert not Order.objects.filter(number="DH2").exists()


def answered(place, clock, days=15):
    bring(place, row())
    dispatch(place)
    finish(place)
    order = Order.objects.select_related("system").get()
    order.system.callback_days = days
    order.system.save(update_fields=["callback_days"])
    return order


def test_a_call_back_that_never_comes_ends_on_its_day_with_its_own_word(place, clock):
    answered(place, clock)
    clock.tick(timedelta(days=15))
    assert (give_up_callbacks(), matter().state) == (0, State.AWAITING)
    clock.tick(timedelta(days=1))
    assert (give_up_callbacks(), give_up_callbacks()) == (1, 0)
    assert (matter().state, matter().ending) == (State.CLOSED, Ending.NO_CALLBACK)
    assert TrailEntry.objects.filter(code="commitments.no_callback").count() == 1
    numbers = figures_page(place.town, "twelve").numbers
    assert [numbers[name].value for name in ("nobody", "no_callback", "asked")] == [
        1,
        1,
        1,
    ]
    shown = page(place, "dispatcher", f"case/{matter().number}/").content.decode()
    assert "没有回访结果" in shown


def test_one_that_comes_later_is_still_the_last_word(place, clock):
    answered(place, clock)
    clock.tick(timedelta(days=17))
    give_up_callbacks()
    bring(place, row(solved="解决", satisfied="满意"))
    assert matter().ending == Ending.SOLVED
    assert Order.objects.get().lapsed_at is None


def test_the_days_count_from_the_reply_and_without_days_it_waits(place, clock):
    order = answered(place, clock, days=None)
    clock.tick(timedelta(days=100))
    assert give_up_callbacks() == 0
    order.system.callback_days = 3
    order.system.save(update_fields=["callback_days"])
    note_sent_there(order.pk, actor=place.staff("handler"))
    assert give_up_callbacks() == 0
    clock.tick(timedelta(days=4))
    assert give_up_callbacks() == 1


def test_what_has_an_answer_or_is_sealed_is_left(place, clock):
    answered(place, clock)
    bring(place, row(solved="未解决"))
    clock.tick(timedelta(days=40))
    assert give_up_callbacks() == 0
    assert matter().state == State.IN_HAND
    assert told("handler", place, "commitments.reopened") == 1
