"""The list of what leaders lead in person: three each, accepted by somebody else."""

from datetime import date

import pytest

from luoshi.cases.found import search_work
from luoshi.cases.queries import search_cases
from luoshi.cases.tests.test_main_job import dispatched, do, handed_in
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, Ending, Kind, Led, State
from luoshi.conftest import Browser
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.towns import add_person
from luoshi.pledges.actions import put_on_list, take_off_list
from luoshi.pledges.actions.led import Wanted


def put(place, who="leader", **told):
    leader = place.staff("leader").person.pk
    wanted = {"leader_id": leader, "title": "修好东渠"} | told
    return put_on_list(Wanted(**wanted), actor=place.staff(who))


def opened(place, **told):
    return put(place, words="清淤两公里", until=date(2026, 6, 30), **told)


def test_an_opened_matter_is_the_leaders_and_somebody_else_accepts_it(place):
    with pytest.raises(NotAllowed):
        put(place, "handler", words="x", until=date(2026, 6, 30))
    led = opened(place)
    commitment = led.commitment
    assert (commitment.kind, commitment.state) == (Kind.LED, State.ASSIGNED)
    assert commitment.owner == place.staff("leader").person
    assert str(commitment.due_at.date()) == "2026-06-30"
    case = commitment.cases.get()
    # Found by its case alone, not a second time as work.
    assert search_cases(place.staff("leader"), "东渠") == [case]
    assert search_work(place.staff("leader"), "东渠") == []
    do(place, "leader", case, "take")
    do(place, "leader", case, "submit", words="清完了")
    with pytest.raises(NotAllowed, match=r"commitments\.own_work"):
        actions.accept_commitment(commitment.pk, actor=place.staff("leader"))
    closed = do(place, "inspector", case, "review")
    assert (closed.state, closed.ending) == (State.CLOSED, Ending.ACCEPTED)
    assert TrailEntry.objects.filter(code="pledges.led").count() == 1


def test_who_leads_an_existing_matter_cannot_accept_it_others_can(place):
    case = handed_in(place).case
    add_person(
        place.town,
        username="qinghe-second",
        password="a-long-password",
        name="second",
        office="Leadership",
        title="second",
        roles=["leader"],
    )
    put(place, "second", number=case.number.lower())
    told = Notice.objects.filter(code="pledges.led_by_you")
    assert told.get(channel="inbox").person == place.staff("leader").person
    with pytest.raises(NotAllowed, match=r"commitments\.own_work"):
        actions.accept_commitment(case.commitment_id, actor=place.staff("leader"))
    actions.accept_commitment(case.commitment_id, actor=place.staff("second"))
    assert Commitment.objects.get(pk=case.commitment_id).state == State.AWAITING


def test_three_each_none_twice_and_one_off_makes_room(place):
    leds = [opened(place, title=f"第{number}件") for number in range(2)]
    leds.append(put(place, number=dispatched(place).case.number))
    with pytest.raises(Refusal, match=r"pledges\.list_full"):
        opened(place)
    with pytest.raises(Refusal, match=r"commitments\.reason_missing"):
        take_off_list(leds[0].pk, why=" ", actor=place.staff("leader"))
    take_off_list(leds[0].pk, why="县里立项了", actor=place.staff("leader"))
    with pytest.raises(Refusal, match=r"pledges\.off_list_already"):
        take_off_list(leds[0].pk, why="again", actor=place.staff("leader"))
    with pytest.raises(Refusal, match=r"pledges\.on_list_already"):
        put(place, number=leds[2].commitment.number)
    opened(place)
    assert Led.objects.filter(removed_at=None).count() == 3


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"number": "QI-999"}, "no_such_number"),
        ({"title": " "}, "title_missing"),
        ({"title": "找13800001111修"}, "holds_personal"),
        ({"words": "x", "until": date(2026, 3, 2)}, "day_past"),
        ({"words": " ", "until": date(2026, 6, 2)}, "words_missing"),
    ],
)
def test_what_cannot_stand_on_a_list_leaves_nothing(place, told, code):
    with pytest.raises(Refusal, match=code):
        put(place, **told)
    assert not Led.objects.exists()
    assert not Commitment.objects.exists()


def test_who_is_no_leader_has_no_list(place):
    with pytest.raises(Refusal, match=r"pledges\.no_leader"):
        opened(place, leader_id=place.staff("handler").person.pk)


def test_everybody_reads_it_with_names_only_where_the_town_says_so(place):
    led, base = opened(place), f"/{place.town.code}"
    leader = place.staff("leader").person
    leader.name = "领导甲"
    leader.save(update_fields=["name"])
    page = Browser().get(f"{base}/led/").content.decode()
    assert "修好东渠" in page
    assert "领导甲" not in page
    url = f"{base}/work/led/names/"
    assert place.client("leader").post(url, {"shown": "1"}).status_code == 403
    place.client("administrator").post(url, {"shown": "1"})
    assert "领导甲" in Browser().get(f"{base}/led/").content.decode()
    place.client("leader").post(f"{base}/work/led/{led.pk}/remove/", {"why": "另立项"})
    assert "另立项" in Browser().get(f"{base}/led/?year=2026").content.decode()
    assert "修好东渠" not in Browser().get(f"{base}/led/?year=2025").content.decode()


def test_the_form_adds_to_the_list(place):
    url = f"/{place.town.code}/work/led/"
    told = {"leader": place.staff("leader").person.pk, "title": "修好东渠"}
    client = place.client("leader")
    assert client.post(url, told).status_code == 422
    told |= {"words": "清淤", "until": "2026-06-30"}
    assert place.client("handler").post(url, told).status_code == 200
    assert not Led.objects.exists()
    assert client.post(url, told).status_code == 302
    assert Led.objects.count() == 1
