"""The plan: computed from the register, changed by hand, approved, given out, paid."""

from datetime import timedelta

import pytest

from luoshi.commitments import actions as spine
from luoshi.commitments.models import Commitment, Kind, State
from luoshi.conftest import Browser
from luoshi.core.clock import at, today
from luoshi.core.models import Notice
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.staff import staff_of_person
from luoshi.upkeep.actions import (
    CareTold,
    PlanTold,
    approve_plan,
    begin_year,
    change_plan,
    note_contract,
    note_payment,
    set_up_plan,
    write_care,
)
from luoshi.upkeep.models import (
    AssetKind,
    Job,
    KindCare,
    Payment,
    PlannedWork,
    UpkeepPlan,
)
from luoshi.upkeep.plans.care import care_of
from luoshi.upkeep.plans.changing import Change, Standing
from luoshi.upkeep.plans.computing import claim, compute_plans
from luoshi.upkeep.plans.frozen import freeze
from luoshi.upkeep.queries import (
    asset_in_plan,
    money_by_year,
    paid_by_year,
    promises_of,
)
from luoshi.upkeep.tests.play import add, planned
from luoshi.upkeep.tests.test_register import codes_of

PlanState = UpkeepPlan.State


def until():
    return today() + timedelta(days=60)


def approved(place, plan):
    return approve_plan(
        plan.pk, until=until(), actor=place.staff("leader"), version=plan.version
    )


def test_a_plan_is_computed_within_its_money(place, plan):
    assert plan.state == PlanState.READY
    assert 0 < plan.told["value"] <= plan.told["bound"]
    standing = Standing.of(plan)
    assert all(left >= 0 for left in standing.left.values())
    assert standing.course.value == pytest.approx(plan.told["value"])
    assert standing.spent == dict(zip(plan.years, standing.course.spent, strict=True))
    assert codes_of(plan) == ["upkeep.plan_set_up"]
    # Nobody computes it twice.
    assert claim(plan.pk) is None and compute_plans(place.town) == []


def test_the_same_register_gives_the_same_plan(place, plan):
    again = planned(place)
    facts = ("asset", "year", "treatment", "cost_fen")
    first, second = (
        set(PlannedWork.objects.filter(plan=one).values_list(*facts))
        for one in (plan, again)
    )
    assert first == second
    plan.refresh_from_db()
    assert plan.state == PlanState.REPLACED


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"budgets": (1,) * 4}, "upkeep.plan_years"),
        ({"budgets": (1,) * 16}, "upkeep.plan_years"),
        ({"budgets": (0,) * 5}, "upkeep.plan_no_money"),
        ({"budgets": (-1,) * 5}, "upkeep.plan_no_money"),
        ({"rate": 201}, "upkeep.plan_rate"),
        ({"hardship": ((1, 501),)}, "upkeep.plan_hardship"),
        ({"first_year": 1999}, "upkeep.plan_begins"),
    ],
)
def test_what_cannot_be_planned_is_refused(place, told, code):
    usual = {"first_year": today().year, "budgets": (100,) * 5, "rate": 60}
    with pytest.raises(NotAllowed):
        set_up_plan(PlanTold(**usual), actor=place.staff("inspector"))
    with pytest.raises(Refusal) as refused:
        set_up_plan(PlanTold(**usual | told), actor=place.staff("dispatcher"))
    assert refused.value.code == code
    assert not UpkeepPlan.objects.exists()


def test_an_empty_register_fails_with_its_reason(place, kinds):
    plan = planned(place)
    assert (plan.state, plan.failure) == (PlanState.FAILED, "nothing")
    page = place.client("dispatcher").get(f"/qinghe/work/upkeep/plan/{plan.pk}/")
    assert "没有一处设施能排进计划" in page.content.decode()


def test_what_has_no_grade_is_counted_and_not_planned(place, kinds, facilities):
    add(place, kinds["路灯"], "LD-new")
    frozen = freeze(today().year)
    assert (frozen["ungraded"], frozen["no_people"]) == (1, 0)
    assert len(frozen["assets"]) == len(facilities)


