"""What was decided, built, changed on the way, and judged by its users."""

import io
from datetime import timedelta

import docx
import pytest

from luoshi.commitments.actions import (
    accept_commitment,
    submit_commitment,
    take_commitment,
)
from luoshi.commitments.models import Commitment, Kind
from luoshi.conftest import Browser
from luoshi.core.actions import set_robot
from luoshi.core.clock import today
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import actions, gates
from luoshi.projects.actions import (
    Again,
    Agreed,
    Decided,
    Line,
    Marks,
    Owing,
    Standing,
)
from luoshi.projects.models import Change, Decision, Election, Project, Recheck
from luoshi.projects.tests.play import (
    bridge_kind,
    chosen_project,
    deputies_vote,
    keys_of,
    round_with,
)


def voted(place, congress, *, seats=1):
    """Return a counted vote of three deputies for the first two of three."""
    cycle = round_with(place, 40_000_000, 40_000_000, 40_000_000)
    election, codes = deputies_vote(congress, cycle, deputies=3, seats=seats)
    keys = keys_of(election)
    for code in codes:
        actions.cast_ballot(place.town, code, Marks(keys[:seats]))
    actions.close_vote(election.pk, present=3, actor=congress)
    actions.count_vote(election.pk, actor=congress)
    return Election.objects.get(pk=election.pk), keys


def test_a_decision_other_than_the_count_says_why_and_shows_both(place, congress):
    election, (one, two, three) = voted(place, congress)
    other = Decided("1号", "办第二个。", today(), [two])
    with pytest.raises(NotAllowed):
        actions.publish_decision(election.pk, other, actor=place.staff("leader"))
    with pytest.raises(Refusal, match="departure_unfounded"):
        actions.publish_decision(election.pk, other, actor=congress)
    with pytest.raises(Refusal, match="ballot_unknown"):
        unknown = Decided("1号", "x", today(), ["77"])
        actions.publish_decision(election.pk, unknown, actor=congress)
    dear = Decided("1号", "都办", today(), [one, two, three], {two: "y", three: "z"})
    with pytest.raises(Refusal, match="decided_dear"):
        actions.publish_decision(election.pk, dear, actor=congress)
    assert not Decision.objects.exists()
    why = {one: "县里已经在修。", two: "补上一个名额。"}
    told = Decided("1号", "办第二个。", today(), [two], why)
    actions.publish_decision(election.pk, told, actor=congress)
    states = dict(Project.objects.values_list("number", "state"))
    assert states == {
        int(one): "not_chosen",
        int(two): "chosen",
        int(three): "not_chosen",
    }
    page = Browser().get(f"/{place.town.code}/vote/{election.pk}/").content.decode()
    assert "县里已经在修" in page and "补上一个名额" in page
    entry = TrailEntry.objects.get(code="projects.decided")
    assert (entry.data["chosen"], entry.data["counted"]) == ([two], [one])
    with pytest.raises(Refusal, match="number_there"):
        actions.publish_decision(election.pk, told, actor=congress)
    # A later decision stands beside the first one.
    later = Decided("2号", "还是办第一个。", today(), [one])
    actions.publish_decision(election.pk, later, actor=congress)
    assert Project.objects.get(number=int(one)).state == "chosen"
    assert Decision.objects.count() == 2
    assert Election.objects.get(pk=election.pk).result.winners == [one]


def test_the_decision_is_a_word_document_in_official_layout(place, congress):
    election, (one, _two, _three) = voted(place, congress)
    url = f"/{place.town.code}/work/votes/{election.pk}/decision.docx"
    assert place.client("leader").get(url).status_code == 404
    told = Decided("青人〔2026〕1号", "办第一个。\n其余不办。", today(), [one])
    actions.publish_decision(election.pk, told, actor=congress)
    answer = place.client("leader").get(url)
    document = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "青人〔2026〕1号" in text and "其余不办。" in text
    [table] = document.tables
    assert [cell.text for cell in table.rows[1].cells][:3] == ["第1个", "40万元", "3"]


def test_the_pages_of_a_decision_open_for_who_may(place, congress):
    election, (one, _two, _three) = voted(place, congress)
    client = Browser()
    client.force_login(congress.person.account)
    url = f"/{place.town.code}/work/votes/{election.pk}/"
    assert place.client("leader").get(f"{url}decide/").status_code == 404
    assert client.get(f"{url}decide/").content.decode().count("checked") == 1
    told = {"number": "1号", "words": "办。", "decided_on": f"{today()}"}
    wrong = client.post(f"{url}decide/", told)
    assert wrong.status_code == 422
    told["chosen"] = [one]
    assert client.post(f"{url}decide/", told).status_code == 302
    assert client.get(f"{url}again/").status_code == 302


