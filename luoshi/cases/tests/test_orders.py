"""Orders of other systems: by their number, with their clock, judged by call-back."""

from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest

from luoshi.cases.actions import judge_case
from luoshi.cases.actions.indexing import index_case_within
from luoshi.cases.actions.orders import KEPT, MOMENTS, bring_order
from luoshi.cases.models import Case, Order
from luoshi.cases.orders.bring import import_orders
from luoshi.cases.orders.read import OrderRow
from luoshi.cases.orders.systems import FIRST, system_within
from luoshi.cases.queries import search_cases
from luoshi.commitments import actions
from luoshi.commitments.actions import dispatch_desk
from luoshi.commitments.models import Commitment, Ending, State
from luoshi.commitments.queries import light_of
from luoshi.core.actors import OPERATOR
from luoshi.core.clock import moment_of
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.sheets import BadSheet
from luoshi.core.trail import entries_of, words_of

HEADER = ["工单编号", "受理时间", "来电人", "联系电话", "标题", "诉求内容"]
HEADER += [
    "事发地址",
    "紧急程度",
    "办理时限",
    "工单状态",
    "办结时间",
    "回访结果",
    "满意度",
]


def row(**told):
    first = OrderRow(
        number="DH1",
        received=moment_of("2026-03-02 08:00"),
        due=moment_of("2026-03-09 08:00"),
        name="王女士",
        phone="13800001111",
        subject="路灯不亮",
        text="村口三盏路灯不亮",
        place="Qingxi村口",
        urgency="一般",
        state="办理中",
        has=frozenset({*KEPT, *MOMENTS, "name", "phone"}),
    )
    return replace(first, **told)


def bring(place, one):
    system = system_within(place.town, FIRST)
    return bring_order(system, one, dispatch_desk(place.town), actor=OPERATOR)


def matter():
    return Commitment.objects.get(pk=Case.objects.get().commitment_id)


def dispatch(place):
    actions.dispatch_commitment(
        matter().pk,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )


def finish(place):
    pk, handler = matter().pk, place.staff("handler")
    if matter().state == State.ASSIGNED:
        actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="换了灯", actor=handler)
    actions.accept_commitment(pk, actor=place.staff("inspector"))


def told(who, place, code):
    rows = Notice.objects.filter(code=code, person=place.staff(who).person)
    return rows.filter(channel="inbox").count()


def sheet(path, *rows, header=HEADER, before=(["导出"], [])):
    book = openpyxl.Workbook()
    for one in [*before, header, *rows]:
        book.active.append(one)
    book.save(path)
    return path


def line(number, text="水井坏了", **more):
    said = {"工单编号": number, "受理时间": "2026/03/01 11:33", "诉求内容": text}
    said |= {"办理时限": "2026-03-09 11:33:00", "工单状态": "办理中"} | more
    return [said.get(name) for name in HEADER]


def load(place, path):
    return import_orders(
        system_within(place.town, FIRST),
        path,
        actor=OPERATOR,
        rejects=path.with_name("rejects.xlsx"),
    )


def test_an_order_becomes_a_case_once_and_the_same_number_never_doubles(place):
    assert bring(place, row()) == "added"
    assert bring(place, row()) == "unchanged"
    assert bring(place, row(state="待签收")) == "updated"
    order = Order.objects.get()
    assert (order.number, order.state) == ("DH1", "待签收")
    assert order.case.village == place.village
    assert order.case.received_at == moment_of("2026-03-02 08:00")


def test_the_sooner_day_governs_before_dispatch_and_the_citys_after(place):
    bring(place, row())
    reply = matter()
    # The town answers within a workday whatever the city's day is.
    assert reply.due_at < moment_of("2026-03-09 08:00")
    assert reply.own_due_at is None
    dispatch(place)
    after = matter()
    assert after.due_at == moment_of("2026-03-09 08:00")
    assert after.own_due_at == moment_of("2026-03-11 17:30")
    assert after.started_at == moment_of("2026-03-02 08:00")


