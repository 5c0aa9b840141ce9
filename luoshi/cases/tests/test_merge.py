"""Merging: each voice under one head, every answer to all, undone to the row."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.cases.actions import judge_case, receive_case, reply_to_reporters
from luoshi.cases.models import Case
from luoshi.cases.queries import tracking_of
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, Merge, State
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal

KEPT = ("state", "closed_at", "ending", "due_at", "counted_from", "started_at")


def told(place, text="路灯不亮", **more):
    return receive_case(
        **dict(town=place.town, text=text, actor=RESIDENT, channel="web"),
        **dict(village=place.village, **more),
    )


def rows():
    """Return what an undoing must bring back, by number."""
    found = {c.number: [getattr(c, k) for k in KEPT] for c in Commitment.objects.all()}
    heads = dict(Case.objects.values_list("number", "commitment__number"))
    return found, heads


def merge(place, one, head, who="dispatcher"):
    return actions.merge_commitments(
        one.case.commitment_id, head_id=head.case.commitment_id, actor=place.staff(who)
    )


def test_only_a_dispatcher_merges_and_never_in_a_circle(place):
    a, b = told(place), told(place)
    with pytest.raises(NotAllowed):
        merge(place, a, b, who="handler")
    with pytest.raises(Refusal):
        merge(place, a, a)
    merge(place, a, b)
    with pytest.raises(Refusal):
        merge(place, b, a)
    codes = TrailEntry.objects.values_list("code", flat=True)
    assert {"commitments.merged", "commitments.took_in"} <= set(codes)


def test_everybody_hears_every_answer_and_only_own_words(place, clock):
    a = told(place, "东头路灯坏了", phone="13800001111", answer="sms")
    clock.tick(timedelta(hours=30))
    b = told(place, "西头的灯也坏了", phone="13800002222", answer="sms")
    merge(place, a, b)
    head = Commitment.objects.get(pk=b.case.commitment_id)
    assert head.started_at == a.case.received_at, "the first word counts"
    case = Case.objects.get(pk=b.case.pk)
    reply_to_reporters(case.pk, text="明天来修", actor=place.staff("dispatcher"))
    for receipt, other in ((a, "西头"), (b, "东头")):
        lines = tracking_of(receipt.reporter)
        said = " ".join(line.words for line in lines.lines)
        assert "明天来修" in said and other not in said + lines.case.text
    sms = Notice.objects.filter(channel="sms", code="cases.replied")
    assert sms.count() == 2
    assert Notice.objects.filter(channel="sms", code="cases.merged").count() == 1
    page = place.client("dispatcher").get(
        f"/{place.town.code}/work/case/{case.number}/"
    )
    text = page.content.decode()
    assert "东头路灯坏了" in text and "西头的灯也坏了" in text
    assert text.count("明天来修") == 1


def test_undone_after_a_reply_each_keeps_what_was_said(place):
    a, b = told(place), told(place)
    before = rows()
    merged = merge(place, a, b)
    reply_to_reporters(b.case.pk, text="一起修", actor=place.staff("dispatcher"))
    with pytest.raises(NotAllowed):
        actions.undo_merge(merged.pk, actor=place.staff("handler"))
    actions.undo_merge(merged.pk, actor=place.staff("dispatcher"))
    assert rows() == before
    for receipt in (a, b):
        said = [line.words for line in tracking_of(receipt.reporter).lines]
        assert "一起修" in said
    with pytest.raises(Refusal):
        actions.undo_merge(merged.pk, actor=place.staff("dispatcher"))


def test_no_undo_after_a_verdict(place):
    a, b = told(place), told(place)
    merged = merge(place, a, b)
    pk, handler = b.case.commitment_id, place.staff("handler")
    actions.dispatch_commitment(
        pk,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="修好了", actor=handler)
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    judge_case(a.reporter.pk, solved="solved", satisfied="satisfied")
    assert Commitment.objects.get(pk=pk).state == State.AWAITING, "b has not judged"
    with pytest.raises(Refusal):
        actions.undo_merge(merged.pk, actor=place.staff("dispatcher"))
    judge_case(b.reporter.pk, solved="partly", satisfied="neutral")
    assert Commitment.objects.get(pk=pk).ending == "solved"


def test_files_of_a_merged_case_open_for_staff_and_for_its_own_reporter(place):
    a, b = told(place), told(place)
    merge(place, a, b)
    url = f"/{place.town.code}/work/case/{a.case.number}/"
    assert place.client("dispatcher").get(url).status_code == 200
    assert place.client("handler").get(url).status_code == 404
    merge_page = f"/{place.town.code}/work/case/{b.case.number}/merge/"
    c = told(place)
    client = place.client("dispatcher")
    assert c.case.number in client.get(merge_page).content.decode()
    assert client.post(merge_page, {"head": c.case.number}).status_code == 302
    # a went along with b, under c; the later one is undone first.
    undo = f"/{place.town.code}/work/case/%s/unmerge/"
    assert client.post(undo % a.case.number).status_code != 302
    assert client.post(undo % b.case.number).status_code == 302
    assert client.post(undo % a.case.number).status_code == 302
    heads = dict(Case.objects.values_list("number", "commitment__number"))
    assert all(number == head for number, head in heads.items())


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6), st.data())
def test_undoing_all_brings_every_row_back(place, clock, pairs, data):
    cases = []
    for _number in range(4):
        cases.append(told(place))
        clock.tick(timedelta(hours=data.draw(st.integers(1, 30))))
    numbers = {one.case.number for one in cases}
    before = rows()
    done = []
    for one, head in pairs:
        try:
            done.append(merge(place, cases[one], cases[head]).pk)
        except Refusal:
            continue
    # In any order: what must wait is refused and tried again.
    waiting = data.draw(st.permutations(done)) if done else []
    for _round in range(len(done) + 1):
        for pk in list(waiting):
            try:
                actions.undo_merge(pk, actor=place.staff("dispatcher"))
            except Refusal:
                continue
            waiting.remove(pk)
    assert not waiting
    assert not Merge.objects.filter(pk__in=done, undone_at=None).exists()
    after = rows()
    for number in numbers:
        assert after[0][number] == before[0][number]
        assert after[1][number] == before[1][number]
