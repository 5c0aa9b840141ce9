"""Urgent matters at night: to who is on duty, the leader, the next shift, the desk."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from luoshi.cases.actions import seal_case
from luoshi.cases.queries import cases_visible_to, search_cases
from luoshi.cases.tests.night_play import at_night, come_in, on_roster
from luoshi.commitments import actions, rules
from luoshi.commitments.actions import nights
from luoshi.commitments.models import Commitment, NightOrder
from luoshi.commitments.queries import (
    commitments_visible_to,
    inbox_page,
    next_steps,
)
from luoshi.conftest import PEOPLE, Browser
from luoshi.core.clock import moment_of
from luoshi.core.models import DayOverride, Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import DUTY_OFFICER


def fresh(commitment):
    return Commitment.objects.get(pk=commitment.pk)


def told_to(code):
    rows = Notice.objects.filter(code=code, person__isnull=False)
    return sorted(rows.values_list("person__name", flat=True))


def trail(commitment):
    rows = TrailEntry.objects.filter(
        subject_kind="commitments.commitment", subject_id=commitment.pk
    )
    return list(rows.order_by("pk").values_list("code", flat=True))


def sees(place, who, commitment):
    return commitments_visible_to(place.staff(who)).filter(pk=commitment.pk).exists()


def carry(place):
    return actions.carry_nights_in(place.town)


@pytest.mark.parametrize(
    ("when", "urgent", "holder"),
    [
        ("2026-03-02 16:00", True, "dispatcher"),
        ("2026-03-02 17:29", True, "dispatcher"),
        ("2026-03-02 17:30", True, "handler"),
        ("2026-03-03 08:29", True, "handler"),
        ("2026-03-03 08:30", True, "dispatcher"),
        ("2026-03-02 20:00", False, "dispatcher"),
        # Nobody is on the roster then.
        ("2026-03-03 20:00", True, "dispatcher"),
    ],
)
def test_only_what_is_urgent_goes_to_the_shift_while_offices_are_shut(
    place, clock, when, urgent, holder
):
    on_roster(place, "handler")
    at_night(clock, when)
    matter = come_in(place, urgent=urgent)
    assert (matter.owner.name, matter.state) == (holder, "received")
    assert NightOrder.objects.exists() == (holder == "handler")


def test_no_roster_leaves_all_as_it_was(place, clock):
    at_night(clock)
    matter = come_in(place)
    assert matter.owner == place.staff("dispatcher").person
    assert (matter.term_amount, matter.term_unit) == (1, "workdays")
    assert not Notice.objects.exists()
    assert trail(matter) == ["cases.received"]


def test_who_is_on_duty_is_told_at_once_and_has_two_hours(place, clock):
    on_roster(place, "handler", phone="13800001234")
    on_roster(place, "colleague", position=1)
    at_night(clock)
    matter = come_in(place)
    assert matter.due_at == clock.moment + timedelta(hours=2)
    assert matter.owner_organisation == place.office("Roads")
    assert [hop.person.name for hop in matter.hops.all()] == ["handler"]
    assert told_to("commitments.night_order") == ["handler"]
    assert told_to("commitments.night_order_beside") == ["colleague", "leader"]
    message = Notice.objects.get(code="commitments.night_message")
    # A message that leaves the house names the number and no words of a resident.
    assert message.data == {"number": matter.number}
    assert message.subject_kind == "commitments.shift"
    assert trail(matter) == ["commitments.night_came", "cases.received"]


def test_the_shift_alone_sees_it_and_only_while_it_lasts(place, clock):
    on_roster(place, "handler", position=0)
    on_roster(place, "water", position=1)
    at_night(clock)
    matter = come_in(place)
    plain = come_in(place, text="路灯不亮", urgent=False)
    watching = {who for who in PEOPLE if sees(place, who, matter)}
    assert watching == {"dispatcher", "handler", "water", "leader"}
    assert {who for who in PEOPLE if sees(place, who, plain)} == {"dispatcher"}
    # List, search and page agree.
    for who in ("water", "colleague"):
        staff = place.staff(who)
        listed = {one.pk for one in inbox_page(staff).rows}
        found = {one.commitment_id for one in search_cases(staff, "电线")}
        opened = place.client(who).get(f"/qinghe/work/case/{matter.number}/")
        inside = who == "water"
        assert (matter.pk in listed) == (matter.pk in found) == inside
        assert (opened.status_code == 200) == inside
        assert cases_visible_to(staff).filter(commitment=matter).exists() == inside
    assert place.staff("water").has(DUTY_OFFICER)
    at_night(clock, "2026-03-03 08:30")
    assert {who for who in PEOPLE if sees(place, who, matter)} == {"dispatcher"}
    assert not place.staff("water").has(DUTY_OFFICER)


def test_who_is_on_duty_may_write_down_what_comes_by_telephone(place, clock):
    client = place.client("handler")
    assert client.get("/qinghe/work/enter/").status_code == 403
    on_roster(place, "handler")
    at_night(clock)
    assert client.get("/qinghe/work/enter/").status_code == 200


def test_who_is_on_duty_dispatches_it_and_nobody_else(place, clock):
    on_roster(place, "water")
    at_night(clock)
    matter = come_in(place)
    told = {
        "organisation_id": place.office("Roads").pk,
        "category_id": place.category.pk,
        "urgent": True,
    }
    for who in ("handler", "inspector"):
        with pytest.raises(NotAllowed):
            actions.dispatch_commitment(matter.pk, actor=place.staff(who), **told)
    assert fresh(matter).state == "received"
    client = place.client("water")
    form = {
        "organisation": place.office("Roads").pk,
        "category": place.category.pk,
        "urgent": "on",
        "version": fresh(matter).version,
    }
    url = f"/qinghe/work/case/{matter.number}/"
    answer = client.post(f"{url}do/dispatch/", form)
    # Back to the case, not to the dispatcher's desk.
    assert answer.headers["Location"] == url
    assert client.get(url).status_code == 200
    done = fresh(matter)
    assert (done.state, done.owner.name) == ("assigned", "handler")
    assert done.due_at == done.counted_from + timedelta(hours=24)
    carry(place)
    order = NightOrder.objects.get()
    assert order.ended_at is not None and order.taken_at is None
    assert not rules.has_on_duty(place.staff("water"), done)


def test_what_came_by_day_is_not_theirs_to_dispatch(place, clock):
    matter = come_in(place)
    on_roster(place, "handler")
    at_night(clock)
    carry(place)
    with pytest.raises(NotAllowed):
        actions.take_on_duty(matter.pk, actor=place.staff("handler"))
    assert not sees(place, "handler", matter)


def test_it_goes_to_the_leader_on_duty_unless_somebody_takes_it(place, clock):
    on_roster(place, "handler")
    at_night(clock)
    left, taken = come_in(place), come_in(place, text="水管爆了")
    clock.tick(timedelta(minutes=29))
    assert carry(place) == 0
    with pytest.raises(NotAllowed):
        actions.take_on_duty(taken.pk, actor=place.staff("colleague"))
    assert "take_on_duty" in next_steps(place.staff("handler"), taken)
    actions.take_on_duty(taken.pk, actor=place.staff("handler"))
    with pytest.raises(NotAllowed):
        actions.take_on_duty(taken.pk, actor=place.staff("leader"))
    clock.tick(timedelta(minutes=1))
    assert carry(place) == 1
    assert (fresh(left).owner.name, fresh(taken).owner.name) == ("leader", "handler")
    assert trail(left)[-1] == "commitments.night_to_leader"
    assert told_to("commitments.night_to_leader") == ["leader"]
    # Once: the leader is not told again each minute, and may see to it.
    clock.tick(timedelta(minutes=40))
    assert carry(place) == 0
    actions.take_on_duty(left.pk, actor=place.staff("leader"))
    assert NightOrder.objects.get(commitment=left).taken_by.name == "leader"
    assert trail(taken)[-1] == "commitments.night_taken"


def test_the_town_says_after_how_many_minutes(place, clock):
    place.town.rules = place.town.rules | {"leader_after": 5}
    place.town.save(update_fields=["rules"])
    on_roster(place, "handler")
    at_night(clock)
    matter = come_in(place)
    clock.tick(timedelta(minutes=5))
    carry(place)
    assert fresh(matter).owner.name == "leader"


def test_the_rule_is_the_administrators_to_change(place):
    told = {"digest_at": moment_of("2026-03-02 08:00").time(), "shares": {}}
    with pytest.raises(NotAllowed):
        actions.change_rules(leader_after=10, actor=place.staff("leader"), **told)
    administrator = place.staff("administrator")
    for minutes in (0, 121):
        with pytest.raises(Refusal):
            actions.change_rules(leader_after=minutes, actor=administrator, **told)
    town = actions.change_rules(leader_after=10, actor=administrator, **told)
    assert town.rules["leader_after"] == 10
    entry = TrailEntry.objects.get(code="commitments.rules_changed")
    assert entry.data["leader_after"] == [30, 10]


def test_the_next_shift_gets_what_is_open_and_the_desk_in_the_morning(place, clock):
    on_roster(place, "handler", ("2026-03-02 17:30", "2026-03-03 00:00"))
    second = ("2026-03-03 00:00", "2026-03-03 08:30")
    on_roster(place, "water", second, leader="inspector")
    at_night(clock)
    matter = come_in(place)
    actions.take_on_duty(matter.pk, actor=place.staff("handler"))
    at_night(clock, "2026-03-03 00:00")
    # Before the minute's work is done, who left sees it no more and who came does.
    assert not sees(place, "handler", matter)
    assert sees(place, "water", matter)
    carry(place)
    assert fresh(matter).owner.name == "water"
    order = NightOrder.objects.get()
    assert (order.taken_at, order.since) == (None, clock.moment)
    assert trail(matter)[-1] == "commitments.night_moved"
    clock.tick(timedelta(minutes=30))
    carry(place)
    assert fresh(matter).owner.name == "inspector"
    due = fresh(matter).due_at
    at_night(clock, "2026-03-03 08:30")
    carry(place)
    matter = fresh(matter)
    assert (matter.owner.name, matter.state) == ("dispatcher", "received")
    # The clock has run on: in the morning it is red and comes first.
    assert matter.due_at == due < clock.moment
    assert told_to("commitments.night_over") == ["dispatcher"]
    names = [hop.person.name for hop in matter.hops.order_by("pk")]
    assert names == ["handler", "water", "inspector", "dispatcher"]
    assert matter.hops.filter(until=None).count() == 1
    # It does not go back the next evening.
    on_roster(place, "handler", ("2026-03-03 17:30", "2026-03-04 08:30"))
    at_night(clock, "2026-03-03 20:00")
    assert carry(place) == 0
    assert not sees(place, "handler", matter)


def test_where_the_roster_ends_it_goes_the_usual_way(place, clock):
    on_roster(place, "handler", ("2026-03-02 17:30", "2026-03-02 22:00"))
    at_night(clock)
    matter = come_in(place)
    at_night(clock, "2026-03-02 22:00")
    carry(place)
    assert fresh(matter).owner.name == "dispatcher"


def test_a_day_off_of_the_towns_own_calendar_is_night_all_day(place, clock):
    on_roster(place, "handler", ("2026-03-02 08:30", "2026-03-03 08:30"))
    assert come_in(place).owner.name == "dispatcher"
    actions_day = moment_of("2026-03-02 10:00").date()
    DayOverride.objects.create(
        town=place.town, day=actions_day, is_workday=False, reason="庙会"
    )
    cache.clear()
    at_night(clock, "2026-03-02 10:00")
    assert come_in(place).owner.name == "handler"


def test_who_left_or_is_away_without_a_post_is_passed_over(place, clock):
    on_roster(place, "handler")
    on_roster(place, "water", position=1)
    person = place.staff("handler").person
    person.left_at = clock.moment
    person.save(update_fields=["left_at"])
    at_night(clock)
    assert come_in(place).owner.name == "water"


def test_a_shift_swapped_at_night_takes_what_is_open_along(place, clock):
    shift = on_roster(place, "handler")
    at_night(clock)
    matter = come_in(place)
    actions.swap_shift(
        shift.pk,
        person_id=place.staff("colleague").person.pk,
        actor=place.staff("handler"),
    )
    carry(place)
    assert fresh(matter).owner.name == "colleague"
    assert not sees(place, "handler", matter)


def test_a_sealed_matter_never_lies_with_those_on_duty(place, clock):
    on_roster(place, "handler")
    at_night(clock)
    kept = come_in(place, sealed_as="conduct")
    assert not NightOrder.objects.exists()
    assert not Notice.objects.filter(code__startswith="commitments.night").exists()
    matter = come_in(place)
    case = matter.cases.get()
    seal_case(case.pk, kind="conduct", actor=place.staff("dispatcher"))
    for sealed in (kept, matter):
        assert not sees(place, "handler", sealed)
        assert not rules.has_on_duty(place.staff("handler"), sealed)
    page = place.client("handler").get("/qinghe/work/roster/now/").content.decode()
    assert matter.number not in page and "电线" not in page
    at_night(clock, "2026-03-03 08:30")
    assert carry(place) == 0
    assert Commitment.with_sealed.get(pk=matter.pk).owner.name == "handler"


def test_a_killed_pass_is_done_again(place, clock, monkeypatch):
    on_roster(place, "handler")
    at_night(clock)
    matter = come_in(place)
    at_night(clock, "2026-03-03 08:30")
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):

        def killed(*args, **more):
            raise KeyboardInterrupt

        broken.setattr(nights, "record", killed)
        carry(place)
    assert fresh(matter).owner.name == "handler"
    assert carry(place) == 1
    assert fresh(matter).owner.name == "dispatcher"


def test_a_word_that_is_asked_for_at_night_keeps_it_from_the_leader(place, clock):
    actions.set_path(
        None,
        urgent=True,
        words=actions.Words(instruct=True),
        actor=place.staff("administrator"),
    )
    on_roster(place, "handler", leader="inspector")
    at_night(clock)
    matter = come_in(place)
    actions.dispatch_commitment(
        matter.pk,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        urgent=True,
        actor=place.staff("handler"),
    )
    clock.tick(timedelta(hours=1))
    assert carry(place) == 0
    actions.give_word(matter.pk, words="", actor=place.staff("leader"))
    assert fresh(matter).state == "assigned"


def report(place, **sent):
    """Tell something on the public pages; return the last page and the commitment."""
    client, base = Browser(), f"/{place.town.code}/report/"
    client.post(base, {"text": "村口的电线垂下来了"})
    client.post(f"{base}where/", {"village": place.village.pk, "place": ""})
    client.post(f"{base}contact/", {"answer": "none"})
    page = client.get(f"{base}check/").content.decode()
    answer = client.post(f"{base}check/", {"website": ""} | sent)
    return page, answer, Commitment.objects.order_by("pk").last()


def test_a_resident_is_asked_at_night_whether_it_can_wait(place, clock):
    on_roster(place, "handler")
    page, _answer, commitment = report(place, waits="no")
    # By day the dispatcher reads it within minutes: nobody is asked.
    assert "等到上班再办" not in page and not commitment.urgent
    at_night(clock)
    for sent in ({}, {"waits": "yes"}):
        page, _answer, waits = report(place, **sent)
        assert "等到上班再办" in page and waits != commitment
        assert not waits.urgent and waits.owner == place.staff("dispatcher").person
    _page, _answer, dangerous = report(place, waits="no")
    assert dangerous.urgent and dangerous.owner == place.staff("handler").person
    assert NightOrder.objects.get().commitment == dangerous


def test_what_a_machine_may_have_sent_wakes_nobody(place, clock):
    on_roster(place, "handler")
    at_night(clock)
    _page, _answer, held = report(place, waits="no", website="x")
    assert held.owner == place.staff("dispatcher").person
    assert not NightOrder.objects.exists() and told_to("commitments.night_came") == []
