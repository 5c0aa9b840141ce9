"""Deputies' suggestions: terms of their own, an opinion, a public answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.cases.tests.test_main_job import do
from luoshi.commitments.actions import dispatch_commitment
from luoshi.commitments.models import Commitment, State
from luoshi.conftest import Browser
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.towns import add_person
from luoshi.pledges.actions import Asked, receive_proposal, release_answer
from luoshi.pledges.models import Proposal
from luoshi.pledges.terms import months_later

PAPER = {
    "kind": "deputy",
    "session": "十九届人大五次会议",
    "number": "第12号",
    "movers": "领衔代表甲",
    "subject": "关于修缮东渠的建议",
    "text": "东渠多年没有清淤，请镇里修缮。",
}


def received(place, **more):
    asked = Asked(**PAPER | {"handed_on": date(2026, 3, 2)} | more)
    return receive_proposal(asked, actor=place.staff("dispatcher"))


def accepted(place):
    """Return a proposal of which the work was accepted, and its code."""
    receipt = received(place)
    told = {"organisation": place.office("Roads").pk, "category": place.category.pk}
    do(place, "dispatcher", receipt.case, "dispatch", **told)
    do(place, "handler", receipt.case, "take")
    do(place, "handler", receipt.case, "submit", words="东渠清淤两公里，补了护坡。")
    do(place, "inspector", receipt.case, "review")
    return receipt


def proposal_of(receipt):
    return Proposal.objects.get(case=receipt.case)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_months_later_is_the_same_day_or_the_last_one(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    following = later + timedelta(days=1)
    assert later.day == day.day or (later.day < day.day and following.day == 1)


@pytest.mark.parametrize(("hard", "month"), [(False, 6), (True, 9)])
def test_term_is_months_from_the_day_it_was_handed_over(place, hard, month):
    case = received(place, hard=hard).case
    dispatch_commitment(
        case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    due = Commitment.objects.get(pk=case.commitment_id).due_at
    assert (due.date().month, due.date().day) == (month, 2)


def test_a_town_writes_other_months(place):
    place.town.rules = place.town.rules | {"proposals": {"months": 2}}
    place.town.save(update_fields=["rules"])
    receipt = received(place)
    told = {"organisation": place.office("Roads").pk, "category": place.category.pk}
    assert do(place, "dispatcher", receipt.case, "dispatch", **told).due_at.month == 5


def test_liaison_enters_handler_does_not_and_a_number_is_one(place):
    with pytest.raises(NotAllowed):
        receive_proposal(
            Asked(**PAPER, handed_on=date(2026, 3, 2)), actor=place.staff("handler")
        )
    with pytest.raises(Refusal, match=r"pledges\.not_handed_yet"):
        received(place, handed_on=date(2026, 3, 3))
    add_person(
        place.town,
        username="qinghe-liaison",
        password="a-long-password",
        name="liaison",
        office="Office",
        title="liaison",
        roles=["congress"],
    )
    client = place.client("liaison")
    url = f"/{place.town.code}/work/proposals/"
    once = "只显示这一次"
    for _again in range(2):
        told = PAPER | {"handed_on": "2026-03-02", "phone": "13800001111"}
        assert client.post(f"{url}new/", told).status_code == 302
        assert once in client.get(url).content.decode()
    assert Proposal.objects.count() == 1
    assert once not in client.get(url).content.decode()


def test_deputys_one_answer_reopens_once_then_leader(place):
    receipt = accepted(place)
    resident = Browser()
    base = f"/{place.town.code}"
    resident.post(f"{base}/track/", {"code": receipt.code})
    page = resident.get(f"{base}/matter/").content.decode()
    assert "基本满意" in page
    assert 'name="satisfied"' not in page
    resident.post(f"{base}/matter/judge/", {"solved": "not", "words": "渠尾没清"})
    again = Commitment.objects.get(pk=receipt.case.commitment_id)
    assert (again.state, again.reopened) == (State.IN_HAND, 1)
    do(place, "handler", receipt.case, "submit", words="渠尾也清了")
    do(place, "inspector", receipt.case, "review")
    voice = receipt.reporter.pk
    told = {"reporter": voice, "solved": "not"}
    do(place, "dispatcher", receipt.case, "call", **told)
    again.refresh_from_db()
    assert again.with_leader
    page = place.client("dispatcher").get(f"{base}/work/proposals/").content.decode()
    assert "不满意" in page


def test_answer_is_public_only_when_accepted_checked_and_clean(place):
    early = received(place, number="第13号")
    releaser, actor = place.client("releaser"), place.staff("releaser")
    with pytest.raises(Refusal, match=r"pledges\.not_accepted_yet"):
        release_answer(proposal_of(early).pk, answer="x", checked=True, actor=actor)
    receipt = accepted(place)
    assert Notice.objects.filter(code="pledges.to_release").exists()
    one = proposal_of(receipt)
    public = f"/{place.town.code}/proposals/"
    assert "护坡" not in Browser().get(public).content.decode()
    url = f"/{place.town.code}/work/proposals/{one.pk}/"
    assert place.client("inspector").get(f"{url}answer/").status_code == 403
    assert "护坡" in releaser.get(f"{url}answer/").content.decode()
    for refused in (
        {"answer": "已修好"},
        {"answer": "已修好，问13800001111", "checked": "on"},
        {"answer": " ", "checked": "on"},
    ):
        assert releaser.post(f"{url}answer/", refused).status_code == 422
    assert not Proposal.objects.exclude(released_at=None).exists()
    told = {"answer": "东渠已清淤，护坡已补。", "checked": "on"}
    assert releaser.post(f"{url}answer/", told).status_code == 302
    page = Browser().get(public).content.decode()
    assert "护坡已补" in page
    assert "交到镇里2件，答复了1件" in page
    assert "还没说满不满意" in page
    assert TrailEntry.objects.filter(code="pledges.answer_released").count() == 1
    releaser.post(f"{url}withdraw/", {"why": ""})
    assert Proposal.objects.exclude(released_at=None).count() == 1
    releaser.post(f"{url}withdraw/", {"why": "写错了"})
    assert "护坡" not in Browser().get(public).content.decode()


def test_list_shows_what_is_visible_and_links_only_what_opens(place):
    receipt = accepted(place)
    url = f"/{place.town.code}/work/proposals/"
    assert receipt.case.number in place.client("handler").get(url).content.decode()
    assert receipt.case.number not in place.client("water").get(url).content.decode()
