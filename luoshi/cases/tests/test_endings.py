"""Ends that are lawful and solve nothing: told plainly, counted apart, looked at."""

import itertools
from datetime import timedelta

import pytest

from luoshi.cases.actions import receive_case, withdraw_matter
from luoshi.cases.figures.page import figures_page
from luoshi.cases.queries import tracking_of
from luoshi.cases.tests.test_figures import finish, list_of, numbers_on, told
from luoshi.cases.tests.test_main_job import awaiting, dispatched, do
from luoshi.commitments import actions
from luoshi.commitments.lawful import ROUTES, routes_of
from luoshi.commitments.models import Approval, Commitment, Sample
from luoshi.commitments.moves import MOVES
from luoshi.commitments.queries import next_steps
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Notice, Organisation, Person, Post, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.towns import add_person
from luoshi.core.trail import words_of

GROUND, REMEDY = "公路控制区内不能建房", "六十日内可以向县政府申请行政复议"


def taken(place):
    receipt = dispatched(place)
    pk = receipt.case.commitment_id
    actions.take_commitment(pk, actor=place.staff("handler"))
    return receipt


def at_home(place):
    """Return a case whose reporter gets messages."""
    return receive_case(
        **dict(town=place.town, text="门口建房不批", actor=RESIDENT, channel="web"),
        **dict(village=place.village, phone="13800001111", answer="sms"),
    )


def proposed(place, receipt=None):
    receipt = receipt or taken(place)
    pk = receipt.case.commitment_id
    actions.propose_refusal(
        pk, ground=GROUND, remedy=REMEDY, actor=place.staff("handler")
    )
    return receipt


def refused(place):
    receipt = proposed(place)
    actions.give_word(receipt.case.commitment_id, actor=place.staff("leader"))
    return receipt


def row_of(receipt):
    return Commitment.objects.get(pk=receipt.case.commitment_id)


def last_entry(code):
    return TrailEntry.objects.filter(code=code).latest("pk")


def page_of(place, receipt):
    browser = Browser()
    browser.post(f"/{place.town.code}/track/", {"code": receipt.code})
    return browser, browser.get(f"/{place.town.code}/matter/").content.decode()


def test_a_refusal_is_proposed_by_the_owner_and_signed_by_a_leader(place):
    receipt = taken(place)
    for who in ("colleague", "dispatcher", "leader"):
        with pytest.raises(NotAllowed):
            actions.propose_refusal(
                receipt.case.commitment_id,
                **dict(ground=GROUND, remedy=REMEDY, actor=place.staff(who)),
            )
    do(place, "handler", receipt.case, "refuse", follow=422, ground=GROUND)
    do(place, "handler", receipt.case, "refuse", ground=GROUND, remedy=REMEDY)
    assert row_of(receipt).ending == "" and Notice.objects.filter(
        code="commitments.word_asked", person=place.staff("leader").person
    )
    # Nothing is handed in while it waits, and whoever did the work signs nothing.
    with pytest.raises(Refusal) as waits:
        actions.submit_commitment(
            receipt.case.commitment_id, words="x", actor=place.staff("handler")
        )
    assert waits.value.code == "commitments.waits_for_word"
    with pytest.raises(NotAllowed):
        actions.give_word(receipt.case.commitment_id, actor=place.staff("handler"))
    text = place.client("leader").get(f"/qinghe/work/case/{receipt.case.number}/")
    assert GROUND in text.content.decode() and REMEDY in text.content.decode()
    do(place, "leader", receipt.case, "give_word")
    row = row_of(receipt)
    assert (row.state, row.ending) == ("closed", "refused")
    assert (row.ending_words, row.remedy) == (GROUND, REMEDY)
    entry = last_entry("commitments.refused")
    assert entry.person == place.staff("leader").person
    assert entry.data["signed"] == "leader" and GROUND in words_of(entry)
    handler = place.staff("handler").person
    assert Notice.objects.filter(code="commitments.refusal_signed", person=handler)


def test_the_resident_is_told_ground_and_remedy(place):
    receipt = at_home(place)
    pk = receipt.case.commitment_id
    actions.dispatch_commitment(
        pk,
        **dict(
            organisation_id=place.office("Roads").pk, actor=place.staff("dispatcher")
        ),
        category_id=place.category.pk,
    )
    actions.take_commitment(pk, actor=place.staff("handler"))
    proposed(place, receipt)
    _browser, before = page_of(place, receipt)
    assert GROUND not in before and not Notice.objects.filter(code="cases.refused")
    actions.give_word(pk, actor=place.staff("leader"))
    assert Notice.objects.filter(code="cases.refused", person=None).count() == 1
    _browser, after = page_of(place, receipt)
    assert GROUND in after and REMEDY in after
    assert tracking_of(receipt.reporter).sentence in after


