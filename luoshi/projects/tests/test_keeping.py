"""A finished project stands in the register of upkeep, and leaves it with its end."""

import pytest

from luoshi.core.clock import today
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import actions
from luoshi.projects.actions import Standing
from luoshi.projects.models import Figure, Kept, Project, Recheck
from luoshi.projects.models.projects import State
from luoshi.projects.tests.play import bridge_kind, chosen_project
from luoshi.projects.tests.test_building import building, finish, finished, step_of
from luoshi.upkeep.models import Asset, Round


def ready(place, congress, **more):
    """Return a project whose steps are all done."""
    project = building(place, congress, **more)
    finish(place, step_of(place, project).commitment_id)
    return project


def test_what_is_finished_is_kept_up_from_that_day_on(place, congress):
    project, leader = ready(place, congress), place.staff("leader")
    bridge = bridge_kind(place)

    def complete(standing):
        return actions.complete(
            project.pk, done_on=today(), standing=standing, actor=leader
        )

    with pytest.raises(Refusal, match="kind_missing"):
        complete(Standing())
    Project.objects.filter(pk=project.pk).update(upkeep_owner=None)
    with pytest.raises(Refusal, match="gate_shut"):
        complete(Standing(bridge))
    assert not Asset.objects.exists() and not Recheck.objects.exists()
    roads = place.office("Roads")
    Project.objects.filter(pk=project.pk).update(upkeep_owner=roads)
    complete(Standing(bridge, 1))
    [asset] = Asset.objects.all()
    assert (asset.name, asset.kind, asset.keeper) == ("修便桥", bridge, roads)
    assert (asset.yearly_fen, asset.people_served) == (500_000, 300)
    assert (asset.replacement_fen, asset.built_year) == (30_000_000, today().year)
    assert Round.objects.filter(asset=asset, done_on=None).exists()
    assert Kept.objects.get().asset == asset
    entry = TrailEntry.objects.get(code="upkeep.built")
    assert entry.data["number"] == asset.number
    told = Notice.objects.filter(code="projects.yours_to_keep")
    assert place.staff("handler").person in [one.person for one in told]
    with pytest.raises(Refusal, match="not_from_here"):
        complete(Standing(bridge, 1))
    with pytest.raises(NotAllowed):
        actions.keep_up(project.pk, Standing(bridge), actor=place.staff("water"))
    actions.keep_up(project.pk, Standing(bridge, 1), actor=leader)
    assert Asset.objects.count() == Kept.objects.count() == 1


def test_both_pages_lead_to_the_other(place, congress):
    project = finished(place, congress)
    asset = Asset.objects.get()
    base = f"/{place.town.code}/work"
    client = place.client("handler")
    page = client.get(f"{base}/projects/{project.number}/").content.decode()
    assert f"/upkeep/{asset.pk}/" in page and "/do/keep/" not in page
    page = client.get(f"{base}/upkeep/{asset.pk}/").content.decode()
    assert f"{base}/projects/{project.number}/" in page and "5,000元" in page


def test_what_is_taken_back_leaves_the_register_and_comes_back_as_it_was(
    place, congress
):
    project, leader = finished(place, congress), place.staff("leader")
    asset = Asset.objects.get()
    with pytest.raises(NotAllowed):
        actions.reopen(project.pk, why="栏杆没装", actor=place.staff("water"))
    with pytest.raises(Refusal, match="why_missing"):
        actions.reopen(project.pk, why=" ", actor=leader)
    actions.reopen(project.pk, why="栏杆没装", actor=leader)
    project.refresh_from_db()
    asset.refresh_from_db()
    assert (project.state, project.done_on) == (State.BUILDING, None)
    assert (asset.retired_on, asset.retired_why) == (today(), "栏杆没装")
    assert not Recheck.objects.exists()
    assert not Round.objects.filter(done_on=None).exists()
    entry = TrailEntry.objects.get(code="projects.reopened")
    assert entry.person == leader.person
    actions.complete(
        project.pk, done_on=today(), standing=Standing(asset.kind, 2), actor=leader
    )
    [again] = Asset.objects.all()
    assert (again.pk, again.code, again.number) == (asset.pk, asset.code, asset.number)
    assert (again.retired_on, again.amount) == (None, 2)
    assert Round.objects.filter(asset=again, done_on=None).exists()
    actions.judge(project.pk, "good", browser="a" * 32)
    with pytest.raises(Refusal, match="judged_already"):
        actions.reopen(project.pk, why="栏杆没装", actor=leader)


def test_a_service_that_costs_nothing_a_year_needs_no_facility(place, congress):
    project = ready(place, congress, upkeep_yearly=0)
    actions.complete(project.pk, done_on=today(), actor=place.staff("leader"))
    assert not Asset.objects.exists()
    with pytest.raises(Refusal, match="kind_missing"):
        actions.keep_up(project.pk, Standing(), actor=place.staff("leader"))


def test_the_page_proposes_the_kind_that_the_figure_speaks_of(place, congress):
    bridge = bridge_kind(place)
    project = ready(place, congress)
    Figure.objects.create(
        town=place.town,
        project=project,
        kind="bridge",
        funded=True,
        by=place.staff("leader").person,
        at=project.proposed_at,
    )
    base = f"/{place.town.code}/work/projects/{project.number}/"
    client = place.client("handler")
    page = client.get(f"{base}do/complete/").content.decode()
    assert f'<option value="{bridge.pk}" selected>' in page
    assert (
        client.post(f"{base}do/complete/", {"done_on": f"{today()}"}).status_code == 422
    )
    told = {"done_on": f"{today()}", "kind": bridge.pk, "amount": ""}
    assert client.post(f"{base}do/complete/", told).status_code == 302
    assert place.client("water").get(f"{base}do/reopen/").status_code == 404
    assert client.post(f"{base}do/reopen/", {"why": "栏杆没装"}).status_code == 302
    assert Asset.objects.get().retired_on == today()


def test_one_without_upkeep_is_not_begun(place, congress):
    project = chosen_project(place, congress, upkeep_yearly=None)
    with pytest.raises(Refusal, match="gate_shut"):
        actions.begin_building(project.pk, actor=place.staff("leader"))
