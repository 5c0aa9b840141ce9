"""What a person told can be erased; what the town did stays, and the chain holds."""

import pytest

from luoshi.cases.actions import erase_case, erase_contacts, judge_case, show_contact
from luoshi.cases.models import Case, Reporter
from luoshi.cases.queries import search_cases
from luoshi.cases.tests.test_main_job import awaiting, report
from luoshi.commitments.models import Commitment, Verdict
from luoshi.conftest import Browser
from luoshi.core.models import Notice, TrailContent, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import seal_entries
from luoshi.core.verify import verify_trail


def closed(place):
    receipt = awaiting(place)
    judge_case(
        receipt.reporter.pk, solved="solved", satisfied="satisfied", words="谢谢小王"
    )
    return Case.objects.get(pk=receipt.case.pk)


def test_only_the_dispatcher_erases_contacts_and_it_is_written_down(place):
    case = report(place, Browser())
    for who in ("handler", "administrator", "leader"):
        with pytest.raises(NotAllowed):
            erase_contacts(case.pk, reason="asked", actor=place.staff(who))
    assert Reporter.objects.get().phone is not None
    actor = place.staff("dispatcher")
    with pytest.raises(Refusal, match="erase_reason"):
        erase_contacts(case.pk, reason="王建国要求", actor=actor)
    erase_contacts(case.pk, reason="asked", actor=actor)
    kept = Reporter.objects.get()
    assert (kept.name, kept.phone, kept.phone_hash, kept.answer) == (
        None,
        None,
        "",
        "none",
    )
    assert kept.code is not None
    assert show_contact(kept.pk, actor=actor).name == ""
    assert not Notice.objects.exclude(address=None).exists()
    entry = TrailEntry.objects.get(code="cases.contact_erased")
    assert entry.data == {"reason": "asked"}


def test_the_words_stay_as_long_as_they_are_needed(place):
    case = report(place, Browser())
    with pytest.raises(Refusal, match="erase_when_closed"):
        erase_case(case.pk, reason="asked", actor=place.staff("dispatcher"))
    assert Case.objects.get(pk=case.pk).text


def test_nothing_told_is_left_and_the_chain_is_whole(place):
    case = closed(place)
    while seal_entries(place.town):
        pass
    assert TrailContent.objects.exists()
    erase_case(case.pk, reason="asked", actor=place.staff("dispatcher"))
    case = Case.objects.get(pk=case.pk)
    commitment = Commitment.objects.get(pk=case.commitment_id)
    assert (case.subject, case.text, commitment.title) == (
        case.number,
        "",
        case.number,
    )
    assert Verdict.objects.get().words == ""
    assert Verdict.objects.get().solved == "solved"
    assert not TrailContent.objects.exists()
    assert search_cases(place.staff("dispatcher"), "路灯") == []
    assert search_cases(place.staff("dispatcher"), case.number) == [case]
    seal_entries(place.town)
    assert verify_trail(place.town).as_dict()["ok"]


def test_the_page_asks_says_no_and_erases(place):
    case = closed(place)
    url = f"/{place.town.code}/work/case/{case.number}/erase/"
    desk = place.client("dispatcher")
    assert desk.post(url, {"what": "all"}).status_code == 422
    assert desk.post(url, {"what": "all", "reason": "asked"}).status_code == 302
    page = desk.get(f"/{place.town.code}/work/case/{case.number}/").content.decode()
    assert "已经删掉了" in page, page
    assert "路灯" not in page
    open_one = report(place, Browser())
    url = f"/{place.town.code}/work/case/{open_one.number}/erase/"
    page = desk.post(url, {"what": "all", "reason": "asked"})
    assert page.status_code == 422 and "办结以后再删" in page.content.decode()
