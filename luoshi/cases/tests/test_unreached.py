"""A message that does not arrive: shown, listed, sent again, told another way."""

import uuid
from datetime import timedelta

import pytest

from luoshi.cases.actions import (
    correct_contact,
    erase_case,
    erase_contacts,
    judge_case,
    reply_to_reporters,
)
from luoshi.cases.models import Case
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.commitments import actions
from luoshi.core.clock import now
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.notices import inbox_of, leave_notices, sweep, why_not_sent
from luoshi.core.notices.adapters import ADAPTERS, NotSent
from luoshi.core.refusals import NotAllowed, Refusal

PHONE = "13812345678"
GIVEN = "commitments.given_to_you"


@pytest.fixture
def broken(monkeypatch):
    """Let each text message fail as if the gateway did not answer."""

    def fail(_notice):
        raise ConnectionRefusedError(111, "no line")

    monkeypatch.setitem(ADAPTERS, Notice.Channel.SMS, fail)


def fail_all(clock):
    for _try in range(9):
        sweep()
        clock.tick(timedelta(hours=5))


def unsent(place, clock):
    """Return a dispatched case whose reply did not reach the person."""
    receipt = dispatched(place)
    case = Case.objects.get(pk=receipt.case.pk)
    correct_contact(
        receipt.reporter.pk,
        name="王建国",
        phone=PHONE,
        answer="sms",
        actor=place.staff("dispatcher"),
    )
    reply_to_reporters(case.pk, text="明天来修", actor=place.staff("dispatcher"))
    fail_all(clock)
    return case, Notice.objects.get(channel="sms")


def test_what_did_not_arrive_stands_on_the_page_and_in_the_list(place, clock, broken):
    case, notice = unsent(place, clock)
    assert (notice.state, notice.attempts) == ("failed", 8)
    page = place.client("handler").get(f"/{place.town.code}/work/case/{case.number}/")
    text = page.content.decode()
    assert "138****5678" in text and PHONE not in text
    assert "试了8次没发出去：对方没有应答。" in text
    listed = {
        who: case.number
        in place.client(who).get(f"/{place.town.code}/work/unreached/").content.decode()
        for who in ("dispatcher", "inspector", "handler", "water", "leader")
    }
    assert listed == {
        "dispatcher": True,
        "inspector": True,
        "handler": True,
        "water": False,
        "leader": False,
    }
    today = place.client("dispatcher").get(f"/{place.town.code}/work/")
    assert "有1条发给群众的短信没发出去" in today.content.decode()