def test_a_leader_returns_a_refusal_and_the_owner_takes_one_back(place):
    receipt = proposed(place)
    pk = receipt.case.commitment_id
    actions.return_word(pk, reason="可以办", actor=place.staff("leader"))
    row = row_of(receipt)
    assert row.state == "taken" and row.owner == place.staff("handler").person
    proposed(place, receipt)
    with pytest.raises(NotAllowed):
        actions.recall_word(pk, actor=place.staff("dispatcher"))
    actions.recall_word(pk, actor=place.staff("handler"))
    assert [one.outcome for one in Approval.objects.order_by("pk")] == [
        *("returned", "recalled"),
    ]
    assert all(one.plan == {} for one in Approval.objects.all())
    assert "submit" in next_steps(place.staff("handler"), row_of(receipt))


def test_the_leader_who_oversees_the_office_signs(place):
    add_person(
        place.town,
        **dict(username="qinghe-second", password="a-long-password", name="second"),
        **dict(office="Leadership", title="second", roles=["leader"]),
    )
    second = Person.objects.get(name="second")
    post = Post.objects.get(tenures__person=second)
    post.oversees.add(Organisation.objects.get(name="Roads"))
    proposed(place)
    assert Approval.objects.get().person == second


def test_only_what_a_resident_asked_is_refused_and_no_part(place):
    receipt = taken(place)
    row = row_of(receipt)
    assert "refuse" in next_steps(place.staff("handler"), row)
    Commitment.objects.filter(pk=row.pk).update(kind="proposal")
    with pytest.raises(NotAllowed):
        proposed(place, receipt)


def test_the_person_withdraws_it_by_the_code(place):
    receipt = at_home(place)
    browser, text = page_of(place, receipt)
    url = "/qinghe/matter/take-back/"
    assert url in text and browser.get(url).status_code == 200
    with pytest.raises(NotAllowed):
        withdraw_matter(receipt.reporter.pk, actor=place.staff("dispatcher"))
    assert browser.post(url, {"words": "自己解决了"}).status_code == 302
    row = row_of(receipt)
    assert (row.state, row.ending, row.ending_words) == ("closed", "withdrawn", "")
    entry = last_entry("commitments.withdrawn_by_code")
    assert entry.actor_kind == "resident" and words_of(entry) == "自己解决了"
    desk = place.staff("dispatcher").person
    assert Notice.objects.filter(code="commitments.withdrawn_by_person", person=desk)
    assert Notice.objects.filter(code="cases.withdrawn_by_you").count() == 1
    assert browser.get(url).status_code == 404
    with pytest.raises(Refusal):
        withdraw_matter(receipt.reporter.pk)


def test_a_question_falls_away_with_what_is_withdrawn(place):
    receipt = proposed(place)
    withdraw_matter(receipt.reporter.pk)
    approval = Approval.objects.get()
    assert approval.outcome == "recalled" and approval.plan == {}
    leader = place.staff("leader").person
    assert Notice.objects.filter(code="commitments.word_recalled", person=leader)


def test_nobody_withdraws_for_others_or_what_is_to_be_judged(place):
    first, other = told(place), told(place)
    actions.merge_commitments(
        other.case.commitment_id,
        head_id=first.case.commitment_id,
        actor=place.staff("dispatcher"),
    )
    for receipt in (first, other, awaiting(place)):
        browser, text = page_of(place, receipt)
        assert "take-back" not in text
        assert browser.post("/qinghe/matter/take-back/").status_code == 404
        with pytest.raises(Refusal) as said:
            withdraw_matter(receipt.reporter.pk)
        assert said.value.code == "commitments.not_to_withdraw"


def test_who_noted_a_withdrawal_stands_beside_it(place):
    receipt = taken(place)
    for who in ("water", "inspector", "leader"):
        with pytest.raises(NotAllowed):
            actions.note_withdrawal(
                receipt.case.commitment_id, words="不用了", actor=place.staff(who)
            )
    do(place, "handler", receipt.case, "note_withdrawal", follow=422, words=" ")
    do(place, "handler", receipt.case, "note_withdrawal", words="不用了")
    entry = last_entry("commitments.withdrawal_noted")
    assert entry.person == place.staff("handler").person
    assert words_of(entry) == "不用了" and row_of(receipt).ending == "withdrawn"


