"""Villages become one: nothing lost or twice, old doors open, undone while young."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.cases.actions import receive_case
from luoshi.cases.actions.places import place_in
from luoshi.cases.figures.behind import list_behind
from luoshi.cases.figures.page import figures_page
from luoshi.cases.ledger import village_page
from luoshi.cases.models import ReplyTemplate
from luoshi.cases.tests.test_ledger import publish
from luoshi.cases.tests.test_main_job import report
from luoshi.commitments import actions as work
from luoshi.commitments.models import Category, Commitment
from luoshi.commitments.queries import Filters, commitments_visible_to, inbox_ids
from luoshi.conftest import Browser
from luoshi.core.actions import (
    Joining,
    bring_population,
    join_villages,
    part_villages,
    plan_villages,
    why_not_undone,
)
from luoshi.core.actors import RESIDENT
from luoshi.core.models import (
    HandoverPair,
    Notice,
    Organisation,
    Population,
    Tenure,
    Village,
    VillageGroup,
    VillageMerge,
)
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.sheets.population import Figure
from luoshi.core.staff import staff_of_person
from luoshi.core.towns import add_person
from luoshi.core.trail import entries_of
from luoshi.core.villages import family_of, people_by_village

TODAY = date(2026, 3, 2)


def add_village(place, name, people=0, on=date(2025, 12, 31)):
    """Make a village with a group, an office with one post, and people."""
    village = Village.objects.create(town=place.town, name=name)
    VillageGroup.objects.create(town=place.town, village=village, name="一组")
    person = add_person(
        place.town,
        username=f"officer-{name}",
        password="a-long-password",
        name=f"{name}干部",
        office=f"{name}委",
        title="村干部",
        roles=["village_officer"],
    )
    Organisation.objects.filter(name=f"{name}委").update(
        kind="village", village=village
    )
    if people:
        live(place, village, people, on)
    return village, person


def live(place, village, people, on):
    Population.objects.create(
        town=place.town, village=village, on=on, sex="male", age_from=0, people=people
    )


def told(place, village, text="路灯不亮"):
    return receive_case(
        town=place.town, text=text, actor=RESIDENT, channel="web", village=village
    ).case


def give(place, case, office):
    """Dispatch a case to a village's office."""
    work.dispatch_commitment(
        case.commitment_id,
        organisation_id=Organisation.objects.get(name=office).pk,
        category_id=place.category.pk,
        urgent=False,
        actor=place.staff("dispatcher"),
    )


def joining(*ended, into=None, name="", day=TODAY):
    return Joining(tuple(one.pk for one in ended), day, into.pk if into else None, name)


def join(place, *ended, who="administrator", **more):
    return join_villages(joining(*ended, **more), actor=place.staff(who))


def numbers_of(place, village):
    """Return what the inbox lists of a village."""
    filters = Filters(village_id=village.pk)
    ids = inbox_ids(
        place.staff("dispatcher"), whose="town", view="open", filters=filters
    )
    return sorted(ids)


@pytest.fixture
def two(place):
    """Give two villages of the same making."""
    a, _one = add_village(place, "青溪村", 300)
    b, _two = add_village(place, "下洋村", 200)
    return a, b


def test_refused_first_and_done_by_the_administrator_alone(place, two):
    a, b = two
    with pytest.raises(NotAllowed):
        join(place, a, into=b, who="dispatcher")
    for wrong in (
        joining(a, name="新溪村"),
        joining(a, b),
        joining(a, into=a),
        joining(a, b, name=place.village.name),
        joining(a, into=b, day=TODAY + timedelta(days=1)),
    ):
        with pytest.raises(Refusal):
            join_villages(wrong, actor=place.staff("administrator"))
    assert not VillageMerge.objects.exists()
    merge = join(place, a, into=b)
    a.refresh_from_db()
    assert (a.head, a.head_name, a.ended_on) == (b, "下洋村", TODAY)
    assert entries_of(merge.into)[0].code == "core.villages_joined"
    told_to = Notice.objects.filter(code="core.villages_joined")
    names = set(told_to.values_list("person__name", flat=True))
    assert names == {"青溪村干部", "下洋村干部"}
    with pytest.raises(Refusal):
        join(place, a, into=place.village)