def test_a_limit_that_cannot_be_met_fails(place, facilities):
    village = facilities["小桥-0"].village_id
    limit = {"amount": 10**13, "least": True, "village": village, "kind": None}
    plan = planned(place, limits=(limit,))
    assert (plan.state, plan.failure) == (PlanState.FAILED, "no_room")


def test_hardship_is_kept_by_village(place, facilities):
    village = facilities["小桥-0"].village_id
    plan = planned(place, hardship=((village, 150),))
    assert set(Standing.of(plan).instance.hardship) == {1.5}


def test_every_choice_says_what_the_change_then_comes_to(place, plan):
    """What the page shows of a choice is what the plan is after it."""
    actor, tried = place.staff("dispatcher"), 0
    for asset_id in list(Standing.of(plan).place)[::3]:
        effects = [
            one for one in Standing.of(plan).alone(asset_id).choices() if not one.over
        ]
        if not effects:
            continue
        before = Standing.of(plan)
        effect = effects[-1]
        change_plan(plan.pk, effect.change, actor=actor, version=plan.version)
        plan.refresh_from_db()
        after = Standing.of(plan)
        assert after.course.value - before.course.value == pytest.approx(effect.gain)
        assert sum(after.spent.values()) - sum(before.spent.values()) == effect.money
        assert after.spent == dict(zip(plan.years, after.course.spent, strict=True))
        assert min(after.left.values()) >= 0
        tried += 1
    assert tried


def test_works_are_moved_and_taken_out_and_a_second_writer_is_told(place, plan):
    work = PlannedWork.objects.filter(plan=plan, treatment="renewal").first()
    out = Change(work.asset_id, work.treatment, out_of=work.year)
    with pytest.raises(NotAllowed):
        change_plan(plan.pk, out, actor=place.staff("inspector"), version=plan.version)
    actor = place.staff("handler")
    effect = change_plan(plan.pk, out, actor=actor, version=plan.version)
    assert effect.money < 0 and effect.gain < 0
    assert not PlannedWork.objects.filter(pk=work.pk).exists()
    with pytest.raises(Refusal) as refused:
        change_plan(plan.pk, out, actor=actor, version=plan.version)
    assert refused.value.code == "upkeep.plan_changed_meanwhile"
    assert codes_of(plan)[-1] == "upkeep.plan_changed"


def test_nothing_goes_over_a_years_money(place, plan):
    UpkeepPlan.objects.filter(pk=plan.pk).update(
        budgets=list(Standing.of(plan).spent.values())
    )
    plan.refresh_from_db()
    standing = Standing.of(plan)
    dear = [
        one
        for asset_id in standing.place
        for one in standing.alone(asset_id).choices()
        if one.over
    ]
    assert dear
    with pytest.raises(Refusal) as refused:
        change_plan(
            plan.pk,
            dear[0].change,
            actor=place.staff("dispatcher"),
            version=plan.version,
        )
    assert refused.value.code == "upkeep.over_budget"


def test_only_another_leader_approves(place, plan):
    for who in ("dispatcher", "administrator"):
        with pytest.raises(NotAllowed):
            approve_plan(
                plan.pk, until=until(), actor=place.staff(who), version=plan.version
            )
    UpkeepPlan.objects.filter(pk=plan.pk).update(set_up_by=place.staff("leader").person)
    with pytest.raises(NotAllowed):
        approved(place, plan)


def test_approved_works_are_owed_and_the_rest_promised(place, plan):
    approved(place, plan)
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED
    assert codes_of(plan)[-1] == "upkeep.plan_approved"
    assert Notice.objects.filter(code="upkeep.plan_approved").exists()
    first = PlannedWork.objects.filter(plan=plan, year=plan.first_year)
    assert first.exists() and not first.filter(job=None).exists()
    assert not PlannedWork.objects.filter(plan=plan, promised_year=None).exists()
    for job in Job.objects.all():
        matter = job.case.commitment
        assert (matter.kind, matter.state) == (Kind.UPKEEP, State.ASSIGNED)
        assert matter.due_at.date() >= until()
        assert Notice.objects.filter(
            code="upkeep.job_given", person=matter.owner
        ).exists()
    with pytest.raises(NotAllowed):
        approved(place, plan)


