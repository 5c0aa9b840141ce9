"""Rounds: due by rule, season and grade; done by a look; a defect has its day."""

from datetime import timedelta

import pytest

from luoshi.commitments.models import Commitment, Kind, State
from luoshi.core.clock import at
from luoshi.core.models import Notice
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.upkeep.actions import Seen, find_nothing, look_at_asset
from luoshi.upkeep.models import Defect, Inspection, Round
from luoshi.upkeep.queries import (
    Chosen,
    condition_page,
    count_assets,
    day_page,
    overdue_for,
)
from luoshi.upkeep.tests.play import add, due_of
from luoshi.upkeep.tests.test_register import ADDRESS, codes_of


def test_each_rule_has_its_own_day(place, pond):
    assert due_of(pond) == {
        "汛前检查": "2027-04-30",
        "汛期每月巡查": "2026-04-02",
        "非汛期巡查": "2026-11-30",
    }


def test_a_rule_from_the_due_day_keeps_it_and_one_from_the_done_day_moves(place, kinds):
    with at("2026-01-10 09:00"):
        sluice = add(place, kinds["水闸"], "SZ-1", keeper="Water")
    assert due_of(sluice)["汛前检查"] == "2027-04-30"
    # Long before its time: a look more, and its day stays.
    with at("2027-01-15 09:00"):
        look_at_asset(sluice.pk, Seen(2), actor=place.staff("water"))
        assert due_of(sluice)["汛前检查"] == "2027-04-30"
    # Within sixty days before: done, and the next counts from the day it was due.
    with at("2027-03-10 09:00"):
        look_at_asset(sluice.pk, Seen(2), actor=place.staff("water"))
        assert due_of(sluice)["汛前检查"] == "2028-04-30"
    kept = Round.objects.get(rule__name="汛前检查", done_on__isnull=False)
    assert kept.due_on.isoformat() == "2027-04-30"
    assert kept.inspection.on.isoformat() == "2027-03-10"


def test_years_of_no_look_leave_one_round_and_not_many(place, kinds):
    with at("2020-01-10 09:00"):
        sluice = add(place, kinds["水闸"], "SZ-1", keeper="Water")
    with at("2026-07-01 09:00"):
        look_at_asset(sluice.pk, Seen(3), actor=place.staff("water"))
        assert due_of(sluice)["汛前检查"] == "2027-04-30"
        assert due_of(sluice)["汛期每月巡查"] == "2026-08-01"


def test_what_is_worse_is_looked_at_more_often_until_it_is_better(place, kinds):
    road = add(place, kinds["农村公路"], "GL-1")
    handler = place.staff("handler")
    assert "差的多看一次" not in due_of(road)
    look_at_asset(road.pk, Seen(4), actor=handler)
    assert due_of(road)["差的多看一次"] == "2026-06-02"
    look_at_asset(road.pk, Seen(2), actor=handler)
    assert "差的多看一次" not in due_of(road)
    road.refresh_from_db()
    assert (road.grade, road.looked_on.isoformat()) == (2, "2026-03-02")


def test_one_tap_closes_the_rounds_of_many_and_only_once_a_day(place, kinds):
    lamps = [add(place, kinds["路灯"], f"L-{number}") for number in range(5)]
    ids = [one.pk for one in lamps]
    with pytest.raises(NotAllowed):
        find_nothing(ids, actor=place.staff("administrator"))
    with pytest.raises(Refusal):
        find_nothing([], actor=place.staff("handler"))
    with pytest.raises(Refusal):
        find_nothing(range(1, 500), actor=place.staff("handler"))
    assert not Inspection.objects.exists()
    with at("2026-09-10 09:00"):
        handler = place.staff("handler")
        assert day_page(handler).late == 5
        assert overdue_for(handler).count() == 5
        assert overdue_for(place.staff("water")).count() == 0
        assert find_nothing(ids, actor=handler) == 5
        assert find_nothing(ids, actor=handler) == 0
        assert day_page(handler).total == 0
    assert Inspection.objects.filter(grade=None, found=False).count() == 5
    assert set(due_of(lamps[0]).values()) == {"2027-03-10"}
    told = [code for code in codes_of(handler.person) if code.startswith("upkeep")]
    assert told == ["upkeep.nothing_found"]