def test_building_waits_until_upkeep_and_payers_are_named(place, congress):
    project = chosen_project(place, congress, upkeep_owner_id=None, upkeep_yearly=None)
    handler = place.staff("handler")
    with pytest.raises(NotAllowed):
        actions.begin_building(project.pk, actor=place.staff("water"))
    with pytest.raises(Refusal, match="gate_shut") as refused:
        actions.begin_building(project.pk, actor=handler)
    assert "管护" in refused.value.sentence
    roads = place.office("Roads")
    Project.objects.filter(pk=project.pk).update(
        upkeep_owner=roads, upkeep_yearly=0, asks_money=True
    )
    project.refresh_from_db()
    assert len(gates.before_building(project)) == 1
    agreed = {"counted": "adults", "eligible": 100, "each_pays": 100, "cap": 200}
    agreed |= {"held_on": today(), "kept_at": "村委会"}
    for in_favour, shut in ((50, True), (51, False)):
        note = Agreed(**agreed, in_favour=in_favour)
        actions.note_village_vote(project.pk, note, actor=handler)
        assert bool(gates.before_building(project)) == shut
    actions.begin_building(project.pk, actor=handler)
    assert Project.objects.get(pk=project.pk).state == "building"


def building(place, congress, **more):
    """Return a project that is being built."""
    project = chosen_project(place, congress, **more)
    actions.begin_building(project.pk, actor=place.staff("handler"))
    return Project.objects.get(pk=project.pk)


def step_of(place, project, days=10):
    owing = Owing(
        "打桩", "桩打好", today() + timedelta(days=days), place.office("Roads").pk
    )
    return actions.add_milestone(project.pk, owing, actor=place.staff("leader"))


def finish(place, commitment_id):
    """Do a step and have somebody else accept it."""
    owner = Commitment.objects.get(pk=commitment_id).owner.name
    take_commitment(commitment_id, actor=place.staff(owner))
    submit_commitment(commitment_id, words="好了", actor=place.staff(owner))
    accept_commitment(commitment_id, actor=place.staff("inspector"))


def test_a_step_of_building_is_owed_like_everything_else(place, congress):
    project = building(place, congress)
    with pytest.raises(Refusal, match="day_past"):
        step_of(place, project, days=0)
    commitment = step_of(place, project).commitment
    assert (commitment.kind, commitment.state) == (Kind.MILESTONE, "assigned")
    assert commitment.title == "修便桥：打桩"
    page = Browser().get(f"/{place.town.code}/projects/{project.number}/")
    assert "打桩" in page.content.decode()
    with pytest.raises(Refusal, match="steps_open"):
        actions.complete(project.pk, done_on=today(), actor=place.staff("leader"))
    finish(place, commitment.pk)
    commitment.refresh_from_db()
    assert commitment.state == "closed"


def test_money_stays_below_what_was_decided_and_pays_below_contracts(place, congress):
    project, handler = building(place, congress), place.staff("handler")

    def note(kind, amount, on=None):
        line = Line(kind, amount, "桥面", on or today())
        return actions.note_money(project.pk, line, actor=handler)

    for amount in (0, 10**14):
        with pytest.raises(Refusal, match="absurd"):
            note("contracted", amount)
    with pytest.raises(Refusal, match="day_to_come"):
        note("contracted", 1, today() + timedelta(days=1))
    with pytest.raises(Refusal, match="contracted_more"):
        note("contracted", 30_000_001)
    note("contracted", 30_000_000)
    with pytest.raises(Refusal, match="contracted_more"):
        note("contracted", 1)
    with pytest.raises(Refusal, match="paid_more"):
        note("paid", 30_000_001)
    note("paid", 20_000_000)
    with pytest.raises(Refusal, match="sum_below"):
        note("paid", -20_000_001)
    with pytest.raises(Refusal, match="paid_more"):
        note("contracted", -10_000_001)
    note("paid", -5_000_000)
    page = Browser().get(f"/{place.town.code}/projects/{project.number}/")
    assert "15万元" in page.content.decode()
    with pytest.raises(NotAllowed):
        line = Line("paid", 1, "x", today())
        actions.note_money(project.pk, line, actor=place.staff("water"))


def test_a_change_over_a_tenth_goes_back_to_whoever_decided(place, congress):
    project, handler = building(place, congress), place.staff("handler")
    set_robot(address="https://1.1.1.1/send", actor=place.staff("administrator"))

    def told(code):
        """Return by which ways colleagues were told."""
        rows = Notice.objects.filter(code=f"projects.{code}").order_by("pk")
        return [(one.person, one.channel) for one in rows]

    def ask(cost, scope=False):
        return actions.ask_change(
            project.pk, cost=cost, scope=scope, why="钢材涨价", actor=handler
        )

    with pytest.raises(Refusal, match="changes_nothing"):
        ask(30_000_000)
    # Exactly a tenth holds at once; the next small step is measured from the decision.
    assert ask(33_000_000).state == Change.State.HOLDS
    change = ask(33_000_001)
    assert change.state == Change.State.WAITING
    project.refresh_from_db()
    assert (project.approved_cost, project.decided_cost) == (33_000_000, 30_000_000)
    # The staff's group does not hear of it once for each who may write it down.
    assert told("change_waits") == [(congress.person, "inbox")]
    with pytest.raises(Refusal, match="change_waits"):
        ask(34_000_000)
    with pytest.raises(Refusal, match="change_waits"):
        line = Line("contracted", 1, "x", today())
        actions.note_money(project.pk, line, actor=handler)
    yes = Again(True, "2号", today(), "同意。")
    with pytest.raises(NotAllowed):
        actions.decide_change(project.pk, yes, actor=handler)
    actions.decide_change(project.pk, yes, actor=congress)
    project.refresh_from_db()
    assert (project.approved_cost, project.decided_cost) == (33_000_001, 33_000_001)
    assert told("change_agreed") == [
        (handler.person, "inbox"),
        (handler.person, "webhook"),
    ]
    with pytest.raises(Refusal, match="no_change_waits"):
        actions.decide_change(project.pk, yes, actor=congress)
    assert ask(33_000_001, scope=True).state == Change.State.WAITING
    no = Again(False, "3号", today(), "不同意。")
    actions.decide_change(project.pk, no, actor=congress)
    assert Change.objects.get(decision_number="3号").state == Change.State.REFUSED
    page = Browser().get(f"/{place.town.code}/projects/{project.number}/")
    assert "钢材涨价" in page.content.decode()
    assert ask(29_000_000).state == Change.State.WAITING