def test_the_office_goes_on_with_its_people_and_all_that_is_open(place, two, clock):
    a, b = two
    open_one, closed = told(place, a), told(place, a)
    for case in (open_one, closed):
        give(place, case, "青溪村委")
    Commitment.objects.filter(pk=closed.commitment_id).update(
        state="closed", ending="solved", closed_at=clock.moment
    )
    old = Organisation.objects.get(name="青溪村委")
    Category.objects.filter(pk=place.category.pk).update(organisation=old)
    ReplyTemplate.objects.create(
        town=place.town, title="好", text="好", organisation=old
    )
    before = Commitment.objects.get(pk=open_one.commitment_id)
    clock.tick(timedelta(hours=1))
    plan = plan_villages(
        joining(a, b, name="新溪村"), actor=place.staff("administrator")
    )
    assert plan.counts["matters"] == 2 and plan.counts["open"] == 1
    assert plan.counts["people"] == 500
    assert plan.renamed == [("一组", "青溪村一组"), ("一组", "下洋村一组")]
    assert not VillageMerge.objects.exists()
    merge = join(place, a, b, name="新溪村")
    office = Organisation.objects.get(name="新溪村委")
    after = Commitment.objects.get(pk=open_one.commitment_id)
    assert (after.owner_organisation, after.owner) == (office, before.owner)
    assert (after.due_at, after.state) == (before.due_at, before.state)
    assert after.hops.filter(until=None).count() == 1
    done = Commitment.objects.get(pk=closed.commitment_id)
    assert done.owner_organisation == old, "what is past stays with who did it"
    old.refresh_from_db()
    assert old.closed_at == merge.at
    holder = Tenure.objects.get(person=before.owner, until=None)
    assert (holder.post.organisation, holder.since) == (office, TODAY)
    assert HandoverPair.objects.get(came=holder).moved["matters"] == 1
    assert Category.objects.get(pk=place.category.pk).organisation == office
    assert ReplyTemplate.objects.get().organisation == office
    # Who was there reads on what was closed there, and the colleague reads it too.
    for name in ("青溪村干部", "下洋村干部"):
        person = Tenure.objects.get(person__name=name, until=None).person
        seen = commitments_visible_to(staff_of_person(person))
        assert seen.filter(pk=closed.commitment_id).exists()
    assert not Notice.objects.filter(
        code="commitments.heap_to_you", person=before.owner
    ).exists()


def test_undone_to_the_row_and_not_once_something_new_came(place, two, clock):
    a, b = two
    case = told(place, a)
    give(place, case, "青溪村委")
    old = Organisation.objects.get(name="青溪村委")
    Category.objects.filter(pk=place.category.pk).update(organisation=old)
    merge = join(place, a, b, name="新溪村")
    with pytest.raises(NotAllowed):
        part_villages(merge.pk, actor=place.staff("dispatcher"))
    clock.tick(timedelta(hours=1))
    part_villages(merge.pk, actor=place.staff("administrator"))
    for one in (a, b):
        one.refresh_from_db()
        assert (one.head, one.head_name, one.ended_on) == (None, "", None)
        assert [group.name for group in one.groups.all()] == ["一组"]
    back = Commitment.objects.get(pk=case.commitment_id)
    assert (back.owner_organisation, back.village) == (old, a)
    old.refresh_from_db()
    assert old.closed_at is None
    assert Category.objects.get(pk=place.category.pk).organisation == old
    assert not Village.objects.filter(name="新溪村", ended_on=None).exists()
    assert Organisation.objects.get(name="新溪村委").closed_at is not None
    holders = Tenure.objects.filter(post__organisation=old, until=None)
    assert [one.person.name for one in holders] == ["青溪村干部"]
    assert entries_of(merge.into)[0].code == "core.villages_parted"
    with pytest.raises(Refusal):
        part_villages(merge.pk, actor=place.staff("administrator"))
    # The same name may be used again, and then something new comes in.
    again = join(place, a, b, name="新溪村")
    assert again.into == merge.into
    told(place, again.into)
    assert len(why_not_undone(again)) == 1
    with pytest.raises(Refusal):
        part_villages(again.pk, actor=place.staff("administrator"))


def test_each_thing_that_is_new_stands_in_the_way(place, two, clock):
    a, b = two
    case = told(place, a)
    merge = join(place, a, into=b)
    clock.tick(timedelta(hours=1))
    assert why_not_undone(merge) == []
    give(place, case, "下洋村委")
    assert len(why_not_undone(merge)) == 1
    VillageGroup.objects.create(town=place.town, village=b, name="九组")
    live(place, b, 510, TODAY)
    join(place, b, into=place.village)
    assert len(why_not_undone(VillageMerge.objects.get(pk=merge.pk))) == 4