def test_a_lawful_route_is_one_of_the_list_and_names_who_decides(place):
    receipt = taken(place)
    number = receipt.case
    with pytest.raises(NotAllowed):
        actions.move_to_lawful_route(
            number.commitment_id,
            **dict(route="labour", body="x", actor=place.staff("handler")),
        )
    with pytest.raises(Refusal):
        actions.move_to_lawful_route(
            number.commitment_id,
            **dict(route="nowhere", body="x", actor=place.staff("dispatcher")),
        )
    do(place, "dispatcher", number, "move_to_route", follow=422, route="labour")
    told_where = {"route": "labour", "body": "县劳动仲裁院 0570-1"}
    do(place, "dispatcher", number, "move_to_route", **told_where)
    row = row_of(receipt)
    assert row.ending == "lawful"
    assert row.ending_words == "劳动人事争议仲裁：县劳动仲裁院 0570-1"
    _browser, text = page_of(place, receipt)
    assert row.ending_words in text
    handler = place.staff("handler").person
    assert Notice.objects.filter(code="commitments.moved_to_route", person=handler)


def test_a_town_has_routes_of_its_own(place):
    assert routes_of(place.town) == list(ROUTES)
    own = dict(code="a", name="甲", about="乙", source="丙", since="2026-01-01")
    place.town.rules["lawful_routes"] = [own]
    assert [one.name for one in routes_of(place.town)] == ["甲"]


def each_ending(place):
    """Play a matter to each lawful end."""
    receipts = {
        "refused": refused(place),
        "withdrawn": taken(place),
        "lawful": told(place),
    }
    withdraw_matter(receipts["withdrawn"].reporter.pk)
    actions.move_to_lawful_route(
        receipts["lawful"].case.commitment_id,
        **dict(route="court", body="县法院", actor=place.staff("dispatcher")),
    )
    return receipts


def test_each_end_is_counted_apart_and_opens_its_list(place, clock):
    each_ending(place)
    finish(place, clock)
    clock.tick(timedelta(days=2))
    page = figures_page(place.town, "twelve")
    counts = {name: number.value for name, number in page.numbers.items()}
    for name in ("refused", "withdrawn", "lawful", "solved", "judged", "answered"):
        assert counts[name] == 1, name
    assert counts["closed"] == 4 and counts["unanswered"] == 0
    assert sum(number.value for _word, number in page.ended) == counts["closed"]
    for url, number in numbers_on(place, "twelve").items():
        assert list_of(place, url) == (number, number), url


def test_an_inspector_looks_at_a_sample_and_opens_what_was_wrong(place):
    place.town.rules["samples"] = {"work": 0, "other": 100}
    place.town.save(update_fields=["rules"])
    receipts = each_ending(place)
    inspector = place.staff("inspector")
    drawn = Sample.objects.order_by("pk")
    assert sorted(one.ending for one in drawn) == ["lawful", "refused", "withdrawn"]
    for sample in drawn:
        page = place.client("inspector").get(f"/qinghe/work/sample/{sample.pk}/")
        assert page.status_code == 200
        actions.look_at_sample(sample.pk, right=False, words="不对", actor=inspector)
    assert row_of(receipts["refused"]).state == "in_hand"
    assert row_of(receipts["refused"]).remedy == ""
    assert row_of(receipts["withdrawn"]).state == "in_hand"
    # What was never dispatched goes back to the desk.
    assert row_of(receipts["lawful"]).state == "received"


@pytest.mark.parametrize("move", ["refuse", "withdraw", "move_to_route"])
def test_nothing_ends_twice(move):
    sources = MOVES[move].sources
    assert not sources & {"closed", "submitted", "accepted", "awaiting"}


def _try(act):
    """Take a step; what is refused changes nothing."""
    try:
        act()
    except (Refusal, NotAllowed):
        return False
    return True


def test_no_order_of_steps_leaves_a_question_on_what_has_ended(place):
    handler, leader = place.staff("handler"), place.staff("leader")
    dispatcher = place.staff("dispatcher")
    steps = {
        "propose": lambda one: proposed(place, one),
        "sign": lambda one: actions.give_word(one.case.commitment_id, actor=leader),
        "return": lambda one: actions.return_word(
            one.case.commitment_id, reason="x", actor=leader
        ),
        "recall": lambda one: actions.recall_word(
            one.case.commitment_id, actor=handler
        ),
        "withdraw": lambda one: withdraw_matter(one.reporter.pk),
        "route": lambda one: actions.move_to_lawful_route(
            one.case.commitment_id, route="court", body="x", actor=dispatcher
        ),
        "submit": lambda one: actions.submit_commitment(
            one.case.commitment_id, words="x", actor=handler
        ),
    }
    ends = set()
    for first, second in itertools.product(steps, repeat=2):
        receipt = taken(place)
        for name in ("propose", first, second):
            _try(lambda name=name, one=receipt: steps[name](one))
        row = row_of(receipt)
        waits = Approval.objects.filter(commitment=row, given_at=None).exists()
        assert not (waits and row.state in ("closed", "submitted")), (first, second)
        assert bool(row.ending) == (row.state == "closed")
        assert bool(row.remedy) == (row.ending == "refused")
        ends.add(row.ending)
    assert ends == {"", "refused", "withdrawn", "lawful"}
