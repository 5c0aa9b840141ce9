"""A night finds topics, counts people, and forgets what was sealed or erased."""

from datetime import timedelta

import pytest

from luoshi.cases.actions import erase_case, join_case, open_sealed
from luoshi.cases.actions.sealing import seal_case
from luoshi.cases.tests.sealed_play import rows_with
from luoshi.commitments.actions import merge_commitments
from luoshi.commitments.models import Commitment
from luoshi.core.actors import RESIDENT, SCHEDULER
from luoshi.core.clock import now
from luoshi.core.models import Village
from luoshi.core.trail import entries_of
from luoshi.topics import actions
from luoshi.topics.actions import nightly
from luoshi.topics.grouping import group_town, start_where_due
from luoshi.topics.models import Membership, Run, Topic
from luoshi.topics.reading import read_window
from luoshi.topics.tests.play import LAMPS, PLANT, cases_in, tell, topic_with


def test_a_night_finds_what_several_say(place, grouped):
    plant, lamps = topic_with(grouped["plant"][0]), topic_with(grouped["lamps"][0])
    assert cases_in(plant) == set(grouped["plant"])
    assert cases_in(lamps) == set(grouped["lamps"])
    assert Topic.objects.count() == 2
    assert (plant.matters, plant.people, plant.village) == (4, 4, place.village)
    assert "搅拌站" in plant.title
    assert sum(plant.weeks) == 4
    run = Run.objects.get()
    assert (run.state, run.read, run.fresh, run.joined) == ("whole", 11, 2, 7)
    assert entries_of(run)[0].code == "topics.grouped"


def test_numbers_stay_and_new_cases_join(place, grouped):
    plant = topic_with(grouped["plant"][0])
    more = tell(place, "丽发新城边上搅拌站半夜噪音很大，居民睡不着")
    group_town(place.town)
    assert topic_with(more) == plant
    plant.refresh_from_db()
    assert plant.matters == 5
    assert Topic.objects.count() == 2
    group_town(place.town)
    assert Membership.objects.count() == 8


def test_a_person_counts_once_and_one_case_is_no_topic(place):
    told = {"phone": "13800001111", "answer": "sms"}
    for text in PLANT:
        tell(place, text, **told)
    lamp = tell(place, LAMPS[0])
    for digit in "23":
        join_case(
            lamp.pk,
            words="我家也是",
            phone=f"1380000111{digit}",
            answer="sms",
            form_token=digit,
            actor=RESIDENT,
        )
    group_town(place.town)
    topic = Topic.objects.get()
    assert (topic.matters, topic.people) == (4, 1)
    tell(place, LAMPS[1])
    group_town(place.town)
    lamps = topic_with(lamp)
    assert (lamps.matters, lamps.people) == (2, 4)
    held = [field.name for field in Topic._meta.get_fields()]
    assert not [name for name in held if "phone" in name or "person" in name]


def test_what_is_done_under_one_head_stands_together_but_joins_no_two_topics(
    place, grouped
):
    plant, lamps = topic_with(grouped["plant"][0]), topic_with(grouped["lamps"][0])
    water = grouped["others"][1]
    merge_commitments(
        water.commitment_id,
        head_id=grouped["plant"][0].commitment_id,
        actor=place.staff("dispatcher"),
    )
    merge_commitments(
        grouped["lamps"][0].commitment_id,
        head_id=grouped["plant"][0].commitment_id,
        actor=place.staff("dispatcher"),
    )
    group_town(place.town)
    assert topic_with(water) == plant
    assert topic_with(grouped["lamps"][0]) == lamps


def test_villages_stay_apart_by_night(place):
    other = Village.objects.create(town=place.town, name="Yangjia")
    for text in LAMPS[:2]:
        tell(place, text)
        tell(place, text, village=other)
    group_town(place.town)
    assert {topic.village for topic in Topic.objects.all()} == {place.village, other}