def test_the_light_follows_the_citys_day(place, clock):
    bring(place, row(due=moment_of("2026-03-03 08:00")))
    dispatch(place)
    assert light_of(matter()).name == "ok"
    clock.tick(timedelta(hours=17))
    assert light_of(matter()).name == "soon"
    clock.tick(timedelta(hours=8))
    assert light_of(matter()).name == "late"


def test_nobody_here_moves_the_citys_day(place):
    bring(place, row())
    dispatch(place)
    handler = place.staff("handler")
    actions.take_commitment(matter().pk, actor=handler)
    with pytest.raises(Refusal, match="outside_clock"):
        actions.extend_commitment(matter().pk, amount=1, reason="x", actor=handler)
    with pytest.raises(Refusal, match="outside_clock"):
        actions.pause_commitment(
            matter().pk, outside_body="x", reason="x", actor=handler
        )
    bring(place, row(due=moment_of("2026-03-12 08:00")))
    after = matter()
    assert (after.due_at, after.state) == (moment_of("2026-03-12 08:00"), State.TAKEN)
    assert told("handler", place, "cases.order_changed") == 1


def test_a_changed_text_is_shown_found_and_told_and_the_first_one_stays(place):
    bring(place, row())
    dispatch(place)
    bring(place, row(text="村口三盏路灯不亮，还有一处漏电"))
    case = Case.objects.get()
    assert case.text == "村口三盏路灯不亮"
    entry = entries_of(matter())[0]
    assert entry.code == "cases.order_changed"
    assert "漏电" in words_of(entry)
    # Also when it is indexed anew for another reason, such as a recording.
    for again in (False, True):
        if again:
            index_case_within(case)
        seen = search_cases(place.staff("dispatcher"), "漏电")
        assert [one.pk for one in seen] == [case.pk]
    assert told("handler", place, "cases.order_changed") == 1
    assert matter().state == State.ASSIGNED


def test_a_withdrawal_there_is_told_and_leaves_our_state_alone(place):
    bring(place, row())
    dispatch(place)
    bring(place, row(state="已撤单"))
    after = matter()
    assert (after.state, after.outside_due_at) == (State.ASSIGNED, None)
    assert after.due_at == moment_of("2026-03-11 17:30")
    assert told("handler", place, "cases.order_withdrawn") == 1
    assert TrailEntry.objects.filter(code="cases.order_withdrawn").count() == 1
    bring(place, row(state="已撤单", place="x"))
    assert told("handler", place, "cases.order_withdrawn") == 1


def test_what_is_over_there_comes_in_as_history_and_what_nobody_took_ends(place):
    over = {"state": "已办结", "ended": moment_of("2026-03-02 08:30")}
    bring(place, row(**over))
    assert matter().ending == Ending.HISTORY
    assert matter().closed_at == over["ended"]
    bring(place, row(number="DH2", text="水井坏了"))
    bring(place, row(number="DH2", text="水井坏了", **over))
    second = Case.objects.get(text="水井坏了").commitment
    assert (second.state, second.ending) == (State.CLOSED, Ending.HISTORY)


def test_the_call_back_is_the_verdict_and_nobody_is_asked_twice(place):
    bring(place, row())
    dispatch(place)
    finish(place)
    reporter = Case.objects.get().reporters.get()
    with pytest.raises(Refusal, match="asked_there"):
        judge_case(reporter.pk, solved="solved", satisfied="satisfied")
    with pytest.raises(NotAllowed):
        actions.note_call_attempt(matter().pk, actor=place.staff("inspector"))
    bring(place, row(solved="解决", satisfied="基本满意"))
    after = matter()
    assert (after.state, after.ending) == (State.CLOSED, Ending.SOLVED)
    assert after.satisfied == "neutral"
    verdict = after.verdicts.get()
    assert (verdict.channel, verdict.caller) == ("system", None)
    assert TrailEntry.objects.filter(code="commitments.judged_outside").count() == 1


