"""The daily mail: who chose it, who has something, once a day, and no flood."""

from datetime import timedelta

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.cases.models import Case
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment
from luoshi.core.actions import set_own_email
from luoshi.core.clock import moment_of, now, today
from luoshi.core.models import Notice, TrailEntry, User
from luoshi.core.notices import inbox_of, mark_read, sweep
from luoshi.core.notices.adapters import ADAPTERS
from luoshi.core.notices.sweep import LEASE
from luoshi.core.refusals import Refusal

DAILY = User.Mail.DAILY


@pytest.fixture
def daily(place, settings):
    """Let the whole roads office want one mail a day."""
    settings.MAIL_READY = True
    for who in ("handler", "colleague"):
        set_own_email(address=f"{who}@example.org", mail=DAILY, actor=place.staff(who))
    return place


def digests():
    return Notice.objects.exclude(day=None).order_by("pk")


def morning(clock, day):
    clock.moment = moment_of(f"2026-03-{day:02} 08:01")


def test_nobody_who_did_not_choose_it_gets_one(place, settings, clock):
    settings.MAIL_READY = True
    set_own_email(address="a@example.org", actor=place.staff("handler"))
    dispatched(place)
    morning(clock, 3)
    assert actions.leave_digests() == 0
    set_own_email(address="a@example.org", mail=DAILY, actor=place.staff("handler"))
    assert actions.leave_digests() == 1


def test_one_mail_a_day_groups_by_matter(daily, clock):
    pks = [dispatched(daily).case.commitment_id for _case in range(3)]
    actions.take_commitment(pks[0], actor=daily.staff("colleague"))
    assert not Notice.objects.filter(channel="email").exists(), "none at once"
    morning(clock, 3)
    assert actions.leave_digests() == 2
    assert actions.leave_digests() == 0
    sweep()
    assert len(mail.outbox) == 2
    letter = next(one for one in mail.outbox if one.to == ["handler@example.org"])
    assert letter.subject == "qinghe：3件事有新情况"
    first = Case.objects.get(commitment=pks[0]).number
    assert letter.body.count(first) == 1, "a matter is named once"
    head = letter.body.split("\n\n")[0].splitlines()
    assert head[0] == f"{first} 路灯不亮", "the newest news first"
    assert head[-1] == "- colleague接下了"
    assert len(head) == 3


def test_it_waits_for_its_hour_and_a_town_may_choose_another(daily, clock):
    dispatched(daily)
    clock.moment = moment_of("2026-03-03 07:59")
    assert actions.leave_digests() == 0
    clock.tick(timedelta(minutes=2))
    assert actions.leave_digests() == 2
    daily.town.rules = {"digest_at": "16:30"}
    daily.town.save(update_fields=["rules"])
    dispatched(daily)
    clock.moment = moment_of("2026-03-04 16:29")
    assert actions.leave_digests() == 0
    clock.tick(timedelta(minutes=2))
    assert actions.leave_digests() == 2


def test_a_day_without_news_has_no_mail(daily, clock):
    dispatched(daily)
    morning(clock, 3)
    assert actions.leave_digests() == 2
    morning(clock, 4)
    assert actions.leave_digests() == 0
    assert digests().count() == 2


def test_on_a_day_of_rest_only_what_is_red_is_mailed(daily, clock):
    clock.moment = moment_of("2026-03-06 17:00")
    pk = dispatched(daily).case.commitment_id
    morning(clock, 7)
    assert actions.leave_digests() == 0, "a Saturday, and nothing is overdue"
    Commitment.objects.filter(pk=pk).update(
        counted_from=now() - timedelta(days=9),
        yellow_at=now() - timedelta(hours=2),
        due_at=now() - timedelta(hours=1),
    )
    assert actions.leave_digests() == 2


def test_what_was_put_away_is_not_mailed_and_an_empty_mail_is_not_sent(daily, clock):
    dispatched(daily)
    morning(clock, 3)
    for who in ("handler", "colleague"):
        person = daily.staff(who).person
        mark_read(person, [one.pk for one in inbox_of(person)])
    assert actions.leave_digests() == 0
    dispatched(daily)
    assert actions.leave_digests() == 2
    for who in ("handler", "colleague"):
        person = daily.staff(who).person
        mark_read(person, [one.pk for one in inbox_of(person)])
    sweep()
    assert mail.outbox == []
    assert set(digests().values_list("state", "last_error")) == {("dropped", "nothing")}