def test_a_promise_is_only_moved_and_with_a_reason(place, plan):
    approved(place, plan)
    plan.refresh_from_db()
    work = (
        PlannedWork.objects.filter(plan=plan, job=None)
        .exclude(treatment="routine")
        .first()
    )
    page = asset_in_plan(plan, work.asset, work.year)
    choice = next(one for one in page.choices if not one.missing)
    actor = place.staff("dispatcher")
    out = Change(work.asset_id, work.treatment, out_of=work.year)
    for change, why, code in (
        (out, "有人占地", "upkeep.only_moved"),
        (choice.effect.change, " ", "upkeep.why_moved"),
    ):
        with pytest.raises(Refusal) as refused:
            change_plan(plan.pk, change, actor=actor, version=plan.version, why=why)
        assert refused.value.code == code
    change_plan(
        plan.pk,
        choice.effect.change,
        actor=actor,
        version=plan.version,
        why="等县里修完干渠",
    )
    work.refresh_from_db()
    assert (work.year, work.moved_why) == (choice.year, "等县里修完干渠")
    assert work.promised_year != work.year
    told = Browser().get(f"/qinghe/asset/planned/{work.asset.village_id}/")
    assert "等县里修完干渠" in told.content.decode()


def test_a_later_year_is_given_out_once(place, plan):
    approved(place, plan)
    plan.refresh_from_db()
    year = plan.first_year + 1
    told = {"year": year, "until": until(), "version": plan.version}
    with pytest.raises(NotAllowed):
        begin_year(plan.pk, actor=place.staff("dispatcher"), **told)
    assert begin_year(plan.pk, actor=place.staff("leader"), **told) > 0
    with pytest.raises(Refusal) as refused:
        begin_year(
            plan.pk, actor=place.staff("leader"), **told | {"version": plan.version + 1}
        )
    assert refused.value.code == "upkeep.nothing_to_order"


def test_money_is_noted_once_and_never_above_the_contract(place, plan):
    approved(place, plan)
    job = Job.objects.first()
    actor = place.staff("dispatcher")
    with pytest.raises(NotAllowed):
        note_contract(job.pk, 100, actor=place.staff("inspector"))
    with pytest.raises(Refusal) as refused:
        note_payment(job.pk, 100, on=today(), actor=actor)
    assert refused.value.code == "upkeep.not_contracted"
    note_contract(job.pk, 500_000, actor=actor)
    note_payment(job.pk, 300_000, on=today(), actor=actor, words="首付")
    for amount, day, code in (
        (0, today(), "upkeep.sum_absurd"),
        (200_001, today(), "upkeep.more_than_contracted"),
        (-300_001, today(), "upkeep.sum_below"),
        (1, today() + timedelta(days=1), "upkeep.day_to_come"),
    ):
        with pytest.raises(Refusal) as refused:
            note_payment(job.pk, amount, on=day, actor=actor)
        assert refused.value.code == code
    note_payment(job.pk, -100_000, on=today(), actor=actor)
    with pytest.raises(Refusal) as refused:
        note_contract(job.pk, 199_999, actor=actor)
    assert refused.value.code == "upkeep.less_than_paid"
    assert paid_by_year(place.town) == {today().year: 200_000}
    money = money_by_year(job.plan)[job.year]
    assert (money.contracted, money.paid) == (500_000, 200_000)
    assert Payment.objects.count() == 2