def test_it_is_sent_again_by_who_may_and_only_while_it_failed(
    place, clock, broken, monkeypatch
):
    case, notice = unsent(place, clock)
    base = f"/{place.town.code}/work/case/{case.number}/notice/{notice.pk}/"
    assert place.client("water").post(f"{base}again/").status_code == 404
    assert place.client("leader").post(f"{base}again/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.send_again(notice.pk, actor=place.staff("leader"))
    sent = []
    monkeypatch.setitem(
        ADAPTERS, Notice.Channel.SMS, lambda one: sent.append(one.message_id)
    )
    assert sweep() == 0
    assert place.client("handler").post(f"{base}again/").status_code == 302
    entry = TrailEntry.objects.get(code="commitments.notice_again")
    assert entry.data == {"channel": "sms"}
    assert entry.subject_id == case.commitment_id
    assert sweep() == 1
    assert sent == [notice.message_id], "the same id, so that a repeat is dropped"
    with pytest.raises(Refusal, match="notice_moved"):
        actions.send_again(notice.pk, actor=place.staff("dispatcher"))
    page = place.client("dispatcher").get(f"/{place.town.code}/work/unreached/")
    assert case.number not in page.content.decode()


def test_who_was_told_another_way_leaves_the_list_with_a_trail(place, clock, broken):
    case, notice = unsent(place, clock)
    base = f"/{place.town.code}/work/case/{case.number}/notice/{notice.pk}/"
    url = f"/{place.town.code}/work/unreached/"
    assert place.client("water").post(f"{base}told/").status_code == 404
    client = place.client("dispatcher")
    answer = client.post(f"{base}told/", {"from": "list"})
    assert answer.headers["Location"] == url
    assert TrailEntry.objects.filter(code="commitments.told_otherwise").count() == 1
    assert case.number not in client.get(url).content.decode()
    assert client.post(f"{base}told/").status_code == 302
    assert TrailEntry.objects.filter(code="commitments.told_otherwise").count() == 1


def test_what_was_erased_is_never_sent_and_names_nothing(place, clock, broken):
    case, notice = unsent(place, clock)
    erase_contacts(case.pk, reason="asked", actor=place.staff("dispatcher"))
    notice.refresh_from_db()
    assert (notice.state, notice.address) == ("dropped", None)
    with pytest.raises(Refusal, match="notice_erased"):
        actions.send_again(notice.pk, actor=place.staff("dispatcher"))
    client = place.client("dispatcher")
    assert (
        case.number
        not in client.get(f"/{place.town.code}/work/unreached/").content.decode()
    )
    page = client.get(f"/{place.town.code}/work/case/{case.number}/")
    assert "电话已删除" in page.content.decode()


def test_an_erased_case_is_named_by_its_number_in_old_notices(place):
    receipt = awaiting(place)
    judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    case = Case.objects.get(pk=receipt.case.pk)
    assert Notice.objects.filter(data__title="路灯不亮").exists()
    erase_case(case.pk, reason="asked", actor=place.staff("dispatcher"))
    titles = {one.data["title"] for one in Notice.objects.all() if "title" in one.data}
    assert titles == {case.number}


def test_a_notice_of_another_matter_is_not_found_under_this_one(place, clock, broken):
    _case, notice = unsent(place, clock)
    other = dispatched(place).case
    url = f"/{place.town.code}/work/case/{other.number}/notice/{notice.pk}/again/"
    assert place.client("dispatcher").post(url).status_code == 404


def test_the_list_of_who_was_told_needs_no_more_queries_when_it_grows(
    place, django_assert_max_num_queries
):
    case = dispatched(place).case
    url = f"/{place.town.code}/work/case/{case.number}/"
    client = place.client("dispatcher")
    client.get(url)
    owner = Case.objects.get(pk=case.pk).commitment.owner
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    # Now: the next request empties the log.
    needed = len(few)
    for _notice in range(300):
        leave_notices(
            Case.objects.get(pk=case.pk).commitment,
            GIVEN,
            [owner],
            number=case.number,
            title="x",
        )
    client.get(url)
    with django_assert_max_num_queries(needed):
        page = client.get(url)
    assert "告诉了谁：60条通知" in page.content.decode()


def test_the_unreached_list_is_paged_and_bounded(
    place, clock, broken, django_assert_max_num_queries
):
    case, notice = unsent(place, clock)
    url = f"/{place.town.code}/work/unreached/"
    client = place.client("dispatcher")
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    # Now: the next request empties the log.
    needed = len(few)
    commitment = Case.objects.get(pk=case.pk).commitment
    Notice.objects.bulk_create(
        Notice(
            **dict(town=place.town, message_id=uuid.uuid4(), code="cases.replied"),
            **dict(channel="sms", state="failed", attempts=8, last_error="NotSent: x"),
            **dict(subject_kind=notice.subject_kind, subject_id=commitment.pk),
            **dict(data=notice.data, not_before=now(), created_at=now()),
        )
        for _one in range(70)
    )
    client.get(url)
    with django_assert_max_num_queries(needed):
        first = client.get(url).content.decode()
    assert 'data-total="71"' in first and first.count("data-row") == 30
    seen, after = 30, first
    while 'href="?after=' in after:
        key = after.split('href="?after=')[1].split('"')[0]
        after = client.get(f"{url}?after={key}").content.decode()
        seen += after.count("data-row")
    assert seen == 71


def test_notsent_says_its_own_words(place, clock, monkeypatch):
    def fail(_notice):
        raise NotSent("The gateway says 31.")

    monkeypatch.setitem(ADAPTERS, Notice.Channel.SMS, fail)
    _case, notice = unsent(place, clock)
    assert why_not_sent(notice) == "NotSent: The gateway says 31."
    assert len(inbox_of(place.staff("handler").person)) == 1
