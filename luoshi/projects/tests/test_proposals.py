"""Rounds, proposals, supporters, merging, and the gates before a candidate."""

from datetime import timedelta

import pytest

from luoshi.cases.tests.test_main_job import dispatched
from luoshi.conftest import Browser
from luoshi.consultations.models import Consultation
from luoshi.core.clock import now
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import actions, gates, queries
from luoshi.projects.access import newest_cycle
from luoshi.projects.actions import Agreed, Answer, Facts, Idea, Opening, usual_days
from luoshi.projects.models import Cycle, Project, Source, Supporter
from luoshi.projects.tests.play import (
    ANSWERS,
    FACTS,
    MILLION,
    candidate,
    opened,
    proposed,
    to_stage,
)
from luoshi.topics.models import Topic


def test_a_round_is_opened_once_a_year_with_money_and_days_in_order(place):
    opening = Opening(2027, "2027年实事", MILLION, usual_days(2027))
    with pytest.raises(NotAllowed):
        actions.open_cycle(opening, actor=place.staff("handler"))
    for budget in (0, -5, 10**14):
        with pytest.raises(Refusal, match="sum_absurd"):
            opened(place, budget=budget)
    days = usual_days(2027) | {"decide": usual_days(2026)["decide"]}
    with pytest.raises(Refusal, match="days_in_order"):
        actions.open_cycle(
            Opening(2027, "x", MILLION, days), actor=place.staff("leader")
        )
    assert not Cycle.objects.exists()
    cycle = opened(place)
    assert next(one.name for one in queries.stages_of(cycle)) == cycle.stage
    assert TrailEntry.objects.get(code="projects.cycle_opened").person.name == "leader"
    with pytest.raises(Refusal, match="cycle_there"):
        opened(place)
    # A village's own round, even of a later year, does not stand before the town's.
    assert opened(place, 2028, village_id=place.village.pk).decider == "village"
    assert newest_cycle(place.town) == cycle


def test_stages_follow_each_other(place):
    cycle = opened(place)
    with pytest.raises(Refusal, match="stage_next"):
        actions.begin_stage(cycle.pk, "decide", actor=place.staff("leader"))
    with pytest.raises(NotAllowed):
        actions.begin_stage(cycle.pk, "appraise", actor=place.staff("dispatcher"))
    assert to_stage(place, cycle, "judge").stage == "judge"
    with pytest.raises(Refusal, match="stage_next"):
        actions.begin_stage(cycle.pk, "collect", actor=place.staff("leader"))


def test_a_resident_proposes_on_the_web_and_others_read_it_once_it_was_looked_at(place):
    cycle, visitor = opened(place), Browser()
    url = f"/{place.town.code}/projects/round/{cycle.pk}/propose/"
    told = {
        "title": "修便桥",
        "need": "孩子上学要绕两公里，打13812345678",
        "website": "",
    }
    assert "13812345678" in visitor.post(url, told).content.decode()
    assert not Project.objects.exists()
    page = visitor.post(url, told | {"need": "孩子上学要绕两公里。"})
    assert page.status_code == 200
    project = Project.objects.get()
    public = f"/{place.town.code}/projects/{project.number}/"
    assert (project.state, visitor.get(public).status_code) == ("waiting", 404)
    assert Notice.objects.filter(code="projects.to_look_at").exists()
    step = f"/{place.town.code}/work/projects/{project.number}/do/release/"
    assert place.client("handler").post(step).status_code == 404
    assert place.client("dispatcher").post(step).status_code == 302
    assert "修便桥" in visitor.get(public).content.decode()
    # Who proposed it supports it, once.
    for expected in (1, 1):
        assert visitor.post(f"{public}support/").status_code == 302
        assert queries.row_of(project).supporters == expected
    Browser().post(f"{public}support/")
    assert queries.row_of(project).supporters == 2
    assert not TrailEntry.objects.filter(code__contains="support").exists()
    to_stage(place, cycle, "appraise")
    assert "不在征集" in visitor.post(url, told | {"need": "又一个。"}).content.decode()


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(place):
    cycle = opened(place)
    url = f"/{place.town.code}/projects/round/{cycle.pk}/propose/"
    told = {"title": "x", "need": "y", "website": "http://spam"}
    assert Browser().post(url, told).status_code == 200
    assert not Project.objects.exists()


