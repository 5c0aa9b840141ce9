"""Topics are arranged by people, and acted on; the pages do what the actions do."""

from datetime import date

import pytest

from luoshi.commitments.models import Commitment, Kind, State
from luoshi.core.clock import now
from luoshi.core.models import Notice
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of
from luoshi.topics import actions
from luoshi.topics.grouping import group_town
from luoshi.topics.models import Apart, Membership, Topic
from luoshi.topics.tests.play import cases_in, topic_with


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