def test_who_switches_off_in_between_gets_none(daily, clock):
    dispatched(daily)
    morning(clock, 3)
    actions.leave_digests()
    for who in ("handler", "colleague"):
        set_own_email(address="", mail=User.Mail.NONE, actor=daily.staff(who))
        assert User.objects.get(username=daily.name(who)).email is None
    sweep()
    assert mail.outbox == []
    assert set(digests().values_list("last_error", flat=True)) == {"mail_off"}


def test_a_thousand_news_are_one_row_and_one_bounded_mail(daily, clock):
    for _case in range(45):
        dispatched(daily)
    morning(clock, 3)
    assert actions.leave_digests() == 2
    assert Notice.objects.filter(channel="email").count() == 2
    sweep()
    for letter in mail.outbox:
        assert "还有5件" in letter.body
        assert letter.body.count("路灯不亮") == 40


def test_killed_between_mail_and_row_it_goes_again_under_the_same_id(
    daily, clock, monkeypatch
):
    """A kill -9 leaves the lease; the mail is sent again, and nothing else changes."""
    dispatched(daily)
    morning(clock, 3)
    actions.leave_digests()
    real, ids = ADAPTERS[Notice.Channel.EMAIL], []

    class Killed(BaseException):
        """Stand for the end of the process: nothing catches it."""

    def send_and_die(notice):
        real(notice)
        ids.append(notice.message_id)
        raise Killed

    monkeypatch.setitem(ADAPTERS, Notice.Channel.EMAIL, send_and_die)
    with pytest.raises(Killed):
        sweep()
    monkeypatch.setitem(ADAPTERS, Notice.Channel.EMAIL, real)
    assert len(mail.outbox) == 1
    sweep()
    assert len(mail.outbox) == 2, "the leased one waits, the other goes"
    clock.tick(LEASE + timedelta(seconds=1))
    assert actions.leave_digests() == 0
    sweep()
    sweep()
    headers = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert len(headers) == 3 and len(set(headers)) == 2
    assert headers.count(f"<{ids[0]}@luoshi>") == 2


def test_the_choice_is_ones_own_and_kept_with_a_trail(place):
    url = f"/{place.town.code}/work/manage/mail/"
    client = place.client("handler")
    answer = client.post(url, {"mail": "daily", "address": ""})
    assert answer.status_code == 422
    assert not TrailEntry.objects.filter(code="core.email_set").exists()
    with pytest.raises(Refusal, match="email_missing"):
        set_own_email(address=" ", mail=DAILY, actor=place.staff("handler"))
    told = {"mail": "daily", "address": "wang@example.org"}
    assert client.post(url, told).status_code == 302
    user = User.objects.get(username=place.name("handler"))
    assert user.mail == "daily" and b"wang" not in bytes(user.email)
    entry = TrailEntry.objects.get(code="core.email_set")
    assert entry.data == {"on": True, "mail": "daily"}
    assert 'value="wang@example.org"' in client.get(url).content.decode()
    other = place.client("colleague").get(url).content.decode()
    assert "wang@example.org" not in other


STEPS = st.lists(
    st.sampled_from(["news", "away", "digest", "sweep", "day"]), max_size=20
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_never_two_a_day_never_empty_and_nothing_told_twice(daily, clock, steps):
    clock.moment += timedelta(days=7)
    mail.outbox.clear()
    person = daily.staff("handler").person
    for step in steps:
        if step == "news":
            dispatched(daily)
        elif step == "away":
            mark_read(person, [one.pk for one in inbox_of(person)])
        elif step == "digest":
            actions.leave_digests()
        elif step == "sweep":
            sweep()
        else:
            clock.moment = moment_of(f"{today() + timedelta(days=1)} 08:05")
    for row in digests():
        assert row.holds.exists()
    days = list(digests().filter(person=person).values_list("day", flat=True))
    assert len(days) == len(set(days))
    numbers = [
        line.split(" ")[0]
        for letter in mail.outbox
        if letter.to == ["handler@example.org"]
        for line in letter.body.splitlines()
        if line.startswith("QI-")
    ]
    assert len(numbers) == len(set(numbers))
