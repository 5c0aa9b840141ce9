"""Topics: found at night, arranged by people, acted on; sealed and erased ones gone."""

from datetime import date, timedelta

import pytest

from luoshi.cases.actions import erase_case, join_case, open_sealed, receive_case
from luoshi.cases.actions.sealing import seal_case
from luoshi.cases.models import Case
from luoshi.cases.tests.sealed_play import rows_with
from luoshi.commitments.actions import merge_commitments
from luoshi.commitments.models import Commitment, Kind, State
from luoshi.core.actors import RESIDENT, SCHEDULER
from luoshi.core.clock import now
from luoshi.core.models import Notice, Village
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of
from luoshi.topics import actions
from luoshi.topics.actions import nightly
from luoshi.topics.grouping import group_town, start_where_due
from luoshi.topics.models import Apart, Membership, Run, Topic
from luoshi.topics.reading import read_window

PLANT = [
    "丽发新城旁边的搅拌站噪音太大，晚上睡不着觉",
    "搅拌站噪音扰民，丽发新城居民晚上无法睡觉",
    "丽发新城附近搅拌站噪音和灰尘严重，请管管",
    "丽发新城小区旁搅拌站灰尘噪音污染，居民睡不好",
]
LAMPS = [
    "村口老槐树旁三盏路灯不亮，老人晚上看不见路",
    "村口老槐树路灯不亮了，晚上看不见路",
    "老槐树那边的路灯全不亮，走路看不见",
]
OTHERS = [
    "想问低保怎么申请，要带哪些材料",
    "自来水发黄，烧开以后还有味道",
    "隔壁装修把排水口堵了，说了几次不听",
    "稻田有虫害，想请农技员来看看",
]


def tell(place, text, **more):
    told = {"channel": "web", "village": place.village, "actor": RESIDENT} | more
    return receive_case(town=place.town, text=text, **told).case


@pytest.fixture
def told(place):
    """Tell two problems several times, and four others once."""
    return {
        "plant": [tell(place, text) for text in PLANT],
        "lamps": [tell(place, text) for text in LAMPS],
        "others": [tell(place, text) for text in OTHERS],
    }


@pytest.fixture
def grouped(place, told):
    group_town(place.town)
    return told


def topic_with(case):
    return Topic.objects.get(memberships__case=case)


def cases_in(topic):
    return set(Case.objects.filter(membership__topic=topic))


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