def test_merged_proposals_count_each_supporter_once_and_can_part_again(place):
    cycle = opened(place)
    one, other = proposed(place, cycle, "修便桥"), proposed(place, cycle, "建人行桥")
    for browser in ("a" * 32, "b" * 32):
        actions.support(one.pk, browser=browser)
    for browser in ("b" * 32, "c" * 32):
        actions.support(other.pk, browser=browser)
    handler = place.staff("handler")
    actions.support_on_paper(other.pk, people=40, kept_at="村委会1号", actor=handler)
    actions.support_on_paper(other.pk, people=41, kept_at="村委会1号", actor=handler)
    dispatcher = place.staff("dispatcher")
    with pytest.raises(NotAllowed):
        actions.merge_proposal(other.pk, one.number, actor=handler)
    with pytest.raises(Refusal, match="no_such_number"):
        actions.merge_proposal(one.pk, one.number, actor=dispatcher)
    actions.merge_proposal(other.pk, one.number, actor=dispatcher)
    assert queries.row_of(one).supporters == 3 + 41
    assert [row.project.pk for row in queries.public_groups(cycle)[0].rows] == [one.pk]
    answer = Browser().get(f"/{place.town.code}/projects/{other.number}/")
    assert answer.headers["Location"].endswith(f"/{one.number}/")
    with pytest.raises(Refusal, match="not_supported_now"):
        actions.support(other.pk, browser="d" * 32)
    actions.part_proposal(other.pk, actor=dispatcher)
    assert queries.row_of(one).supporters == 2
    assert Supporter.objects.count() == 4


def test_a_proposal_goes_into_none_of_another_round_and_none_into_one_gone(place):
    cycle, village = opened(place), opened(place, village_id=place.village.pk)
    one, far = proposed(place, cycle), proposed(place, village)
    third = proposed(place, cycle, "第三个")
    dispatcher = place.staff("dispatcher")
    with pytest.raises(Refusal, match="no_such_number"):
        actions.merge_proposal(one.pk, far.number, actor=dispatcher)
    actions.merge_proposal(one.pk, third.number, actor=dispatcher)
    with pytest.raises(Refusal, match="no_such_number"):
        actions.merge_proposal(third.pk, one.number, actor=dispatcher)


def test_declining_needs_a_reason_that_everybody_reads(place):
    project = proposed(place, opened(place))
    dispatcher = place.staff("dispatcher")
    for why in (" ", "打13812345678"):
        with pytest.raises(Refusal):
            actions.decline_proposal(project.pk, why=why, actor=dispatcher)
    actions.decline_proposal(project.pk, why="县里明年修这条路。", actor=dispatcher)
    page = Browser().get(f"/{place.town.code}/projects/{project.number}/")
    assert "县里明年修这条路" in page.content.decode()
    actions.take_up_again(project.pk, actor=dispatcher)
    project.refresh_from_db()
    assert (project.state, project.ended_why) == ("proposed", "")


def test_a_topic_stays_behind_its_project(place):
    topic = Topic.objects.create(
        town=place.town, number=7, title="路灯", people=12, told_at="2026-03-01T00:00Z"
    )
    cycle = opened(place)
    idea = Idea(cycle.pk, "装路灯", "天黑看不见。", kind="topic", topic_id=topic.pk)
    project = actions.enter_proposal(idea, actor=place.staff("handler"))
    page = Browser().get(f"/{place.town.code}/projects/{project.number}/")
    assert "有12人" in page.content.decode()
    other = proposed(place, cycle)
    actions.add_source(other.pk, topic_id=topic.pk, actor=place.staff("leader"))
    assert Source.objects.filter(topic=topic).count() == 2


def test_a_candidate_needs_every_answer_and_every_figure(place):
    cycle = to_stage(place, opened(place), "appraise")
    project = proposed(place, cycle)
    leader, handler = place.staff("leader"), place.staff("handler")
    assert len(gates.before_candidate(project)) == 5 + 4
    with pytest.raises(Refusal, match="answer_unfounded"):
        actions.appraise(project.pk, {"need": Answer("yes", " ")}, actor=handler)
    actions.appraise(
        project.pk, ANSWERS | {"land": Answer("no", "是基本农田")}, actor=handler
    )
    for name, bad in (("cost", 0), ("households", -1), ("years_of_use", 1000)):
        with pytest.raises(Refusal, match="absurd"):
            actions.tell_facts(
                project.pk, Facts(**(FACTS | {name: bad})), actor=handler
            )
    actions.tell_facts(project.pk, Facts(**FACTS), actor=handler)
    with pytest.raises(Refusal, match="gate_shut") as refused:
        actions.put_forward(project.pk, actor=leader)
    assert "地能用吗" in refused.value.sentence
    actions.appraise(
        project.pk, {"land": Answer("condition", "换到路边")}, actor=handler
    )
    with pytest.raises(NotAllowed):
        actions.put_forward(project.pk, actor=handler)
    actions.put_forward(project.pk, actor=leader)
    entry = TrailEntry.objects.get(code="projects.put_forward")
    assert entry.data == {"cost": FACTS["cost"]}
    # What people read before they vote stands still; who keeps it up may be named.
    with pytest.raises(Refusal, match="candidate_fixed"):
        actions.tell_facts(project.pk, Facts(**(FACTS | {"cost": 1})), actor=handler)
    named = Facts(**FACTS, upkeep_yearly=0, upkeep_owner_id=place.office("Roads").pk)
    actions.tell_facts(project.pk, named, actor=handler)
    page = Browser().get(f"/{place.town.code}/projects/round/{cycle.pk}/candidates/")
    assert "30万元" in page.content.decode()


def test_no_candidate_is_named_while_proposals_are_collected(place):
    with pytest.raises(Refusal, match="not_naming"):
        candidate(place, opened(place))


