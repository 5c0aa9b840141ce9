"""What hangs together is sealed together, and opened again as it was."""

import pytest
from django.apps import apps
from django.urls import reverse
from django_scopes import scope

from luoshi.cases.actions import (
    Second,
    look_at_sealed,
    open_sealed,
    seal_case,
    split_case,
)
from luoshi.cases.models import Case, SealedMatter
from luoshi.cases.queries import search_cases
from luoshi.cases.tests.sealed_play import (
    LATER,
    PAPER,
    PHONE,
    WORDS,
    body,
    rows_with,
    sealed,
    told,
    worked_on,
)
from luoshi.commitments.actions import (
    merge_commitments,
)
from luoshi.commitments.models import Commitment
from luoshi.conftest import PEOPLE, Browser, build_town
from luoshi.core.models import (
    Notice,
)
from luoshi.core.refusals import NotAllowed
from luoshi.core.trail import seal_entries
from luoshi.core.verify import verify_trail


def test_merged_ones_are_sealed_together(place):
    head, other = told(place, text="路灯不亮琥珀"), told(place)
    merge_commitments(
        other.case.commitment_id,
        head_id=head.case.commitment_id,
        actor=place.staff("dispatcher"),
    )
    matter = sealed(place, other)
    assert rows_with(WORDS, "琥") == []
    assert Commitment.objects.count() == 0 and Case.objects.count() == 0
    third = told(place, text="又是路灯")
    with pytest.raises(NotAllowed):
        merge_commitments(
            third.case.commitment_id,
            head_id=head.case.commitment_id,
            actor=place.staff("dispatcher"),
        )
    open_sealed(matter.pk, actor=place.staff("discipline"))
    assert Case.objects.filter(commitment=head.case.commitment_id).count() == 2
    assert Case.objects.get(pk=other.case.pk).text == f"村支书在{WORDS}"


def test_what_a_case_was_taken_out_of_is_sealed_with_it(place):
    first = told(place, text=f"路灯不亮。村支书在{WORDS}")
    dispatcher = place.staff("dispatcher")
    conduct = split_case(
        first.case.pk, second=Second(WORDS), actor=dispatcher, form_token="a"
    )
    lamp = split_case(
        first.case.pk, second=Second("路灯不亮了"), actor=dispatcher, form_token="b"
    )
    seal_case(conduct.pk, kind="conduct", actor=dispatcher)
    assert rows_with(WORDS) == []
    assert list(Case.objects.all()) == [lamp] and SealedMatter.objects.count() == 2
    text = body(place.client("dispatcher").get(f"/qinghe/work/case/{lamp.number}/"))
    assert "路灯不亮了" in text
    assert first.case.number not in text and conduct.number not in text
    browser = Browser()
    browser.post("/qinghe/track/", {"code": first.code})
    assert WORDS not in body(browser.get("/qinghe/matter/"))
    opened = browser.get(f"/qinghe/matter/other/{lamp.number}/", follow=True)
    assert "路灯不亮了" in body(opened) and WORDS not in body(opened)


def test_taking_out_the_harmless_part_leaves_it_open(place):
    first = told(place, text=f"路灯不亮。村支书在{WORDS}")
    dispatcher = place.staff("dispatcher")
    lamp = split_case(
        first.case.pk, second=Second("路灯不亮了"), actor=dispatcher, form_token="b"
    )
    seal_case(first.case.pk, kind="conduct", actor=dispatcher)
    assert list(Case.objects.all()) == [lamp]
    for who in PEOPLE:
        answer = place.client(who).get(f"/qinghe/work/case/{lamp.number}/")
        assert first.case.number not in body(answer), who


def test_a_part_is_sealed_with_its_whole_and_parts_with_it(place):
    receipt = told(place)
    worked_on(place, receipt)
    part = Case.objects.get(number=f"{receipt.case.number}-1")
    seal_case(part.pk, kind="conduct", actor=place.staff("dispatcher"))
    assert Case.objects.count() == 0 and rows_with(WORDS, "琥") == []


def test_opened_again_all_is_as_it_was(place):
    receipt = told(place)
    case = worked_on(place, receipt)
    before = {
        (model._meta.label, row.pk): {
            name: value
            for name, value in row.__dict__.items()
            if isinstance(value, str) and name != "visibility"
        }
        for model in apps.get_models()
        if model._meta.app_label in ("cases", "commitments")
        for row in model._base_manager.all()
    }
    matter = sealed(place, receipt)
    with pytest.raises(NotAllowed):
        open_sealed(matter.pk, actor=place.staff("dispatcher"))
    open_sealed(matter.pk, actor=place.staff("discipline"))
    after = {
        (model._meta.label, row.pk): row.__dict__
        for model in apps.get_models()
        if model._meta.app_label in ("cases", "commitments")
        for row in model._base_manager.all()
    }
    for key, words in before.items():
        if key[0] == "cases.Publication":
            # It was taken off, and is not published again by itself.
            continue
        for name, value in words.items():
            assert after[key][name] == value, (key, name)
    assert case in search_cases(place.staff("dispatcher"), "鑫鼎")
    assert Notice.objects.filter(code="cases.unsealed").exists()
    while seal_entries(place.town):
        pass
    assert verify_trail(place.town).ok
    again = sealed(place, receipt)
    assert again.pk != matter.pk and rows_with(WORDS) == []


def test_staff_of_another_town_keep_nothing_here(place):
    matter = sealed(place)
    other = build_town("other")
    with scope(town=other.town):
        stranger = other.client("discipline")
        with pytest.raises(NotAllowed):
            look_at_sealed(matter.pk, actor=other.staff("discipline"))
    url = reverse("work:sealed-one", args=[place.town.code, matter.pk])
    assert stranger.get(url).status_code == 404


def test_keepers_read_note_finish_and_open_on_their_page(place):
    receipt = told(place)
    worked_on(place, receipt)
    matter = sealed(place, receipt)
    client = place.client("discipline")
    base = f"/qinghe/work/sealed/{matter.pk}"
    assert WORDS not in body(client.get("/qinghe/work/sealed/"))
    assert WORDS not in body(client.get(f"{base}/"))
    read = body(client.post(f"{base}/read/"))
    assert WORDS in read and PHONE in read and LATER[5] in read
    # Of a paper what somebody wrote for it, and not its fields.
    assert PAPER in read and "成文日期" not in read
    assert client.post(f"{base}/note/", {"text": ""}).status_code == 422
    assert client.post(f"{base}/note/", {"text": "已初核"}).status_code == 302
    assert "已初核" in body(client.post(f"{base}/read/"))
    assert client.post(f"{base}/done/", {"text": "已转县纪委"}).status_code == 302
    assert SealedMatter.objects.get(pk=matter.pk).done_at is not None
    assert client.get(f"{base}/open/").status_code == 200
    assert client.post(f"{base}/open/").status_code == 302
    assert client.get(f"{base}/").status_code == 404
    assert Case.objects.get(pk=receipt.case.pk).text.endswith(WORDS)
