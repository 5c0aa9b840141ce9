"""Posts change hands with all that is open; the clock and the records stay whole."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from luoshi.cases.models import SavedView
from luoshi.cases.tests.test_main_job import dispatched, handed_in, report
from luoshi.commitments import actions as work
from luoshi.commitments.models import Commitment, Support
from luoshi.conftest import PASSWORD, Browser
from luoshi.core.actions import Successor, hand_posts_over, plan_handover
from luoshi.core.models import Handover, HandoverPair, Notice, Person, Tenure, User
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of

TODAY = date(2026, 3, 2)


def tenure_of(place, who):
    return Tenure.objects.get(person=place.staff(who).person, until=None)


def hand(place, *pairs, day=TODAY, actor="administrator"):
    """Hand posts over; each pair is who leaves and who comes."""
    successors = [
        Successor(tenure_of(place, giver).pk, person_id=place.staff(taker).person.pk)
        if isinstance(taker, str)
        else Successor(tenure_of(place, giver).pk, name=taker[0], username=taker[1])
        for giver, taker in pairs
    ]
    return hand_posts_over(successors, day=day, actor=place.staff(actor))


def owner_of(receipt):
    return Commitment.objects.get(pk=receipt.case.commitment_id)


def test_a_post_goes_over_with_everything_open_and_the_clock_runs_on(place):
    receipt, done = dispatched(place), handed_in(place)
    giver = owner_of(receipt).owner
    before = owner_of(receipt)
    SavedView.objects.create(town=place.town, person=giver, name="灯", query="q=灯")
    with pytest.raises(NotAllowed):
        hand(place, ("handler", ("钱㐂", "qian")), actor="leader")
    assert owner_of(receipt).owner == giver
    handed = hand(place, ("handler", ("钱㐂", "qian")))
    taker = Person.objects.get(name="钱㐂")
    for one in (receipt, done):
        moved = owner_of(one)
        assert moved.owner == taker
        last, *_earlier = moved.hops.order_by("-pk")
        assert (last.person, last.until) == (taker, None)
        assert moved.hops.filter(until=None).count() == 1
        assert entries_of(moved)[0].code == "commitments.handed_over"
    after = owner_of(receipt)
    assert (after.started_at, after.due_at) == (before.started_at, before.due_at)
    assert after.state == before.state
    assert SavedView.objects.get().person == taker
    pair = HandoverPair.objects.get(handover=handed.handover)
    # Domains further up add what else a post holds.
    mine = {"matters": 2, "help": 0, "shifts": 0, "views": 1, "words": 0}
    assert pair.moved.items() >= mine.items()
    assert (pair.left.until, pair.came.since) == (TODAY, TODAY)
    assert entries_of(pair.left.post)[0].code == "core.post_changed_hands"
    assert Notice.objects.filter(person=taker, code="commitments.heap_to_you").exists()


def test_who_leaves_is_out_at_once_and_who_comes_is_in(place):
    leaver = place.client("handler")
    inbox = f"/{place.town.code}/work/inbox/"
    assert leaver.get(inbox).status_code == 200
    handed = hand(place, ("handler", ("钱㐂", "qian")))
    assert leaver.get(inbox).status_code == 302
    told = {"username": place.name("handler"), "password": PASSWORD}
    assert Browser().post("/sign-in/", told).status_code == 422
    newcomer = Browser()
    told = {"username": "qian", "password": handed.given[0].password}
    assert newcomer.post("/sign-in/", told).status_code == 302


def test_help_that_was_asked_for_goes_over_with_its_day(place):
    receipt = dispatched(place)
    work.take_commitment(receipt.case.commitment_id, actor=place.staff("handler"))
    work.ask_support(
        receipt.case.commitment_id,
        organisation_id=place.office("Water").pk,
        asked="看看水管",
        workdays=3,
        actor=place.staff("handler"),
    )
    support = Support.objects.get()
    hand(place, ("water", ("孙丽", "sun")))
    moved = Support.objects.get(pk=support.pk)
    assert (moved.person.name, moved.due_at) == ("孙丽", support.due_at)
    assert moved.organisation == place.office("Water")
    assert entries_of(owner_of(receipt))[0].code == "commitments.help_handed_over"


def test_who_keeps_another_post_stays_and_gives_only_this_offices_work(place):
    receipt, other = dispatched(place), dispatched(place, "Water")
    giver, taker = owner_of(receipt).owner, place.staff("inspector").person
    Tenure.objects.create(
        town=place.town,
        post=tenure_of(place, "water").post,
        person=giver,
        since=TODAY,
    )
    work.hand_over_commitment(
        other.case.commitment_id,
        person_id=giver.pk,
        reason="x",
        actor=place.staff("dispatcher"),
    )
    own = Tenure.objects.get(person=giver, post__organisation__name="Roads")
    hand_posts_over(
        [Successor(own.pk, person_id=taker.pk)],
        day=TODAY,
        actor=place.staff("administrator"),
    )
    assert owner_of(receipt).owner == taker
    assert owner_of(other).owner == giver
    assert User.objects.get(person=giver).is_active


def test_a_whole_office_moves_up_in_one_step_and_nobody_gets_anothers_work(place):
    first, second = dispatched(place), dispatched(place)
    chief = owner_of(first).owner
    colleague = place.staff("colleague").person
    work.hand_over_commitment(
        second.case.commitment_id,
        person_id=colleague.pk,
        reason="x",
        actor=place.staff("dispatcher"),
    )
    hand(place, ("handler", "colleague"), ("colleague", ("周明", "zhou")))
    # The colleague moves up: gives the own work away first, then takes the chief's.
    assert owner_of(first).owner == colleague
    assert owner_of(second).owner.name == "周明"
    assert User.objects.get(person=colleague).is_active
    assert not User.objects.get(person=chief).is_active


def test_hand_overs_that_cannot_be_are_refused_and_change_nothing(place):
    handler, colleague = place.staff("handler"), place.staff("colleague")
    refused = [
        ("core.not_oneself", [("administrator", "water")], TODAY),
        ("core.day_to_come", [("handler", "water")], date(2026, 3, 3)),
        ("core.day_before_post", [("handler", "water")], date(2026, 3, 1)),
        ("core.newcomer_unnamed", [("handler", ("", "qian"))], TODAY),
        ("core.username_taken", [("handler", ("钱", place.name("water")))], TODAY),
        ("core.holds_already", [("handler", "handler")], TODAY),
        (
            "core.handed_in_a_ring",
            [("handler", "colleague"), ("colleague", "handler")],
            TODAY,
        ),
        ("core.nobody_comes", [], TODAY),
    ]
    for code, pairs, day in refused:
        with pytest.raises(Refusal, match=code) as caught:
            hand(place, *pairs, day=day)
        assert caught.value.sentence
    assert not Handover.objects.exists()
    for one in (handler, colleague):
        assert Tenure.objects.filter(person=one.person, until=None).count() == 1


def test_what_would_be_own_work_is_named_before_and_after(place):
    receipt = handed_in(place)
    administrator = place.staff("administrator")
    successors = [
        Successor(
            tenure_of(place, "inspector").pk,
            person_id=place.staff("handler").person.pk,
        )
    ]
    [(_pair, change)] = plan_handover(successors, day=TODAY, actor=administrator)
    from luoshi.core.queries import what_goes, what_went

    number = receipt.case.number
    assert number in what_goes(change, "handler").stays[0]
    handed = hand_posts_over(successors, day=TODAY, actor=administrator)
    assert number in what_went(handed.handover.pairs.get()).stays[0]
    with pytest.raises(NotAllowed):
        work.accept_commitment(receipt.case.commitment_id, actor=place.staff("handler"))


def test_an_administrator_looks_first_and_then_hands_over_by_the_page(place):
    receipt = dispatched(place)
    client, base = place.client("administrator"), f"/{place.town.code}/work/manage/"
    office = place.office("Roads").pk
    assert client.get(f"{base}hand-over/").status_code == 200
    assert client.get(f"{base}hand-over/pairs/?office=0").status_code == 404
    page = client.get(f"{base}hand-over/pairs/?office={office}").content.decode()
    handler, colleague = tenure_of(place, "handler"), tenure_of(place, "colleague")
    assert f"t{handler.pk}-person" in page
    assert 'value="2026-03-02"' in page
    told = {
        "tenure": [handler.pk, colleague.pk],
        "day": "2026-03-02",
        f"t{handler.pk}-person": "new",
        f"t{handler.pk}-name": "钱㐂",
    }
    assert client.post(f"{base}hand-over/pairs/", told).status_code == 422
    told[f"t{handler.pk}-username"] = "qian"
    looked = client.post(f"{base}hand-over/pairs/", told)
    assert looked.status_code == 200
    assert owner_of(receipt).owner.name == "handler"
    told["looked"] = looked.context["mark"]
    # Who changes an answer after looking looks again.
    other = told | {f"t{handler.pk}-username": "qian2"}
    assert client.post(f"{base}hand-over/pairs/", other).status_code == 200
    answer = client.post(f"{base}hand-over/pairs/", told)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "qian" in page
    assert "qian" not in client.get(answer.headers["Location"]).content.decode()
    assert owner_of(receipt).owner.name == "钱㐂"


def test_the_list_of_posts_filled_in_fills_the_form_in(place):
    client, base = place.client("administrator"), f"/{place.town.code}/work/manage/"
    book = openpyxl.load_workbook(
        BytesIO(client.get(f"{base}hand-over/posts/").content)
    )
    rows = {row[1].value: row for row in book.active.iter_rows()}
    rows["handler"][3].value, rows["handler"][4].value = "钱㐂", "qian"
    rows["water"][3].value = "colleague"
    rows["leader"][3].value = "没有这个人"
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "posts.xlsx"
    answer = client.post(f"{base}hand-over/", {"sheet": file})
    page = answer.content.decode()
    assert "没有这个人" in page
    told = {row.tenure.post.title: row.initial for row in answer.context["rows"]}
    assert told == {
        "handler": {"person": "new", "name": "钱㐂", "username": "qian"},
        "water": {"person": str(place.staff("colleague").person.pk)},
    }


def test_residents_see_who_has_it_now(place):
    browser = Browser()
    case = report(place, browser)
    work.dispatch_commitment(
        case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    url = f"/{place.town.code}/matter/"
    hand(place, ("handler", ("钱㐂", "qian")), ("colleague", ("周明", "zhou")))
    page = browser.get(url).content.decode()
    assert "钱㐂" in page