def test_what_people_did_while_the_night_read_wins(place, told, monkeypatch):
    group_town(place.town)
    plant, lamps = topic_with(told["plant"][0]), topic_with(told["lamps"][0])
    more = tell(place, "丽发新城边上搅拌站半夜噪音很大，居民睡不着")
    desk, store = place.staff("dispatcher"), nightly.store_topics

    def meanwhile(*given):
        if not lamps.undertakings.exists() and plant.merged_into is None:
            actions.merge_topics(plant.pk, number=lamps.number, actor=desk)
            actions.take_out(lamps.pk, case_ids=[told["lamps"][0].pk], actor=desk)
            plant.refresh_from_db()
        return store(*given)

    monkeypatch.setattr("luoshi.topics.grouping.store_topics", meanwhile)
    group_town(place.town)
    assert cases_in(lamps) == {*told["plant"], *told["lamps"][1:], more}
    assert not Membership.objects.filter(case=told["lamps"][0]).exists()


def test_one_night_at_a_time_and_a_silent_one_is_given_up(place, told, clock):
    running = nightly.begin_run(place.town)
    assert group_town(place.town) is None
    clock.tick(timedelta(minutes=61))
    assert group_town(place.town).state == Run.State.WHOLE
    running.refresh_from_db()
    assert running.state == Run.State.BROKEN


def test_a_night_that_breaks_off_says_so(place, told, monkeypatch):
    def fail(*given, **more):
        raise OSError

    monkeypatch.setattr("luoshi.topics.grouping.read_window", fail)
    with pytest.raises(OSError):
        group_town(place.town)
    run = Run.objects.get()
    assert run.state == Run.State.BROKEN
    assert entries_of(run)[0].code == "topics.broke_off"


def test_it_begins_by_night_once(place, told, clock, monkeypatch):
    started = []
    monkeypatch.setattr("luoshi.topics.grouping.start_grouping", started.append)
    start_where_due()
    assert started == [place.town]
    group_town(place.town)
    clock.tick(timedelta(hours=10))
    start_where_due()
    assert len(started) == 1
    # Two in the night.
    clock.tick(timedelta(hours=7))
    start_where_due()
    assert len(started) == 2
    group_town(place.town)
    clock.tick(timedelta(hours=1))
    start_where_due()
    assert len(started) == 2
    # The machine was off a whole night.
    clock.tick(timedelta(hours=30))
    start_where_due()
    assert len(started) == 3


def test_a_sealed_case_leaves_with_every_word(place, grouped):
    case = grouped["plant"][0]
    topic = topic_with(case)
    desk = place.staff("dispatcher")
    actions.rename_topic(topic.pk, name="搅拌站扰民", actor=desk)
    Topic.objects.filter(pk=topic.pk).update(title="玛瑙路搅拌站", place="玛瑙路")
    matter = seal_case(case.pk, kind="conduct", actor=desk)
    assert rows_with("玛瑙") == []
    topic.refresh_from_db()
    assert (topic.title, topic.name) == ("", "")
    page = place.client("dispatcher").get(f"/{place.town.code}/work/topics/1/")
    assert case.number not in page.content.decode()
    assert (case.pk, 0) not in {one.id for one in read_window(place.town).voices}
    group_town(place.town)
    topic.refresh_from_db()
    assert topic.matters == 3
    open_sealed(matter.pk, actor=place.staff("discipline"))
    group_town(place.town)
    topic.refresh_from_db()
    assert (topic.matters, topic.name) == (4, "搅拌站扰民")


def test_an_erased_case_leaves_its_topic_and_its_title(place, grouped):
    case = grouped["plant"][0]
    topic, desk = topic_with(case), place.staff("dispatcher")
    Topic.objects.filter(pk=topic.pk).update(title="玛瑙路搅拌站")
    Commitment.objects.filter(pk=case.commitment_id).update(
        state="closed", ending="solved", closed_at=now()
    )
    erase_case(case.pk, reason="asked", actor=desk)
    topic.refresh_from_db()
    assert cases_in(topic) == set(grouped["plant"][1:])
    assert topic.matters == 3
    assert "玛瑙" not in topic.title
    group_town(place.town)
    assert not Membership.objects.filter(case=case).exists()


def test_a_town_with_nothing_and_words_of_nothing(place):
    assert not nightly.run_is_due(place.town)
    assert group_town(place.town, actor=SCHEDULER).fresh == 0
    for text in ("啊", "👍👍👍", "。。。。", "ok ok", "灯" * 5000):
        tell(place, text)
        tell(place, text)
    assert group_town(place.town).read == 10
