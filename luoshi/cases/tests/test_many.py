"""Several matters at once: each by itself, and what was not done is said with why."""

import pytest

from luoshi.cases.actions import receive_case
from luoshi.cases.bulk import MOST
from luoshi.cases.models import Case
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.commitments.actions import put_in_category
from luoshi.commitments.models import Category, Commitment, DutyItem, State
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import now
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal


def received(place, category=None, urgent=False):
    told = {"text": "路灯不亮", "actor": RESIDENT, "channel": "web"}
    told |= {"village": place.village, "category": category, "urgent": urgent}
    return receive_case(town=place.town, **told).case


def ask(place, verb, *cases, who="dispatcher", **told):
    url = f"/{place.town.code}/work/inbox/chosen/"
    numbers = [getattr(case, "number", case) for case in cases]
    return place.client(who).post(url, {"verb": verb, "number": numbers} | told)


def state_of(case):
    return Commitment.objects.get(cases=case.pk).state


def test_it_asks_first_and_does_nothing_yet(place):
    one, two = received(place), received(place)
    for verb in ("dispatch", "merge", "sort"):
        page = ask(place, verb, one, two)
        text = page.content.decode()
        assert page.status_code == 200
        assert one.number in text and f'value="{two.number}"' in text
    assert state_of(one) == state_of(two) == State.RECEIVED


def test_each_is_dispatched_by_itself_and_what_was_not_is_said(place):
    first, urgent = received(place), received(place, urgent=True)
    away, before = received(place), dispatched(place).case
    place.category.organisation = place.office("Roads")
    place.category.save(update_fields=["organisation"])
    Commitment.objects.filter(cases=away).update(category=None)
    Commitment.objects.filter(cases__in=[first, urgent]).update(category=place.category)
    page = ask(place, "dispatch", first, before, away, urgent, "QI-9999999", do="yes")
    assert [one.number for one in page.context["done"]] == [first.number, urgent.number]
    whys = {one.number: one.why for one in page.context["left"]}
    assert list(whys) == [before.number, away.number, "QI-9999999"]
    assert all(whys.values())
    assert state_of(first) == state_of(urgent) == State.ASSIGNED
    assert state_of(away) == State.RECEIVED
    kept = Commitment.objects.get(cases=urgent)
    assert kept.urgent and kept.term_amount == place.category.urgent_amount
    codes = TrailEntry.objects.filter(code="commitments.dispatched")
    assert codes.filter(subject_id=kept.pk).count() == 1
    told = Notice.objects.filter(code="commitments.given_to_you")
    assert told.count() == 3


def test_one_office_and_one_category_for_all(place):
    cases = [received(place) for _case in range(3)]
    office = place.office("Water").pk
    told = {"organisation": office, "category": place.category.pk, "do": "yes"}
    page = ask(place, "dispatch", *cases, words="一起看看", **told)
    assert len(page.context["done"]) == 3
    rows = Commitment.objects.filter(owner_organisation=office)
    assert rows.filter(state=State.ASSIGNED, category=place.category).count() == 3


def test_all_are_done_as_one_under_the_one_that_came_first(place, clock):
    from datetime import timedelta

    head = received(place)
    clock.tick(timedelta(hours=1))
    second, closed = received(place), awaiting(place).case
    page = ask(place, "merge", second, closed, head)
    assert page.context["form"]["head"].value() == head.number
    page = ask(place, "merge", second, closed, head, head=head.number, do="yes")
    assert [one.number for one in page.context["done"]] == [second.number]
    assert [one.number for one in page.context["left"]] == [closed.number]
    second.refresh_from_db()
    assert second.commitment.number == head.number
    assert Case.objects.get(pk=closed.pk).commitment.number == closed.number
    page = ask(place, "merge", head, closed, head=second.number, do="yes")
    assert page.status_code == 422


def test_the_category_changes_and_the_promise_stays(place):
    other = Category.objects.create(town=place.town, name="Lamps", term_amount=1)
    one, same = dispatched(place).case, dispatched(place).case
    Commitment.objects.filter(cases=same).update(category=other)
    before = Commitment.objects.get(cases=one)
    page = ask(place, "sort", one, same, category=other.pk, do="yes")
    assert [left.number for left in page.context["left"]] == [same.number]
    after = Commitment.objects.get(cases=one)
    assert after.category == other
    assert (after.due_at, after.term_amount) == (before.due_at, before.term_amount)
    assert after.version == before.version + 1
    entry = TrailEntry.objects.get(code="commitments.put_in_category")
    assert entry.data == {"category": "Lamps", "before": "Roads"}


def test_only_a_dispatcher_and_only_what_is_open_and_the_towns(place):
    other = Category.objects.create(town=place.town, name="Lamps", term_amount=1)
    case = dispatched(place).case
    told = {"category_id": other.pk}
    with pytest.raises(NotAllowed):
        put_in_category(case.commitment_id, actor=place.staff("handler"), **told)
    Category.objects.filter(pk=other.pk).update(retired_at=now())
    with pytest.raises(Refusal, match="category_is_off"):
        put_in_category(case.commitment_id, actor=place.staff("dispatcher"), **told)
    duty = DutyItem.objects.create(
        town=place.town, title="电网", tier=DutyItem.Tier.WITHDRAWN, lead_body="供电"
    )
    Category.objects.filter(pk=other.pk).update(retired_at=None, duty=duty)
    with pytest.raises(Refusal, match="withdrawn"):
        put_in_category(case.commitment_id, actor=place.staff("dispatcher"), **told)
    waiting = received(place)
    put_in_category(waiting.commitment_id, actor=place.staff("dispatcher"), **told)
    assert Commitment.objects.get(cases=case).category == place.category


@pytest.mark.parametrize("verb", ["dispatch", "merge", "sort", "nothing"])
def test_others_are_not_asked(place, verb):
    case = dispatched(place).case
    assert ask(place, verb, case, who="handler", do="yes").status_code == 404


def test_the_chosen_and_no_others_are_taken_out_and_nothing_runs(place):
    hidden, other, seen = (
        received(place),
        dispatched(place).case,
        dispatched(place).case,
    )
    Commitment.objects.filter(cases=seen).update(title="=1+1")
    page = ask(place, "export", hidden, who="handler")
    assert "没有选" in page.content.decode()
    answer = ask(place, "export", hidden, seen, who="handler")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert len(rows) == 3 and seen.number in rows[1] and "'=1+1" in rows[1]
    assert other.number not in "".join(rows)
    entry = TrailEntry.objects.get(code="cases.export_begun")
    assert (entry.person.name, entry.data["listed"]) == ("handler", "chosen")


def test_nothing_chosen_is_said(place):
    page = ask(place, "sort")
    assert page.status_code == 200
    assert "没有选" in page.content.decode()


def test_more_than_two_pages_are_no_choice(place, django_assert_max_num_queries):
    cases = [received(place) for _case in range(3)]
    numbers = [f"QI-{number}" for number in range(9_000, 9_000 + MOST)]
    with django_assert_max_num_queries(29):
        page = ask(place, "sort", *numbers, *cases)
    assert page.status_code == 200
    assert "没有选" in page.content.decode()


def test_a_row_has_its_box_and_the_bar_its_verbs(place):
    case = dispatched(place).case
    url = f"/{place.town.code}/work/inbox/"
    text = place.client("dispatcher").get(url).content.decode()
    assert f'name="number" value="{case.number}"' in text
    assert text.count('name="verb"') == 4
    assert place.client("handler").get(url).content.decode().count('name="verb"') == 1
