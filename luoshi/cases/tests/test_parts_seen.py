"""Parts on the pages: who reads what of them, and that none gets out."""

import pytest
from django.db import IntegrityError, transaction

from luoshi.cases.actions import (
    Public,
    erase_case,
    judge_case,
    publish_matter,
)
from luoshi.cases.alike import alike_while_telling
from luoshi.cases.ledger import matter_of, open_published
from luoshi.cases.models import Case
from luoshi.cases.queries import search_cases
from luoshi.cases.rules import may_see_contact
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import (
    commitments_visible_to,
    inbox_page,
    next_steps,
)
from luoshi.conftest import Browser
from luoshi.core.refusals import Conflict

from .test_parts import do_part, fresh, lead, part_of, submit, whole


def test_who_sees_what(place):
    receipt = lead(place)
    part = part_of(place, receipt)
    water, handler = place.staff("water"), place.staff("handler")
    for staff in (water, handler, place.staff("colleague")):
        seen = set(commitments_visible_to(staff).values_list("pk", flat=True))
        assert seen == {part.pk, receipt.case.commitment_id}
    outsider = place.staff("administrator")
    assert not commitments_visible_to(outsider).exists()
    assert not may_see_contact(water, receipt.case), "the lead alone calls people"
    assert [one.pk for one in inbox_page(water, whose="mine").rows] == [part.pk]
    assert "submit" not in next_steps(handler, fresh(part))
    base = f"/{place.town.code}/work/"
    page = place.client("water").get(f"{base}case/{part.number}/").content.decode()
    assert f"case/{receipt.case.number}/" in page and "水能流进田里" in page
    page = place.client("handler").get(f"{base}case/{receipt.case.number}/")
    assert part.number in page.content.decode()
    assert "疏通水渠" in place.client("water").get(base).content.decode()


def test_who_asked_reads_who_does_what_and_no_more(place):
    receipt = lead(place)
    part_of(place, receipt)
    resident = Browser()
    resident.post(f"/{place.town.code}/track/", {"code": receipt.code})
    page = resident.get(f"/{place.town.code}/matter/").content.decode()
    assert "疏通水渠" in page and "Water" in page
    assert "水能流进田里" not in page, "between the offices"


def test_no_part_leaks_into_public_pages_or_what_residents_find(place):
    receipt = lead(place)
    part = part_of(place, receipt)
    publish_matter(
        receipt.case.pk,
        public=Public("路灯", "灯不亮", checked=True, looked=True),
        actor=place.staff("releaser"),
    )
    # A part given after that is as little public as one given before.
    later = part_of(place, receipt, title="疏通涵洞")
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=part.pk).update(visibility="public")
    lines = matter_of(open_published(place.town, receipt.case.number)).lines
    assert not any("Water" in line.text for line in lines)
    base, anybody = f"/{place.town.code}/", Browser()
    for path in ("open/", "open/data.json", "open/data.csv", "open/?q=疏通", ""):
        answer = anybody.get(base + path)
        body = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        ).decode()
        assert "疏通" not in body.replace('value="疏通"', ""), path
        assert part.number not in body and later.number not in body
    assert anybody.get(f"{base}open/{part.number}/").status_code == 404
    assert anybody.get(f"{base}report/join/{part.number}/").status_code == 404
    assert not alike_while_telling(place.town, "水能流进田里", place.village)
    assert [one.number for one in search_cases(place.staff("water"), "疏通水渠")] == [
        part.number
    ]
    assert not search_cases(place.staff("administrator"), "疏通")


def test_a_part_is_erased_with_its_whole(place):
    receipt = lead(place)
    part = part_of(place, receipt)
    do_part(place, part)
    submit(place, receipt)
    actions.accept_commitment(
        receipt.case.commitment_id, actor=place.staff("inspector")
    )
    judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    erase_case(receipt.case.pk, reason="asked", actor=place.staff("dispatcher"))
    case = Case.objects.get(number=part.number)
    assert (case.text, case.subject, fresh(part).title) == (
        "",
        part.number,
        part.number,
    )
    assert not search_cases(place.staff("dispatcher"), "疏通水渠")


def test_through_the_pages(place):
    receipt = lead(place)
    client = place.client("handler")
    base = f"/{place.town.code}/work/case/"
    url = f"{base}{receipt.case.number}/do/add_part/"
    sent = {
        "organisation": place.office("Water").pk,
        "title": "疏通水渠",
        "asked": "水能流进田里",
        "version": whole(receipt).version,
    }
    assert place.client("water").get(url).status_code == 404
    assert client.post(url, sent | {"title": ""}).status_code == 422
    own = client.post(url, sent | {"organisation": place.office("Roads").pk})
    assert own.status_code == 422
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 409, "sent twice is one part"
    part = Commitment.objects.get(parent=receipt.case.commitment_id)
    page = client.get(f"{base}{receipt.case.number}/").content.decode()
    assert "还没接下" in page
    actions.take_commitment(part.pk, actor=place.staff("water"))
    page = client.get(f"{base}{receipt.case.number}/").content.decode()
    assert "还没接下" not in page and f'data-part="{part.number}"' in page
    drop = f"{base}{part.number}/do/drop_part/"
    assert place.client("water").get(drop).status_code == 404
    sent = {"reason": "不用了", "version": fresh(part).version}
    assert client.post(drop, sent).status_code == 302
    assert fresh(part).ending == "dropped"


def test_two_writers_make_one_part(place):
    receipt = lead(place)
    seen = whole(receipt).version
    part_of(place, receipt, version=seen)
    with pytest.raises(Conflict):
        part_of(place, receipt, who="dispatcher", version=seen)
