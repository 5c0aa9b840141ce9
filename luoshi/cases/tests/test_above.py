"""Asking a higher body is no hand-back; an explanation stands beside what was late."""

from datetime import date, timedelta

import pytest

from luoshi.cases.tests.test_main_job import awaiting, dispatched, do
from luoshi.commitments import actions
from luoshi.commitments.actions import Above
from luoshi.commitments.models import Commitment, Explanation, Handback, HigherRequest
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal

ASKED = {
    "sort": "help",
    "body": "县水利局",
    "contact": "王科长 0570-1234567",
    "asked": "请派技术员看闸门",
    "until": date(2026, 3, 20),
}


def taken(place):
    case = dispatched(place).case
    do(place, "handler", case, "take")
    return case


def ask(place, case, who="handler", **more):
    above = Above(**ASKED | more)
    return actions.ask_higher(case.commitment_id, above=above, actor=place.staff(who))


def test_help_is_asked_and_answered_while_the_clock_goes_on(place):
    case = taken(place)
    due = Commitment.objects.get(pk=case.commitment_id).due_at
    with pytest.raises(NotAllowed):
        ask(place, case, "water")
    told = ASKED | {"until": "2026-03-20"}
    asked = do(place, "handler", case, "ask_higher", **told)
    assert (asked.due_at, asked.paused) == (due, False)
    with pytest.raises(NotAllowed):
        ask(place, case)
    page = place.client("handler").get(f"/{place.town.code}/work/case/{case.number}/")
    assert "县水利局" in page.content.decode()
    do(place, "handler", case, "higher_answer", answer="周五来人")
    one = HigherRequest.objects.get()
    assert (one.answer, one.pause) == ("周五来人", None)
    assert not Handback.objects.exists()
    assert TrailEntry.objects.filter(code="commitments.higher_answered").exists()
    leader = place.staff("leader").person
    assert Notice.objects.filter(
        code="commitments.higher_asked", person=leader
    ).exists()


def test_the_clock_stands_only_for_what_must_come_first(place, clock):
    case = taken(place)
    due = Commitment.objects.get(pk=case.commitment_id).due_at
    assert ask(place, case, waits=True, sort="lift").paused
    clock.tick(timedelta(days=2))
    leader = place.staff("leader")
    pk = case.commitment_id
    after = actions.note_higher_answer(pk, answer="县里来办", actor=leader)
    assert not after.paused
    # It stood on Monday and Tuesday; Monday, on which the term began, never counts.
    assert after.due_at == due + timedelta(days=1)


def test_an_answer_ends_no_other_pause(place):
    case = taken(place)
    ask(place, case)
    do(place, "handler", case, "pause", outside_body="供电公司", reason="等停电")
    with_answer = do(place, "handler", case, "higher_answer", answer="知道了")
    assert with_answer.paused
    with pytest.raises(Refusal, match=r"commitments\.paused_already"):
        ask(place, case, waits=True)


def test_only_a_day_to_come_and_a_named_body_are_asked(place):
    case = taken(place)
    with pytest.raises(Refusal, match=r"commitments\.day_past"):
        ask(place, case, until=date(2026, 3, 2))
    with pytest.raises(Refusal, match=r"commitments\.body_above_missing"):
        ask(place, case, body=" ")
    assert not HigherRequest.objects.exists()


def explain(place, case, who="handler", about="late", words="连下三天暴雨，路断了"):
    pk = case.commitment_id
    return actions.explain(pk, about=about, words=words, actor=place.staff(who))


def decide(place, case, who="leader", **told):
    told = {"accepted": True, "answer": ""} | told
    return actions.decide_explanation(
        case.commitment_id, actor=place.staff(who), **told
    )


def test_what_is_late_is_explained_and_a_leader_notes_it(place, clock):
    case = taken(place)
    with pytest.raises(NotAllowed):
        explain(place, case)
    clock.tick(timedelta(days=20))
    with pytest.raises(NotAllowed):
        explain(place, case, "water")
    with pytest.raises(Refusal, match=r"commitments\.nothing_of_that"):
        explain(place, case, about="reopened")
    told = {"about": "late", "words": "连下三天暴雨，路断了"}
    late = do(place, "handler", case, "explain", **told)
    with pytest.raises(NotAllowed):
        decide(place, case, "inspector")
    do(place, "leader", case, "decide_explanation", accepted="yes")
    one = Explanation.objects.get()
    assert (one.accepted, one.decided_by.name) == (True, "leader")
    # What happened stays counted as it was.
    assert Commitment.objects.get(pk=case.commitment_id).due_at == late.due_at
    client = place.client("dispatcher")
    inbox = client.get(f"/{place.town.code}/work/inbox/?view=late&whose=town")
    assert "说明成立" in inbox.content.decode()


def test_a_refusal_of_an_explanation_says_why(place, clock):
    case = taken(place)
    clock.tick(timedelta(days=20))
    explain(place, case)
    with pytest.raises(Refusal, match=r"commitments\.reason_missing"):
        decide(place, case, accepted=False)
    decide(place, case, accepted=False, answer="第三天就通车了")
    told = Notice.objects.filter(code="commitments.explanation_refused")
    assert told.filter(person=place.staff("handler").person).exists()
    with pytest.raises(NotAllowed):
        decide(place, case)


def test_not_solved_and_done_again_can_be_explained(place):
    receipt = awaiting(place)
    from luoshi.cases.actions import judge_case
    from luoshi.core.actors import RESIDENT

    told = {"solved": "not", "satisfied": "not", "words": ""}
    judge_case(receipt.reporter.pk, actor=RESIDENT, **told)
    explain(place, receipt.case, about="not_solved")
    decide(place, receipt.case)
    explain(place, receipt.case, about="reopened")
    assert Explanation.objects.count() == 2