def test_a_call_back_that_comes_early_waits_for_the_acceptance(place):
    bring(place, row())
    dispatch(place)
    bring(place, row(solved="部分解决"))
    assert matter().state == State.ASSIGNED
    finish(place)
    after = matter()
    assert (after.ending, after.satisfied) == (Ending.PARTLY, "")


def test_not_solved_there_reopens_here_and_the_next_word_closes(place, clock):
    bring(place, row())
    dispatch(place)
    finish(place)
    bring(place, row(solved="未解决"))
    assert (matter().state, matter().reopened) == (State.IN_HAND, 1)
    clock.tick(timedelta(days=1))
    finish(place)
    # The same call-back is not taken for the second round.
    assert matter().state == State.AWAITING
    bring(place, row(solved="解决", satisfied="满意"))
    assert (matter().ending, matter().satisfied) == (Ending.SOLVED, "satisfied")


def test_a_call_back_that_reached_nobody_ends_the_asking(place):
    bring(place, row())
    dispatch(place)
    finish(place)
    bring(place, row(solved="未接通"))
    assert matter().ending == Ending.NO_VERDICT
    assert not matter().verdicts.exists()


@pytest.mark.parametrize(
    ("later", "state", "ending"),
    [
        ("未解决", State.IN_HAND, ""),
        ("部分解决", State.CLOSED, Ending.PARTLY),
        ("解决", State.CLOSED, Ending.SOLVED),
        ("不知道什么", State.CLOSED, Ending.SOLVED),
    ],
)
def test_a_later_call_back_is_the_last_word(place, later, state, ending):
    bring(place, row())
    dispatch(place)
    finish(place)
    bring(place, row(solved="解决"))
    bring(place, row(solved=later))
    assert (matter().state, matter().ending) == (state, ending)
    assert (matter().closed_at is None) == (state != State.CLOSED)


def test_a_file_counts_each_row_and_the_newest_of_a_number_wins(place, tmp_path):
    path = sheet(
        tmp_path / "a.xlsx",
        line("1"),
        line("2", 工单状态="已办结", 办结时间="2026-03-02 08:00"),
        line("2", 工单状态="办理中"),
        line("1"),
        line("3", 工单状态="待签收"),
        line("3", 工单状态="办理中"),
        line("", "没有编号"),
        line("5", 受理时间="昨天"),
    )
    result = load(place, path)
    assert (result.read, result.added, result.updated) == (8, 3, 2)
    assert (result.unchanged, result.rejected, result.twice) == (1, 2, 3)
    assert {one.number: one.state for one in Order.objects.all()} == {
        "1": "办理中",
        "2": "已办结",
        "3": "办理中",
    }
    left = openpyxl.load_workbook(result.rejects_file).active
    reasons = [one[-1] for one in left.iter_rows(min_row=2, values_only=True)]
    assert reasons == ["没有编号", "时间“昨天”认不出来"]
    again = load(place, path)
    assert (again.added, again.read) == (0, 8)


def test_a_column_with_another_name_is_found_once_the_town_says_so(place, tmp_path):
    header = ["台账号" if name == "工单编号" else name for name in HEADER]
    path = sheet(tmp_path / "a.xlsx", line("1"), header=header)
    with pytest.raises(BadSheet):
        load(place, path)
    system = system_within(place.town, FIRST)
    system.columns = {"number": ["台账号"]}
    system.save(update_fields=["columns"])
    assert load(place, path).added == 1


def test_a_system_of_another_town_has_its_own_numbers(place):
    from django_scopes import scope

    from luoshi.conftest import build_town

    bring(place, row())
    other = build_town("other")
    with scope(town=other.town):
        assert bring(other, row(place="")) == "added"
        assert Order.objects.count() == 1
    assert Order.objects.count() == 1
