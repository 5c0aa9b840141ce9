"""Emergency lists: brought in again and again, called once each, moved, erased."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.alerts import actions, queries
from luoshi.alerts.models import CallLine, Household, MoveLine, Roster, Shelter
from luoshi.alerts.secrets import told_of
from luoshi.alerts.sheet import HEADER, Row
from luoshi.core.actors import Staff
from luoshi.core.models import Notice, Organisation, Person, TrailEntry, Village
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.staff import staff_of_person
from luoshi.core.towns import add_person

UNTIL = date(2026, 10, 31)
A, B, C = "13800000001", "13800000002", "13800000003"


def row(place, name, phone="", village=None, **told):
    village = village or place.village
    told = {"group": "一组", "kind": "低洼处"} | told
    return Row(2, village.name, name=name, phone=phone, village_id=village.pk, **told)


def bring(place, *rows, who="dispatcher", whole=False, until=UNTIL):
    actor = who if isinstance(who, Staff) else place.staff(who)
    return actions.bring_households(rows, erase_on=until, whole=whole, actor=actor)


def officer(place, village):
    """Return the officer of a village, made for it."""
    office = Organisation.objects.create(
        town=place.town, name=f"{village}委", kind="village", village=village
    )
    login = f"officer-{village.pk}"
    add_person(
        place.town,
        username=login,
        password="a-long-password",
        name=login,
        office=office.name,
        title="村干部",
        roles=["village_officer"],
    )
    return staff_of_person(Person.objects.get(account__username=login))


def opened(place, *rows, **told):
    bring(place, *(rows or (row(place, "甲", A), row(place, "乙", B))))
    wanted = {"title": "暴雨", "words": "请往高处走", "kinds": []} | told
    wanted.setdefault("villages", [place.village.pk])
    return actions.open_alert(actor=place.staff("dispatcher"), **wanted)


def told():
    return sorted(
        (one.name, one.phone)
        for one in map(told_of, Household.objects.filter(erased_at=None))
    )


def codes():
    return list(TrailEntry.objects.order_by("pk").values_list("code", flat=True))


def test_only_who_works_with_the_lists_brings_them_in(place):
    with pytest.raises(NotAllowed, match="not_your_village"):
        bring(place, row(place, "甲", A), who="handler")
    assert not Household.objects.exists()
    came = bring(place, row(place, "甲", A))
    assert (came.added, came.changed) == (1, 0)
    household = Household.objects.get()
    assert "甲".encode() not in bytes(household.name)
    assert told() == [("甲", A)]
    assert codes()[-1] == "alerts.list_brought"


def test_the_same_list_again_doubles_nobody(place):
    first = [row(place, "甲", A), row(place, "乙", B), row(place, "丙")]
    bring(place, *first)
    came = bring(place, *first)
    assert (came.added, came.changed, came.unchanged) == (0, 0, 3)
    # A new number, a new number of people, one of a name that is there already.
    came = bring(
        place, row(place, "甲", C), row(place, "乙", B, people=4), row(place, "丙", A)
    )
    assert (came.added, came.changed, came.unchanged, came.stayed) == (0, 3, 0, 0)
    assert told() == sorted([("甲", C), ("乙", B), ("丙", A)])


def test_two_of_one_name_are_told_apart_by_their_numbers(place):
    bring(place, row(place, "甲", A), row(place, "甲", B))
    came = bring(place, row(place, "甲", B), row(place, "甲", A, people=3))
    assert (came.added, came.changed, came.unchanged) == (0, 1, 1)


def test_a_whole_list_takes_off_who_it_does_not_name_in_its_own_villages(place):
    other = Village.objects.create(town=place.town, name="Other")
    bring(place, row(place, "甲", A), row(place, "乙", B), row(place, "丙", C, other))
    assert bring(place, row(place, "甲", A)).stayed == 1
    came = bring(place, row(place, "甲", A), whole=True)
    assert (came.erased, came.stayed) == (1, 0)
    assert told() == [("丙", C), ("甲", A)]


@pytest.mark.parametrize("days", [0, 401])
def test_a_list_is_erased_on_a_day_within_a_year(place, days):
    with pytest.raises(Refusal, match="erase_day"):
        bring(place, row(place, "甲", A), until=date(2026, 3, 2) + timedelta(days))
    assert not Roster.objects.exists()


def test_on_its_day_names_go_and_counts_stay(place, clock):
    alert = opened(place)
    notice = actions.write_notice(
        actions.Written("停水", "明天停水", clock.moment + timedelta(days=1)),
        actor=place.staff("leader"),
    )
    actions.release_notice(notice.pk, version=1, actor=place.staff("leader"))
    assert actions.erase_due() == 0
    clock.moment += timedelta(days=243)
    assert actions.erase_due() == 2
    assert told() == []
    assert not Household.objects.exclude(name=None).exists()
    assert not Notice.objects.filter(channel="sms").exclude(address=None).exists()
    waiting = Notice.objects.filter(channel="sms", state=Notice.State.WAITING)
    assert not waiting.exists()
    assert alert.calls.count() == 2
    assert actions.erase_due() == 0


def test_each_household_is_in_one_pair_of_hands(place, clock):
    alert = opened(place)
    one, two = place.staff("dispatcher"), place.staff("leader")
    mine = actions.take_next(alert.pk, actor=one)
    assert actions.take_next(alert.pk, actor=one) == mine
    theirs = actions.take_next(alert.pk, actor=two)
    assert theirs != mine
    with pytest.raises(Conflict, match="in_other_hands"):
        actions.settle_call(mine.pk, "reached", actor=two)
    assert codes().count("alerts.phone_read") == 2
    actions.settle_call(theirs.pk, "reached", actor=two)
    assert actions.take_next(alert.pk, actor=two) is None
    # Who says nothing for ten minutes has it no longer.
    clock.tick(timedelta(minutes=10))
    assert actions.take_next(alert.pk, actor=two) == mine
    with pytest.raises(Conflict, match="in_other_hands"):
        actions.settle_call(mine.pk, "reached", actor=one)


def test_who_needs_help_is_called_first(place):
    alert = opened(place, row(place, "甲", A), row(place, "乙", B, needs_help=True))
    line = actions.take_next(alert.pk, actor=place.staff("dispatcher"))
    assert told_of(line.household).name == "乙"


def test_who_is_not_reached_is_gone_to_by_the_officer_of_the_village(place):
    mine = officer(place, place.village)
    stranger = officer(place, Village.objects.create(town=place.town, name="Other"))
    alert = opened(place, row(place, "甲", A), row(place, "乙", B), row(place, "丙"))
    # Nobody can call who has no telephone.
    assert queries.to_go(mine).count() == 1
    caller = place.staff("leader")
    for answer in ("unreached", "neighbour"):
        line = actions.take_next(alert.pk, actor=caller)
        actions.settle_call(line.pk, answer, actor=caller)
    assert (queries.to_go(mine).count(), queries.to_go(stranger).count()) == (3, 0)
    # Told once that one must go, not once for each door.
    assert (
        Notice.objects.filter(code="alerts.go_there", person=mine.person).count() == 1
    )
    doors = queries.lines_of(alert, mine, queries.TO_GO)
    with pytest.raises(NotAllowed, match="not_your_village"):
        actions.settle_visit(doors[0].pk, told=True, actor=stranger)
    actions.settle_visit(doors[0].pk, told=False, actor=mine)
    assert queries.to_go(mine).count() == 3
    actions.settle_visit(doors[0].pk, told=True, actor=mine)
    assert queries.to_go(mine).count() == 2
    with pytest.raises(Conflict, match="reached_already"):
        actions.settle_visit(doors[0].pk, told=True, actor=mine)
    assert codes()[-2:] == ["alerts.nobody_there", "alerts.told_at_door"]


def test_a_slip_of_the_finger_is_taken_back_by_who_made_it(place):
    alert, caller = opened(place), place.staff("dispatcher")
    line = actions.take_next(alert.pk, actor=caller)
    actions.settle_call(line.pk, "reached", actor=caller)
    with pytest.raises(Conflict, match="in_other_hands"):
        actions.take_back(line.pk, actor=place.staff("leader"))
    actions.take_next(alert.pk, actor=caller)
    actions.take_back(line.pk, actor=caller)
    line.refresh_from_db()
    assert line.state == CallLine.State.WAITING
    assert queries.line_in_hand(alert, caller) == line
    held = CallLine.objects.filter(taken_by=caller.person, taken_until__isnull=False)
    assert held.count() == 1


def test_nothing_goes_on_after_the_end(place):
    alert = opened(place)
    line = actions.take_next(alert.pk, actor=place.staff("leader"))
    with pytest.raises(NotAllowed, match="not_yours"):
        actions.close_alert(alert.pk, actor=place.staff("handler"))
    actions.close_alert(alert.pk, actor=place.staff("leader"))
    with pytest.raises(Refusal, match=r"alerts\.closed"):
        actions.settle_call(line.pk, "reached", actor=place.staff("leader"))
    with pytest.raises(Refusal, match=r"alerts\.closed"):
        actions.take_next(alert.pk, actor=place.staff("leader"))


def moved(place):
    alert = opened(place, row(place, "甲", A, people=3), row(place, "乙", B))
    leader = place.staff("leader")
    shelter = actions.add_shelter(name="小学", room_for=3, keeper="", actor=leader)
    plan = {"kinds": [], "transport": "walk", "shelter_id": shelter.pk}
    told = plan | {"village_id": place.village.pk}
    return alert, leader, told


def test_who_goes_where_is_planned_anew_until_they_arrived(place):
    alert, leader, told = moved(place)
    with pytest.raises(NotAllowed):
        actions.plan_moves(alert.pk, actor=place.staff("handler"), **told)
    assert actions.plan_moves(alert.pk, actor=leader, **told) == 2
    first, second = alert.moves.order_by("pk")
    actions.settle_move(first.pk, "arrived", actor=leader)
    actions.settle_move(first.pk, "arrived", actor=leader)
    assert codes().count("alerts.arrived") == 1
    other = actions.add_shelter(name="礼堂", room_for=9, keeper="", actor=leader)
    again = told | {"shelter_id": other.pk, "transport": "town"}
    assert actions.plan_moves(alert.pk, actor=leader, **again) == 1
    assert MoveLine.objects.get(pk=first.pk).shelter.name == "小学"
    assert MoveLine.objects.get(pk=second.pk).shelter.name == "礼堂"
    (village,) = queries.moves_by_village(alert, leader)
    assert (village.people, village.arrived, village.waiting) == (4, 3, 1)
    actions.settle_move(first.pk, "waiting", actor=leader)
    assert MoveLine.objects.get(pk=first.pk).settled_by is None


def test_a_shelter_is_written_down_once(place):
    leader = place.staff("leader")
    with pytest.raises(NotAllowed):
        actions.add_shelter(
            name="小学", room_for=3, keeper="", actor=place.staff("handler")
        )
    shelter = actions.add_shelter(name="小学", room_for=3, keeper="", actor=leader)
    with pytest.raises(Refusal, match="shelter_known"):
        actions.add_shelter(name="小学", room_for=3, keeper="", actor=leader)
    actions.close_shelter(shelter.pk, actor=leader)
    actions.add_shelter(name="小学", room_for=3, keeper="", actor=leader)
    assert Shelter.objects.count() == 2


def sheet(*rows):
    book = openpyxl.Workbook()
    for one in [HEADER, *rows]:
        book.active.append(list(one))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("list.xlsx", out.getvalue())


def test_a_table_is_looked_at_before_it_comes_in(place):
    client, base = place.client("dispatcher"), f"/{place.town.code}/work/households"
    table = sheet(
        ("Qingxi", "一组", "甲", A, "独居老人", 1, "走不动"),
        ("Qingxi", "一组", "甲", A, "独居老人", 1, ""),
        ("Qingxi", "一组", "乙", "138", "独居老人", 1, ""),
        ("Nowhere", "一组", "丙", B, "独居老人", 1, ""),
        ("Qingxi", "一组", "丁", "", "独居老人", "很多", "否"),
    )
    looked = client.post(f"{base}/bring/", {"sheet": table}, follow=True)
    page = looked.content.decode()
    for fault in ("和第2行是同一户", "11位", "“Nowhere”不是您管的村", "很多"):
        assert fault in page
    assert not Household.objects.exists()
    url = looked.redirect_chain[-1][0]
    assert client.post(url, {"erase_on": "2026-03-02"}).status_code == 422
    assert client.post(url, {"erase_on": "2026-10-31"}).status_code == 302
    household = Household.objects.get()
    assert (household.needs_help, told_of(household).need) == (True, "走不动")
    # The table does not lie about afterwards.
    assert client.get(url).status_code == 404
    shown = client.get(f"{base}/").content.decode()
    assert "独居老人" in shown
    assert "13800000001" not in shown


def test_calling_works_with_one_press_and_without_scripts(place):
    alert, base = opened(place), f"/{place.town.code}/work/alerts"
    client = place.client("leader")
    assert place.client("handler").get(f"{base}/{alert.pk}/call/").status_code == 403
    before = client.get(f"{base}/{alert.pk}/call/").content.decode()
    assert A not in before
    page = client.post(f"{base}/{alert.pk}/call/next/", follow=True).content.decode()
    assert f"tel:{A}" in page
    line = CallLine.objects.get(taken_by__isnull=False)
    answered = client.post(
        f"{base}/call/{line.pk}/answer/", {"answer": "reached"}, follow=True
    )
    page = answered.content.decode()
    assert f"tel:{B}" in page
    assert "通知到了" in page
    assert "2户里，1户通知到了" in page


@pytest.mark.parametrize("what", ["calls", "go", "moves"])
def test_a_list_taken_out_is_written_down_and_needs_nothing_else(place, what):
    alert, leader, told = moved(place)
    actions.plan_moves(alert.pk, actor=leader, **told)
    CallLine.objects.update(state="unreached")
    url = f"/{place.town.code}/work/alerts/{alert.pk}/list/{what}/"
    assert place.client("handler").post(url).status_code == 403
    client = place.client("leader")
    kept = client.post(url, {"how": "keep"})
    page = kept.content.decode()
    assert "attachment" in kept.headers["Content-Disposition"]
    assert A in page and B in page
    for needed in ("<link", "<script", "src="):
        assert needed not in page
    assert "<style>" in page
    assert codes()[-1] == f"alerts.{what}_read"
    inside = client.post(url, {"how": "keep"}, headers={"User-Agent": "MicroMessenger"})
    assert "Content-Disposition" not in inside.headers
    assert "在浏览器打开" in inside.content.decode()
    assert client.post(url.replace(what, "none")).status_code == 404


def test_an_officer_finds_only_their_own_village(place):
    other = Village.objects.create(town=place.town, name="Other")
    stranger = officer(place, other)
    alert = opened(place)
    assert not queries.alerts_visible_to(stranger).exists()
    assert not queries.households_visible_to(stranger).exists()
    assert actions.take_next(alert.pk, actor=stranger) is None
    with pytest.raises(NotAllowed, match="not_your_village"):
        bring(place, row(place, "丙", C), who=stranger)