def test_old_doors_stay_open(place, two):
    a, b = two
    case = told(place, a)
    give(place, case, "青溪村委")
    person = Tenure.objects.get(person__name="青溪村干部", until=None).person
    work.take_commitment(case.commitment_id, actor=staff_of_person(person))
    publish(place, case)
    merge = join(place, a, b, name="新溪村")
    new, base = merge.into, f"/{place.town.code}"
    browser = Browser()
    answer = browser.get(f"{base}/village/{a.pk}/")
    assert answer["Location"] == f"{base}/village/{new.pk}/"
    page = browser.get(answer["Location"]).content.decode()
    assert case.number in page and "青溪村、下洋村" in page
    assert case.number in browser.get(f"{base}/open/?village={a.pk}").content.decode()
    # The poster on the wall of the old village.
    assert browser.get(f"{base}/report/?village={a.pk}").status_code == 200
    fresh = report(place, browser, village=a.pk)
    assert fresh.village == new
    assert place_in("下洋村一组的桥") == (
        new,
        VillageGroup.objects.get(name="下洋村一组"),
    )
    looked = f"{base}/open/?q=青溪村"
    assert f"{base}/village/{new.pk}/" in browser.get(looked).content.decode()
    staff = place.client("dispatcher")
    found = staff.get(f"{base}/work/search/?q=青溪村").content.decode()
    assert "新溪村" in found
    assert staff.get(f"{base}/work/poster/{a.pk}/").status_code == 200
    # Its own page says what it was called, and who worked there is told.
    page = staff.get(f"{base}/work/case/{case.number}/").content.decode()
    assert str(Village.objects.get(pk=a.pk)) in page and "新溪村" in page
    officer = Browser()
    officer.force_login(person.account)
    assert "新溪村" in officer.get(f"{base}/work/").content.decode()
    # An old view of the inbox lists what belongs to it now.
    page = staff.get(f"{base}/work/inbox/?view=open&village={a.pk}").content.decode()
    assert case.number in page and fresh.number in page


def test_past_months_stay_and_are_shown_under_the_new_name(place, two, clock):
    a, b = two
    for village, count in ((a, 2), (b, 3), (place.village, 1)):
        for _number in range(count):
            told(place, village)
    clock.tick(timedelta(days=40))
    before = figures_page(place.town, "twelve")
    join(place, a, b, name="新溪村")
    after = figures_page(place.town, "twelve")
    assert before.numbers["received"].value == after.numbers["received"].value == 6
    _other, line = sorted(after.villages, key=lambda one: one.name)
    assert line.name.startswith("新溪村") and "青溪村、下洋村" in line.name
    assert line.numbers["received"].value == 5
    assert line.people == 500 and line.per_thousand == 10.0
    assert list_behind(line.numbers["received"].asked).count() == 5
    assert village_page(place.town, a.pk).asked.total == 5
    months = [one.numbers["received"].value for one in after.months]
    assert months == [one.numbers["received"].value for one in before.months]


def test_people_are_counted_once_through_two_steps(place, two):
    a, b = two
    c, _person = add_village(place, "杨家村", 100)
    join(place, a, into=b, day=date(2026, 1, 10))
    assert people_by_village()[b.pk][0] == 500
    told(place, a)
    plan = plan_villages(joining(b, into=c), actor=place.staff("administrator"))
    assert (plan.counts["matters"], plan.counts["people"]) == (1, 500)
    live(place, b, 490, date(2026, 2, 1))
    assert people_by_village()[b.pk][0] == 490
    join(place, b, into=c)
    assert people_by_village()[c.pk][0] == 590
    assert family_of(c.pk) == sorted([a.pk, b.pk, c.pk])
    row = Figure(2, "青溪村", "male", "0+", "9", a.pk, TODAY, 0, None, 9)
    assert bring_population([row], actor=place.staff("administrator")).added == 1
    assert people_by_village()[c.pk][0] == 590, "what was part before stays covered"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["tell", "into", "new", "undo"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_no_matter_is_lost_or_counted_twice(place, steps):
    """Let villages become one and come apart; each matter is in one family always."""
    boss = place.staff("administrator")
    # Each run adds to the town of those before, so that old families are there too.
    for _number in range(2):
        Village.objects.create(town=place.town, name=f"{Village.objects.count()}号村")
    for what, one, other in steps:
        now = list(Village.objects.filter(ended_on=None).order_by("-pk")[:4])
        a, b = now[one % len(now)], now[other % len(now)]
        name = f"新{Village.objects.count()}村"
        try:
            if what == "tell":
                told(place, a)
            elif what == "into":
                join_villages(joining(a, into=b), actor=boss)
            elif what == "new":
                join_villages(joining(a, b, name=name), actor=boss)
            elif merge := VillageMerge.objects.filter(undone_at=None).last():
                part_villages(merge.pk, actor=boss)
        except Refusal:
            continue
        check_families(place)


def check_families(place):
    current = Village.objects.filter(ended_on=None)
    listed = [pk for village in current for pk in numbers_of(place, village)]
    everything = sorted(Commitment.objects.values_list("pk", flat=True))
    assert sorted(listed) == everything
    lines = figures_page(place.town, "twelve").villages
    assert sum(one.numbers["received"].value for one in lines) == len(everything)
    assert all(one.head is None for one in current)
    heads = Village.objects.exclude(head=None).values_list("head__head", flat=True)
    assert not any(heads), "a family is one step deep"