def test_one_candidate_alone_is_not_dearer_than_all_the_money(place):
    cycle = to_stage(place, opened(place), "appraise")
    with pytest.raises(Refusal, match="dearer_than_all"):
        candidate(place, cycle, cost=MILLION + 1)


def consulted(place):
    """Return a consultation that is open."""
    return Consultation.objects.create(
        town=place.town,
        number=3,
        title="改厕",
        question="怎么改？",
        affected="全村",
        track="ordinary",
        code="7K2M94PX",
        state="open",
        opens_at=now(),
        closes_at=now() + timedelta(days=7),
        commitment=dispatched(place).case.commitment,
        office=place.office("Roads"),
        made_at=now(),
        made_by=place.staff("leader").person,
    )


@pytest.mark.parametrize("touches", ["affects_habits", "asks_money"])
def test_habits_and_money_wait_for_the_answer_to_their_consultation(place, touches):
    cycle = to_stage(place, opened(place), "appraise")
    with pytest.raises(Refusal, match="gate_shut"):
        candidate(place, cycle, **{touches: True})
    project, leader = Project.objects.get(), place.staff("leader")
    asked = consulted(place)
    named = Facts(**FACTS, **{touches: True}, consultation_id=asked.pk)
    actions.tell_facts(project.pk, named, actor=place.staff("handler"))
    for state in ("open", "closed", "stopped"):
        Consultation.objects.update(state=state)
        with pytest.raises(Refusal, match="gate_shut") as refused:
            actions.put_forward(project.pk, actor=leader)
        assert "改厕" in refused.value.sentence
    Consultation.objects.update(
        state="published",
        decision="改。",
        published_at=now(),
        published_by=leader.person,
    )
    actions.put_forward(project.pk, actor=leader)
    assert Project.objects.get().state == "candidate"


def test_the_villagers_vote_on_paying_is_kept_within_its_bounds(place):
    cycle = to_stage(place, opened(place), "appraise")
    project = proposed(place, cycle)
    handler = place.staff("handler")
    good = {
        "counted": "households",
        "eligible": 90,
        "in_favour": 59,
        "each_pays": 1500,
        "cap": 2000,
        "held_on": cycle.opened_at.date(),
        "kept_at": "村委会",
    }
    with pytest.raises(Refusal, match="asks_nothing"):
        actions.note_village_vote(project.pk, Agreed(**good), actor=handler)
    facts = Facts(**FACTS, asks_money=True)
    actions.tell_facts(project.pk, facts, actor=handler)
    for name, bad, code in (
        ("in_favour", 91, "more_than_all"),
        ("each_pays", 2001, "above_cap"),
        ("each_pays", 0, "above_cap"),
    ):
        with pytest.raises(Refusal, match=code):
            actions.note_village_vote(
                project.pk, Agreed(**(good | {name: bad})), actor=handler
            )
    vote = actions.note_village_vote(project.pk, Agreed(**good), actor=handler)
    assert not vote.carried
    for more, carried in (
        ({"in_favour": 60}, True),
        ({"counted": "adults", "in_favour": 45}, False),
        ({"counted": "adults", "in_favour": 46}, True),
    ):
        vote = actions.note_village_vote(
            project.pk, Agreed(**(good | more)), actor=handler
        )
        assert vote.carried == carried, more


def test_the_board_needs_no_more_queries_for_a_longer_list(
    place, django_assert_max_num_queries
):
    cycle, client = opened(place), place.client("leader")
    proposed(place, cycle)
    url = f"/{place.town.code}/work/projects/"
    client.get(url)
    for number in range(20):
        proposed(place, cycle, f"第{number}个")
    with django_assert_max_num_queries(22):
        assert client.get(url).status_code == 200
    with django_assert_max_num_queries(14):
        assert Browser().get(f"/{place.town.code}/projects/").status_code == 200


def test_the_pages_of_a_round_and_its_steps_open_for_who_may(place):
    cycle = to_stage(place, opened(place), "appraise")
    project = proposed(place, cycle)
    base = f"/{place.town.code}/work/projects"
    one = f"{base}/{project.number}/"
    assert place.client("discipline").get(one).status_code == 403
    for who, names in {
        "dispatcher": {"merge", "decline", "facts", "appraise", "signed", "topic"},
        "handler": {"facts", "appraise", "signed"},
        "inspector": set(),
    }.items():
        page = place.client(who).get(one).content.decode()
        found = {
            name
            for name in ["merge", "decline", "facts", "appraise", "signed", "topic"]
            if f"/do/{name}/" in page
        }
        assert found == names, who
        for name in names:
            url = f"{one}do/{name}/"
            assert place.client(who).get(url).status_code == 200, name
    entered = {"kind": "topic", "topic": 99, "title": "x", "need": "y"}
    enter = place.client("handler").post(f"{base}/round/{cycle.pk}/enter/", entered)
    assert enter.status_code == 422
    entered["kind"] = "department"
    enter = place.client("handler").post(f"{base}/round/{cycle.pk}/enter/", entered)
    assert enter.status_code == 302
    assert Source.objects.latest("pk").organisation == place.office("Roads")