@pytest.mark.parametrize("who", ["leader", "inspector", "handler", "administrator"])
def test_only_a_dispatcher_arranges(place, grouped, who):
    topic, actor = topic_with(grouped["plant"][0]), place.staff(who)
    ids = [case.pk for case in grouped["plant"][:2]]
    other = topic_with(grouped["lamps"][0])
    for act in (
        lambda: actions.rename_topic(topic.pk, name="x", actor=actor),
        lambda: actions.split_topic(topic.pk, case_ids=ids, name="", actor=actor),
        lambda: actions.take_out(topic.pk, case_ids=ids, actor=actor),
        lambda: actions.put_in(
            topic.pk, number=grouped["others"][0].number, actor=actor
        ),
        lambda: actions.merge_topics(topic.pk, number=other.number, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert entries_of(topic) == []
    assert cases_in(topic) == set(grouped["plant"])


def test_a_name_stays_whatever_the_night_finds(place, grouped):
    topic, desk = topic_with(grouped["plant"][0]), place.staff("dispatcher")
    with pytest.raises(Refusal, match=r"topics\.name_long"):
        actions.rename_topic(topic.pk, name="长" * 61, actor=desk)
    actions.rename_topic(topic.pk, name=" 搅拌站 扰民 ", actor=desk)
    group_town(place.town)
    topic.refresh_from_db()
    assert str(topic) == "搅拌站 扰民"
    assert entries_of(topic)[0].code == "topics.renamed"
    assert "person" not in entries_of(topic)[0].data
    actions.rename_topic(topic.pk, name="", actor=desk)
    topic.refresh_from_db()
    assert str(topic) == topic.title


def test_a_split_stays_split(place, grouped):
    topic, desk = topic_with(grouped["plant"][0]), place.staff("dispatcher")
    ids = [case.pk for case in grouped["plant"]]
    for chosen, code in ((ids[:1], "split_two"), (ids, "split_all")):
        with pytest.raises(Refusal, match=rf"topics\.{code}"):
            actions.split_topic(topic.pk, case_ids=chosen, name="", actor=desk)
    with pytest.raises(Refusal, match=r"topics\.moved_meanwhile"):
        lamp = grouped["lamps"][0].pk
        actions.split_topic(topic.pk, case_ids=[ids[0], lamp], name="", actor=desk)
    other = actions.split_topic(topic.pk, case_ids=ids[:2], name="", actor=desk)
    assert other.number == 3
    group_town(place.town)
    assert cases_in(other) == set(grouped["plant"][:2])
    assert cases_in(topic) == set(grouped["plant"][2:])
    topic.refresh_from_db()
    other.refresh_from_db()
    assert (topic.matters, other.matters) == (2, 2)
    assert other.title
    assert entries_of(topic)[0].code == "topics.split"
    assert entries_of(other)[0].data == {"number": topic.number}


def test_what_was_taken_out_stays_out_and_can_be_put_in(place, grouped):
    topic, desk = topic_with(grouped["plant"][0]), place.staff("dispatcher")
    case = grouped["plant"][3]
    actions.take_out(topic.pk, case_ids=[case.pk], actor=desk)
    group_town(place.town)
    assert not Membership.objects.filter(case=case).exists()
    assert entries_of(topic)[0].data == {"numbers": case.number}
    with pytest.raises(Refusal, match=r"topics\.no_such_number"):
        actions.put_in(topic.pk, number="QI-999", actor=desk)
    actions.put_in(topic.pk, number=f" {case.number.lower()} ", actor=desk)
    assert topic_with(case) == topic
    assert not Apart.objects.exists()
    with pytest.raises(Refusal, match=r"topics\.there_already"):
        actions.put_in(topic.pk, number=case.number, actor=desk)
    # From another topic it leaves that one for good.
    lamps = topic_with(grouped["lamps"][0])
    actions.put_in(lamps.pk, number=case.number, actor=desk)
    group_town(place.town)
    assert topic_with(case) == lamps
    topic.refresh_from_db()
    assert topic.matters == 3


def test_a_merged_number_leads_to_the_other(place, grouped):
    plant, lamps = topic_with(grouped["plant"][0]), topic_with(grouped["lamps"][0])
    desk = place.staff("dispatcher")
    for number, code in ((99, "no_such_topic"), (plant.number, "into_itself")):
        with pytest.raises(Refusal, match=rf"topics\.{code}"):
            actions.merge_topics(plant.pk, number=number, actor=desk)
    out = grouped["plant"][3]
    actions.take_out(plant.pk, case_ids=[out.pk], actor=desk)
    actions.merge_topics(plant.pk, number=lamps.number, actor=desk)
    group_town(place.town)
    assert cases_in(lamps) == {*grouped["plant"][:3], *grouped["lamps"]}
    plant.refresh_from_db()
    lamps.refresh_from_db()
    assert (plant.merged_into, plant.title) == (lamps, "")
    assert lamps.matters == 6
    codes = entries_of(plant)[0].code, entries_of(lamps)[0].code
    assert codes == ("topics.merged", "topics.took_in")
    with pytest.raises(Refusal, match=r"topics\.went_into"):
        actions.rename_topic(plant.pk, name="x", actor=desk)
    base = f"/{place.town.code}/work/topics/"
    answer = place.client("dispatcher").get(f"{base}{plant.number}/")
    assert answer.headers["Location"] == f"{base}{lamps.number}/"


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


def wanted(place, **told):
    every = {
        "title": "搅拌站夜里停工",
        "words": "晚十点后不开工，装隔音墙",
        "organisation": place.office("Roads"),
        "until": date(2026, 4, 30),
    }
    return actions.Wanted(**(every | told))


def test_acting_before_the_next_complaint_is_a_commitment(place, grouped):
    topic = topic_with(grouped["plant"][0])
    for who in ("handler", "inspector", "administrator"):
        with pytest.raises(NotAllowed):
            actions.act_before(topic.pk, wanted(place), actor=place.staff(who))
    leader = place.staff("leader")
    with pytest.raises(Refusal, match=r"commitments\.day_past"):
        early = wanted(place, until=date(2026, 3, 2))
        actions.act_before(topic.pk, early, actor=leader)
    assert not Commitment.objects.filter(kind=Kind.TOPIC).exists()
    made = actions.act_before(topic.pk, wanted(place), actor=leader)
    commitment = made.commitment
    assert (commitment.kind, commitment.state) == (Kind.TOPIC, State.ASSIGNED)
    assert commitment.owner_organisation == place.office("Roads")
    assert str(commitment.due_at.date()) == "2026-04-30"
    assert commitment.village == place.village
    assert entries_of(topic)[0].code == "topics.acted_on"
    assert entries_of(commitment)[0].code == "topics.act_opened"
    told = Notice.objects.filter(code="topics.given_to_you")
    assert {notice.person for notice in told} == {commitment.owner}
    with pytest.raises(Refusal, match=r"topics\.acted_already"):
        actions.act_before(topic.pk, wanted(place), actor=leader)
    # What the town opened itself is no complaint.
    group_town(place.town)
    assert cases_in(topic) == set(grouped["plant"])
    number = commitment.number
    base = f"/{place.town.code}/work/"
    page = place.client("leader").get(f"{base}case/{number}/").content.decode()
    assert f"{base}topics/{topic.number}/" in page
    assert grouped["plant"][0].number in page
    assert "原话" not in page
    page = place.client("dispatcher").get(f"{base}case/{grouped['plant'][0].number}/")
    assert number in page.content.decode()
    acted = place.client("leader").get(f"{base}topics/?view=acted").content.decode()
    assert number in acted


def test_the_pages_do_what_the_actions_do(place, grouped):
    plant, lamps = topic_with(grouped["plant"][0]), topic_with(grouped["lamps"][0])
    desk, base = place.client("dispatcher"), f"/{place.town.code}/work/topics/"
    here = f"{base}{plant.number}/"
    page = desk.get(base).content.decode()
    assert str(plant) in page
    assert str(lamps) in page
    for who in ("handler", "administrator", "releaser"):
        assert place.client(who).get(base).status_code == 403
        assert place.client(who).get(here).status_code == 403
    for who in ("leader", "inspector"):
        assert place.client(who).get(here).status_code == 200
        answer = place.client(who).post(f"{here}name/", {"name": "x"})
        assert answer.status_code == 403
    assert desk.post(f"{here}name/", {"name": "长" * 61}).status_code == 422
    assert desk.post(f"{here}name/", {"name": "搅拌站"}).status_code == 302
    assert "搅拌站" in desk.get(here).content.decode()
    numbers = [case.number for case in grouped["plant"]]
    one = {"chosen": numbers[:1], "split": "yes"}
    page = desk.post(f"{here}chosen/", one, follow=True).content.decode()
    assert cases_in(plant) == set(grouped["plant"])
    out = {"chosen": numbers[:1], "take_out": "yes"}
    assert desk.post(f"{here}chosen/", out).status_code == 302
    assert cases_in(plant) == set(grouped["plant"][1:])
    assert desk.post(f"{here}put-in/", {"number": "x"}).status_code == 422
    assert desk.post(f"{here}put-in/", {"number": numbers[0]}).status_code == 302
    two = {"chosen": numbers[:2], "split": "yes", "name": "新的一题"}
    answer = desk.post(f"{here}chosen/", two)
    assert answer.headers["Location"] == f"{base}3/"
    answer = desk.post(f"{base}3/into/", {"number": plant.number})
    assert answer.headers["Location"] == here
    assert cases_in(plant) == set(grouped["plant"])
    leader = place.client("leader")
    assert leader.post(f"{here}act/", {}).status_code == 422
    form = {
        "title": "搅拌站夜里停工",
        "words": "晚十点后不开工",
        "organisation": place.office("Roads").pk,
        "until": "2026-04-30",
    }
    answer = leader.post(f"{here}act/", form)
    assert answer.status_code == 302
    assert leader.post(f"{here}act/", form).status_code == 422


def test_who_sees_no_topics_sees_none_on_a_case(place, grouped):
    case = grouped["plant"][0]
    shown = 'id="topic"'
    url = f"/{place.town.code}/work/case/{case.number}/"
    assert shown in place.client("dispatcher").get(url).content.decode()
    Commitment.objects.filter(pk=case.commitment_id).update(state="assigned")
    assert shown not in place.client("releaser").get(url).content.decode()
    other = f"/{place.town.code}/work/case/{grouped['others'][0].number}/"
    assert shown not in place.client("dispatcher").get(other).content.decode()


def test_a_longer_list_needs_no_more_queries(
    place, grouped, django_assert_max_num_queries
):
    client, base = place.client("dispatcher"), f"/{place.town.code}/work/topics/"
    client.get(base)
    Topic.objects.bulk_create(
        Topic(
            town=place.town,
            number=number,
            first_at=now(),
            last_at=now(),
            told_at=now(),
            matters=2,
            heat=number,
        )
        for number in range(100, 160)
    )
    with django_assert_max_num_queries(16):
        page = client.get(base)
    text = page.content.decode()
    assert "?view=hot&amp;after=" in text
    last = text.split("?view=hot&amp;after=")[1].split('"')[0]
    rest = client.get(f"{base}?after={last}").content.decode()
    numbers = {number for number in range(100, 160) if f"/topics/{number}/" in text}
    others = {number for number in range(100, 160) if f"/topics/{number}/" in rest}
    assert len(numbers) == 50
    assert numbers | others == set(range(100, 160))
    assert not numbers & others


def test_a_town_with_nothing_and_words_of_nothing(place):
    assert not nightly.run_is_due(place.town)
    assert group_town(place.town, actor=SCHEDULER).fresh == 0
    for text in ("啊", "👍👍👍", "。。。。", "ok ok", "灯" * 5000):
        tell(place, text)
        tell(place, text)
    assert group_town(place.town).read == 10