def finished(place, congress):
    project = building(place, congress)
    finish(place, step_of(place, project).commitment_id)
    actions.complete(
        project.pk,
        done_on=today(),
        standing=Standing(bridge_kind(place)),
        actor=place.staff("leader"),
    )
    return Project.objects.get(pk=project.pk)


def test_users_judge_when_it_is_there_and_years_later(place, congress, clock):
    project = finished(place, congress)
    days = dict(Recheck.objects.values_list("months", "due_on"))
    assert list(days) == [0, 6, 12, 36] and days[36].year == today().year + 3
    url = f"/{place.town.code}/projects/{project.number}/"
    visitor = Browser()
    assert "好用吗" in visitor.get(url).content.decode()
    for answer in ("bad", "good"):
        visitor.post(f"{url}judge/", {"answer": answer})
    Browser().post(f"{url}judge/", {"answer": "nonsense"})
    recheck = Recheck.objects.get(months=0)
    assert actions.counts_of(recheck) == {"good": 1, "partly": 0, "bad": 0}
    inspector = place.staff("inspector")
    spot = {"good": 12, "partly": 3, "bad": 0}
    with pytest.raises(NotAllowed):
        actions.judge_on_the_spot(project.pk, spot, actor=place.staff("handler"))
    for wrong in ({"good": -1, "bad": 2}, {"good": 0}):
        with pytest.raises(Refusal, match="people_absurd"):
            actions.judge_on_the_spot(project.pk, wrong, actor=inspector)
    actions.judge_on_the_spot(project.pk, spot, actor=inspector)
    actions.close_recheck(project.pk, words="孩子少绕两公里。", actor=inspector)
    assert "孩子少绕两公里" in visitor.get(url).content.decode()
    with pytest.raises(Refusal, match="not_asked_now"):
        actions.judge(project.pk, "good", browser="a" * 32)
    clock.tick(timedelta(days=190))
    actions.judge(project.pk, "good", browser="a" * 32)
    assert Recheck.objects.get(months=6).answers.count() == 1
    # Who was not asked after half a year is not asked for that any more.
    clock.tick(timedelta(days=190))
    with pytest.raises(Refusal, match="nobody_asked"):
        actions.close_recheck(project.pk, words="x", actor=inspector)
    actions.judge_on_the_spot(project.pk, {"bad": 5, "good": 1}, actor=inspector)
    recheck = actions.close_recheck(project.pk, words="桥面裂了。", actor=inspector)
    assert (recheck.months, recheck.repair.state) == (12, "assigned")
    assert recheck.repair.owner_organisation == project.upkeep_owner
    assert Recheck.objects.get(months=6).closed_on == today()
    assert Recheck.objects.get(months=36).closed_on is None


def test_every_step_of_building_has_its_page(place, congress):
    project = building(place, congress)
    step_of(place, project)
    actions.ask_change(
        project.pk,
        cost=50_000_000,
        scope=True,
        why="加宽",
        actor=place.staff("handler"),
    )
    base = f"/{place.town.code}/work/projects/{project.number}/"
    handler = place.client("handler")
    page = handler.get(base).content.decode()
    for name in ("milestone", "money", "change", "complete"):
        assert f"/do/{name}/" in page, name
        assert handler.get(f"{base}do/{name}/").status_code == 200, name
    client = Browser()
    client.force_login(congress.person.account)
    told = {
        "answer": "no",
        "number": "9号",
        "decided_on": f"{today()}",
        "words": "不。",
    }
    assert handler.post(f"{base}do/again/", told).status_code == 404
    assert client.post(f"{base}do/again/", told).status_code == 302
    told = {"kind": "contracted", "amount": "1000.5", "words": "桩", "on": f"{today()}"}
    assert handler.post(f"{base}do/money/", told).status_code == 302
    assert project.money.get().amount == 100_050
    assert client.get(f"{base}do/stop/").status_code == 200
