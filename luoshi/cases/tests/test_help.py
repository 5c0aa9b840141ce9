"""Help asked of another office has its own clock and its own place on the day."""

from datetime import timedelta

import pytest

from luoshi.cases.tests.test_main_job import dispatched
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, Support
from luoshi.commitments.queries import supports_asked_of
from luoshi.core.refusals import NotAllowed, Refusal


def asked(place):
    pk, owner = dispatched(place).case.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=owner)
    actions.ask_support(
        pk,
        organisation_id=place.office("Water").pk,
        asked="借一台抽水机",
        workdays=2,
        actor=owner,
    )
    return pk


def test_only_the_office_that_was_asked_answers(place):
    asked(place)
    support = Support.objects.get()
    told = {"answer": "明天送到", "interim": False}
    with pytest.raises(NotAllowed):
        actions.answer_support(support.pk, actor=place.staff("dispatcher"), **told)
    actions.answer_support(support.pk, actor=place.staff("water"), **told)
    assert Support.objects.get().answered_at is not None


def test_it_stands_on_the_helpers_day_until_it_is_answered_for_good(place, clock):
    asked(place)
    page = place.client("water").get(f"/{place.town.code}/work/")
    assert "借一台抽水机" in page.content.decode()
    assert "借一台抽水机" not in (
        place.client("colleague").get(f"/{place.town.code}/work/").content.decode()
    )
    helper = place.staff("water")
    assert [light.name for _row, light in supports_asked_of(helper)] == ["ok"]
    clock.tick(timedelta(days=4))
    assert [light.name for _row, light in supports_asked_of(helper)] == ["late"]
    pk = Support.objects.get().pk
    actions.answer_support(pk, answer="还在修", interim=True, actor=helper)
    assert len(supports_asked_of(helper)) == 1
    actions.answer_support(pk, answer="送到了", interim=False, actor=helper)
    assert supports_asked_of(helper) == []


def test_the_owner_cannot_hand_in_while_help_is_open(place):
    pk, owner = asked(place), place.staff("handler")
    with pytest.raises(Refusal, match="support_open"):
        actions.submit_commitment(pk, words="好了", actor=owner)
    actions.answer_support(
        Support.objects.get().pk,
        answer="送到了",
        interim=False,
        actor=place.staff("water"),
    )
    actions.submit_commitment(pk, words="好了", actor=owner)
    assert Commitment.objects.get(pk=pk).state == "submitted"
