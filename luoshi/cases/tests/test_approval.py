"""Words asked for on the way, deputies, and that nothing waits for who is away."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.cases.actions import receive_case
from luoshi.cases.queries import cases_visible_to, tracking_of
from luoshi.commitments import actions
from luoshi.commitments.models import Approval, Commitment, Deputy, PathRule, State
from luoshi.commitments.queries import words_asked_of
from luoshi.commitments.queries.deputies import follow
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.towns import add_person

ALL = actions.Words(propose=True, instruct=True, sign=True)


@pytest.fixture
def town(place):
    """Give the town somebody who proposes, and a second leader."""
    for who, role in (("clerk", "proposer"), ("second", "leader")):
        add_person(
            place.town,
            username=f"qinghe-{who}",
            password="a-long-password",
            name=who,
            office="Office",
            title=who,
            roles=[role],
        )
    return place


def needs(place, words=ALL, *, category=None, urgent=False):
    return actions.set_path(
        category, urgent=urgent, words=words, actor=place.staff("administrator")
    )


def told(place):
    return receive_case(
        town=place.town,
        text="路灯不亮",
        actor=RESIDENT,
        channel="web",
        village=place.village,
    )


def dispatch(place, pk, **more):
    return actions.dispatch_commitment(
        pk,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
        **more,
    )


def codes(one):
    rows = TrailEntry.objects.filter(
        subject_kind="commitments.commitment", subject_id=one.pk
    )
    return list(rows.order_by("pk").values_list("code", flat=True))


def away(place, who, deputy, days=3):
    start = date(2026, 3, 2)
    return actions.name_deputy(
        place.staff(who).person.pk,
        deputy_id=place.staff(deputy).person.pk,
        since=start,
        until=start + timedelta(days=days),
        actor=place.staff(who),
    )


def test_without_a_rule_nothing_waits(town):
    pk = told(town).case.commitment_id
    assert dispatch(town, pk).state == State.ASSIGNED
    assert not Approval.objects.exists()


def test_the_whole_path_on_one_clock(town, clock):
    needs(town)
    receipt = told(town)
    pk = receipt.case.commitment_id
    assert not cases_visible_to(town.staff("leader")).exists()
    one = dispatch(town, pk, words="先看变压器")
    assert one.state == State.RECEIVED
    assert [w.approval.stage for w in words_asked_of(town.staff("clerk"))] == [
        "propose"
    ]
    with pytest.raises(Refusal) as caught:
        dispatch(town, pk)
    assert caught.value.code == "commitments.waits_for_word"
    with pytest.raises(NotAllowed):
        actions.give_word(pk, actor=town.staff("leader"))
    clock.tick(timedelta(hours=2))
    actions.give_word(pk, words="交村建办", actor=town.staff("clerk"))
    assert cases_visible_to(town.staff("leader")).exists()
    clock.tick(timedelta(hours=3))
    one = actions.give_word(pk, actor=town.staff("leader"))
    assert one.state == State.ASSIGNED
    assert one.owner_organisation == town.office("Roads")
    assert one.started_at == receipt.case.received_at
    lay = [
        (hop.person.name, round((hop.until - hop.since).total_seconds() / 3600))
        for hop in one.hops.order_by("pk")
        if hop.until
    ]
    assert lay == [("dispatcher", 0), ("clerk", 2), ("leader", 3)]
    # The words of the plan are in the trail, and nowhere else.
    assert not Approval.objects.exclude(plan={}).exists()
    handler = town.staff("handler")
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="换了灯", actor=handler)
    assert not tracking_of(receipt.reporter).evidence
    with pytest.raises(Refusal):
        actions.accept_commitment(pk, actor=town.staff("inspector"))
    actions.give_word(pk, actor=town.staff("leader"))
    assert len(tracking_of(receipt.reporter).evidence) == 1
    one = actions.accept_commitment(pk, actor=town.staff("inspector"))
    assert one.state == State.AWAITING
    assert [code.split(".")[1] for code in codes(one)][1:6] == [
        *("asked_propose", "word_propose", "asked_instruct", "word_instruct"),
        "dispatched",
    ]


def test_the_deputy_acts_for_who_is_away_and_the_trail_names_both(town):
    needs(town, actions.Words(instruct=True))
    pk = told(town).case.commitment_id
    away(town, "second", "clerk")
    away(town, "leader", "clerk")
    dispatch(town, pk)
    with pytest.raises(NotAllowed):
        actions.give_word(pk, actor=town.staff("inspector"))
    asked = words_asked_of(town.staff("clerk"))
    assert [one.approval.commitment_id for one in asked] == [pk]
    one = actions.give_word(pk, actor=town.staff("clerk"))
    assert one.state == State.ASSIGNED
    assert "commitments.word_instruct_for" in codes(one)
    entry = TrailEntry.objects.get(code="commitments.word_instruct_for")
    assert (entry.person.name, entry.data["person"]) == ("clerk", "leader")
    told_of = Notice.objects.filter(code="commitments.word_asked")
    assert {notice.person.name for notice in told_of} == {"leader", "clerk"}


def test_who_is_there_is_asked_before_who_is_away(town):
    needs(town, actions.Words(instruct=True))
    away(town, "leader", "clerk")
    pk = told(town).case.commitment_id
    dispatch(town, pk)
    assert Approval.objects.get().person.name == "second"


def test_a_deputy_acts_on_the_named_days_only(town, clock):
    needs(town, actions.Words(instruct=True))
    away(town, "second", "clerk", days=0)
    away(town, "leader", "clerk", days=0)
    pk = told(town).case.commitment_id
    dispatch(town, pk)
    clock.tick(timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.give_word(pk, actor=town.staff("clerk"))
    assert actions.give_word(pk, actor=town.staff("leader")).state == State.ASSIGNED


def test_who_names_a_deputy(town):
    leader, clerk = town.staff("leader").person, town.staff("clerk").person
    days = {"since": date(2026, 3, 2), "until": date(2026, 3, 3)}
    for actor, deputy, code in (
        ("handler", clerk, "commitments.not_your_deputy"),
        ("leader", leader, "commitments.deputy_oneself"),
    ):
        with pytest.raises(Refusal) as caught:
            actions.name_deputy(
                leader.pk, deputy_id=deputy.pk, actor=town.staff(actor), **days
            )
        assert caught.value.code == code
    row = actions.name_deputy(
        leader.pk, deputy_id=clerk.pk, actor=town.staff("administrator"), **days
    )
    with pytest.raises(Refusal) as caught:
        away(town, "leader", "handler")
    assert caught.value.code == "commitments.deputy_named_already"
    with pytest.raises(NotAllowed):
        actions.end_deputy(row.pk, actor=town.staff("clerk"))
    actions.end_deputy(row.pk, actor=town.staff("leader"))
    assert away(town, "leader", "handler").pk != row.pk
    assert Deputy.objects.count() == 2
    assert TrailEntry.objects.filter(code="commitments.deputy_named").count() == 2
    assert Notice.objects.filter(code="commitments.you_are_deputy").count() == 2


def test_returned_it_lies_at_the_desk_again(town):
    needs(town, actions.Words(instruct=True))
    pk = told(town).case.commitment_id
    dispatch(town, pk)
    with pytest.raises(Refusal):
        actions.return_word(pk, reason=" ", actor=town.staff("leader"))
    one = actions.return_word(pk, reason="归水务站", actor=town.staff("leader"))
    assert one.state == State.RECEIVED
    assert one.hops.get(until=None).person.name == "dispatcher"
    dispatch(town, pk)
    assert Approval.objects.count() == 2


def test_an_answer_returned_is_written_anew_and_was_never_read(town):
    needs(town, actions.Words(sign=True))
    receipt = told(town)
    pk, handler = receipt.case.commitment_id, town.staff("handler")
    dispatch(town, pk)
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="写错了", actor=handler)
    with pytest.raises(NotAllowed):
        actions.give_word(pk, actor=handler)
    one = actions.return_word(pk, reason="说清楚", actor=town.staff("leader"))
    assert (one.state, one.hops.get(until=None).person.name) == (
        State.IN_HAND,
        "handler",
    )
    actions.submit_commitment(pk, words="换了三盏", actor=handler)
    actions.give_word(pk, actor=town.staff("leader"))
    shown = [row.words for row, _files in tracking_of(receipt.reporter).evidence]
    assert shown == ["换了三盏"]


def test_the_dispatcher_takes_the_question_back(town):
    needs(town)
    pk = told(town).case.commitment_id
    dispatch(town, pk)
    with pytest.raises(NotAllowed):
        actions.recall_word(pk, actor=town.staff("clerk"))
    one = actions.recall_word(pk, actor=town.staff("dispatcher"))
    assert one.hops.get(until=None).person.name == "dispatcher"
    actions.pass_to_destination(
        pk, destination="县供电公司", actor=town.staff("dispatcher")
    )
    assert Approval.objects.get().outcome == "recalled"


def test_the_rule_of_the_category_stands_above_that_of_the_others(town):
    needs(town)
    needs(town, actions.Words(), category=town.category)
    assert dispatch(town, told(town).case.commitment_id).state == State.ASSIGNED
    needs(town, actions.Words(instruct=True), category=town.category, urgent=True)
    one = dispatch(town, told(town).case.commitment_id, urgent=True)
    assert one.state == State.RECEIVED
    with pytest.raises(NotAllowed):
        actions.set_path(None, urgent=False, words=ALL, actor=town.staff("leader"))
    for rule in PathRule.objects.all():
        actions.remove_path(rule.pk, actor=town.staff("administrator"))
    one = dispatch(town, told(town).case.commitment_id, urgent=True)
    assert one.state == State.ASSIGNED


def test_one_click_on_the_page(town):
    needs(town)
    receipt = told(town)
    pk, number = receipt.case.commitment_id, receipt.case.number
    dispatch(town, pk)
    client = town.client("clerk")
    assert number in client.get("/qinghe/work/").content.decode()
    page = client.get(f"/qinghe/work/case/{number}/")
    assert page.status_code == 200 and 'id="word"' in page.content.decode()
    url = f"/qinghe/work/case/{number}/do/give_word/"
    assert town.client("handler").post(url, {}).status_code == 404
    version = Commitment.objects.get(pk=pk).version
    assert client.post(url, {"version": version}).status_code == 302
    assert Approval.objects.get(given_at=None).stage == "instruct"


def test_who_leaves_leaves_no_word_waiting(town):
    from luoshi.core.hooks import hand_over_all, open_work

    needs(town, actions.Words(instruct=True))
    pk = told(town).case.commitment_id
    dispatch(town, pk)
    leader, second = town.staff("leader").person, town.staff("second").person
    assert open_work(leader) == 1
    hand_over_all(leader, second, town.staff("administrator"))
    assert actions.give_word(pk, actor=town.staff("second")).state == State.ASSIGNED


@given(st.dictionaries(st.integers(0, 6), st.integers(0, 6), max_size=7))
def test_deputies_end_at_somebody_who_is_there(named):
    named = {away: acts for away, acts in named.items() if away != acts}
    for absent, acts in follow(named).items():
        assert absent in named
        assert acts not in named


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
    st.lists(st.sampled_from(["give", "return", "recall", "on"]), max_size=10),
)
def test_whatever_is_clicked_one_desk_holds_it_and_no_needed_word_is_left_out(
    town, wanted, clicks
):
    needs(town, actions.Words(*wanted))
    pk = told(town).case.commitment_id
    handler, dispatcher = town.staff("handler"), town.staff("dispatcher")
    for click in ["on", *clicks]:
        one = Commitment.objects.get(pk=pk)
        asked = one.approvals.filter(given_at=None).first()
        actor = town.staff(asked.person.name) if asked else dispatcher
        try:
            if click == "give":
                actions.give_word(pk, actor=actor)
            elif click == "return":
                actions.return_word(pk, reason="不对", actor=actor)
            elif click == "recall":
                actions.recall_word(pk, actor=dispatcher)
            elif one.state == State.RECEIVED:
                dispatch(town, pk)
            elif one.state == State.ASSIGNED:
                actions.take_commitment(pk, actor=handler)
            elif one.state in (State.TAKEN, State.IN_HAND):
                actions.submit_commitment(pk, words="好了", actor=handler)
            else:
                actions.accept_commitment(pk, actor=town.staff("inspector"))
        except Refusal:
            pass
        one = Commitment.objects.get(pk=pk)
        asked = one.approvals.filter(given_at=None).first()
        assert one.hops.get(until=None).person == (asked.person if asked else one.owner)
        agreed = set(
            one.approvals.filter(outcome="agreed").values_list("stage", flat=True)
        )
        if one.state != State.RECEIVED:
            assert asked is None or asked.stage == "sign"
            assert not wanted[0] or "propose" in agreed
            assert not wanted[1] or "instruct" in agreed
        if one.state == State.AWAITING:
            assert not wanted[2] or "sign" in agreed