def test_accepted_works_are_written_to_the_facilities(place, plan):
    approved(place, plan)
    job = Job.objects.exclude(treatment="routine").first()
    matter = job.case.commitment
    owner = staff_of_person(matter.owner)
    spine.take_commitment(matter.pk, actor=owner)
    spine.submit_commitment(matter.pk, words="都修好了，灯亮了。", actor=owner)
    with at(f"{today() + timedelta(days=3)} 10:00"):
        spine.accept_commitment(matter.pk, actor=place.staff("leader"))
        done = today()
    for work in job.works.select_related("asset"):
        before = work.asset.grade
        work.asset.refresh_from_db()
        assert work.asset.last_works_on == done
        # An acceptance is no inspection.
        assert work.asset.grade == before
    assert Commitment.objects.get(pk=matter.pk).state == State.CLOSED
    told = promises_of(place.village)
    assert any(one.done for _year, found, _more in told.years for one in found)


def test_a_towns_own_prices_go_first(place, kinds):
    lamp = kinds["路灯"]
    assert care_of(lamp).life_years == 9
    told = CareTold(12, 5_000, 20_000, 80_000, 250_000, 100, "2025年结算价")
    with pytest.raises(NotAllowed):
        write_care(lamp.pk, told, actor=place.staff("dispatcher"))
    write_care(lamp.pk, told, actor=place.staff("administrator"))
    assert care_of(lamp) == KindCare.objects.get()
    wrong = CareTold(12, 5_000, 2_000, 80_000, 250_000, 100, "2025年结算价")
    with pytest.raises(Refusal) as refused:
        write_care(lamp.pk, wrong, actor=place.staff("administrator"))
    assert refused.value.code == "upkeep.prices_rise"
    assert codes_of(lamp)[-1] == "upkeep.care_written"
    other = AssetKind.objects.create(town=place.town, name="自定的")
    assert care_of(other) is None


def test_the_pages_work_without_scripts(place, plan, monkeypatch):
    monkeypatch.setattr("luoshi.upkeep.views.plans.start_computing", lambda town: None)
    base = "/qinghe/work/upkeep"
    desk, leader = place.client("dispatcher"), place.client("leader")
    assert desk.get(f"{base}/plan/")["Location"] == f"{base}/plan/{plan.pk}/"
    for show in ("works", "later", "never"):
        page = desk.get(f"{base}/plan/{plan.pk}/?show={show}")
        assert page.status_code == 200
    work = PlannedWork.objects.filter(plan=plan).first()
    address = f"{base}/plan/{plan.pk}/facility/{work.asset_id}/?out={work.year}"
    page = desk.get(address).context["page"]
    choice = next(one for one in page.choices if not one.missing)
    told = {"choice": choice.key, "version": plan.version}
    assert leader.get(address).status_code == 200
    assert place.client("inspector").post(address, told).status_code == 404
    assert desk.post(address, told).status_code == 302
    assert desk.post(address, told).status_code == 422
    assert desk.get(f"{base}/plan/{plan.pk}/villages/").status_code == 200
    sent = {"until": until().isoformat(), "version": plan.version + 1}
    assert desk.post(f"{base}/plan/{plan.pk}/approve/", sent).status_code in (403, 404)
    leader.post(f"{base}/plan/{plan.pk}/approve/", sent)
    job = Job.objects.first()
    assert desk.get(f"{base}/plan/{plan.pk}/jobs/").status_code == 200
    assert desk.post(f"{base}/job/{job.pk}/", {"amount": "12.5"}).status_code == 302
    paid = {"amount": "10", "on": today().isoformat()}
    assert desk.post(f"{base}/job/{job.pk}/", paid).status_code == 302
    assert desk.post(f"{base}/job/{job.pk}/", paid).status_code == 422
    job.refresh_from_db()
    assert (job.contracted_fen, Payment.objects.get().amount_fen) == (1_250, 1_000)
    form = {"first_year": today().year, "years": 5, "money": "30\n20", "rate": "6"}
    assert desk.post(f"{base}/plan/new/", form).status_code == 422
    form["money"] = "30.5"
    made = desk.get(f"{base}/plan/new/").context["form"]
    form |= {one.html_name: one.value() for one in made.hardships}
    form |= {f"limit_{at_}_sense": "least" for at_ in range(3)}
    assert desk.post(f"{base}/plan/new/", form).status_code == 302
    assert UpkeepPlan.objects.latest("pk").budgets == [30_500_000] * 5