def test_a_defect_becomes_a_matter_with_the_day_of_its_severity(place, kinds):
    bridge = add(place, kinds["小桥"], "Q-1", name="溪桥")
    inspector = place.staff("inspector")
    with pytest.raises(Refusal) as refused:
        look_at_asset(bridge.pk, Seen(5, "danger", " "), actor=inspector)
    assert refused.value.code == "upkeep.say_what"
    assert not Inspection.objects.exists()
    look_at_asset(bridge.pk, Seen(4, "serious", "栏杆断了两根"), actor=inspector)
    defect = Defect.objects.get()
    commitment = defect.case.commitment
    assert (commitment.kind, commitment.state) == (Kind.REPAIR, State.ASSIGNED)
    assert commitment.title == "溪桥：栏杆断了两根"
    assert commitment.owner_organisation.name == "Roads"
    assert not commitment.urgent
    days = commitment.due_at - commitment.started_at
    assert timedelta(days=9) < days <= timedelta(days=11)
    assert "upkeep.found" in codes_of(commitment)
    told = Notice.objects.filter(code="upkeep.given_to_you")
    assert {one.person_id for one in told} == {commitment.owner_id}
    assert not Notice.objects.filter(code="upkeep.danger").exists()


def test_danger_is_told_at_once_to_the_desk_and_the_leaders(place, kinds):
    bridge = add(place, kinds["小桥"], "Q-1", name="溪桥")
    look_at_asset(
        bridge.pk, Seen(5, "danger", "桥墩冲空了"), actor=place.staff("inspector")
    )
    commitment = Commitment.objects.get(kind=Kind.REPAIR)
    assert commitment.urgent
    assert commitment.due_at - commitment.started_at <= timedelta(days=2)
    told = Notice.objects.filter(code="upkeep.danger").values_list("person", flat=True)
    wanted = {place.staff(who).person.pk for who in ("dispatcher", "leader")}
    assert set(told) == wanted


def test_without_a_keeper_it_falls_to_the_desk_and_is_not_lost(place, kinds):
    lamp = add(place, kinds["路灯"], "L-1", keeper="Roads")
    lamp.keeper = None
    lamp.save(update_fields=["keeper"])
    look_at_asset(
        lamp.pk, Seen(5, "slight", "灯罩破了"), actor=place.staff("inspector")
    )
    commitment = Commitment.objects.get(kind=Kind.REPAIR)
    assert commitment.owner == place.staff("dispatcher").person


def test_the_page_asks_grade_in_words_and_goes_back_to_the_village(place, kinds):
    road = add(place, kinds["农村公路"], "GL-1", name="主路")
    client = place.client("handler")
    page = client.get(f"{ADDRESS}{road.pk}/look/").content.decode()
    assert "1级（优）：路面平整" in page and "5级（差）" in page
    address = f"{ADDRESS}{road.pk}/look/"
    for wrong in (
        {},
        {"grade": "6"},
        {"grade": "4", "severity": "serious"},
        {"grade": "4", "words": "有坑"},
    ):
        assert client.post(address, wrong).status_code == 422
    assert not Inspection.objects.exists()
    answer = client.post(
        address, {"grade": "4", "severity": "serious", "words": "有个大坑"}
    )
    assert answer.status_code == 302 and f"village={place.village.pk}" in answer.url
    case = Defect.objects.get().case
    page = client.get(f"{ADDRESS}{road.pk}/").content.decode()
    assert case.number in page
    page = client.get(f"/qinghe/work/case/{case.number}/").content.decode()
    assert "GL-1 主路" in page
    # Who comes next sees that it is being mended.
    page = client.get(address).content.decode()
    assert "主路：有个大坑" in page


def test_condition_counts_what_the_lists_show(place, kinds):
    handler = place.staff("handler")
    lamps = [add(place, kinds["路灯"], f"L-{number}") for number in range(12)]
    for lamp, grade in zip(lamps, [1, 1, 2, 3, 4, 5], strict=False):
        look_at_asset(lamp.pk, Seen(grade), actor=handler)
    with at("2026-10-01 09:00"):
        find_nothing([one.pk for one in lamps[:3]], actor=handler)
        page = condition_page(handler)
        whole = page.whole
        assert (whole.assets, whole.graded, whole.poor) == (12, 6, 2)
        # All twelve were due on 2 September; none was looked at by then.
        assert (whole.due, whole.on_time, whole.late) == (12, 0, 9)
        assert whole.share == 0
        assert count_assets(handler, Chosen(state="late")) == 9
        assert count_assets(handler, Chosen(state="poor")) == 2
        assert [one.label for one in page.kinds] == ["路灯"]
        assert [one.assets for one in page.villages] == [12]
        assert [(one.label, one.graded) for one in page.years] == [("2026", 6)]
        assert sum(bar.count for bar in whole.bars) == 6
