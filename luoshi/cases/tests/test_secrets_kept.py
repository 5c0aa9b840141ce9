"""A rotation reaches every ciphertext, and no row points to another town's row."""

import pytest
from django.apps import apps
from django.db import models
from django_scopes import scope

from luoshi.cases.actions import show_contact
from luoshi.cases.actions.intake import code_of
from luoshi.cases.models import Case, Reporter
from luoshi.cases.tests.test_main_job import awaiting, report
from luoshi.conftest import Browser, build_town
from luoshi.core import sealed, secrets
from luoshi.core.consistency import rows_across_towns, town_links
from luoshi.core.models import Notice, TrailContent, TrailEntry
from luoshi.core.secrets import key_of
from luoshi.core.trail import entries_of, seal_entries, words_of
from luoshi.core.verify import verify_trail

# Bytes that are no ciphertexts.
PLAIN = {("core.TrailContent", "salt")}


@pytest.fixture
def own_key(place):
    secrets._ring.cache_clear()
    yield
    secrets._ring.cache_clear()


def test_every_field_of_bytes_is_known_to_the_rotation():
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("luoshi.")
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.BinaryField)
    }
    known = {(one.model._meta.label, one.name) for one in sealed.sealed_fields()}
    assert found - PLAIN == known


def test_everything_opens_with_the_new_key_and_the_chain_is_whole(own_key, place):
    case = report(place, Browser())
    awaiting(place)
    while seal_entries(place.town):
        pass
    reporter = case.reporters.get()
    before = code_of(reporter), [words_of(e) for e in entries_of(case.commitment)]
    told = sealed.rotate()
    assert told["key"] == "k2" and told["resealed"] >= 4
    reporter = Reporter.objects.get(pk=reporter.pk)
    after = code_of(reporter), [words_of(e) for e in entries_of(case.commitment)]
    assert after == before
    kept = [reporter.name, reporter.phone, reporter.code]
    kept += [one.ciphertext for one in TrailContent.objects.all()]
    kept += [one.address for one in Notice.objects.exclude(address=None)]
    assert {key_of(bytes(one)) for one in kept} == {"k2"}
    assert show_contact(reporter.pk, actor=place.staff("dispatcher")).name == "王建国"
    assert TrailEntry.objects.filter(code="core.key_rotated").count() == 1
    seal_entries(place.town)
    assert verify_trail(place.town).as_dict()["ok"]


def test_a_rotation_that_was_stopped_is_finished(own_key, place, monkeypatch):
    for text in ("一", "二", "三"):
        report(place, Browser(), text=f"路灯不亮{text}")

    def stop(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sealed, "_write_down", stop)
        patch.setattr(sealed, "sealed_fields", lambda: sealed._FIELDS[-1:])
        with pytest.raises(KeyboardInterrupt):
            sealed.rotate()
    keys = {key_of(bytes(one.phone)) for one in Reporter.objects.all()}
    assert keys == {"k1"}
    assert sealed.rotate(fresh=False)["key"] == "k2"
    keys = {key_of(bytes(one.phone)) for one in Reporter.objects.all()}
    assert keys == {"k2"}
    assert sealed.rotate(fresh=False)["resealed"] == 0


def test_a_row_of_another_town_is_found(place):
    case = report(place, Browser())
    assert rows_across_towns() == []
    other = build_town("other")
    with scope(town=other.town):
        Case._base_manager.filter(pk=case.pk).update(village=other.village)
    [crossing] = rows_across_towns()
    assert (crossing.model, crossing.field, crossing.pk) == (
        "cases.Case",
        "village",
        case.pk,
    )


def test_the_check_looks_at_every_key_between_rows_of_towns():
    links = {f"{model._meta.label}.{name}" for model, name in town_links()}
    assert {
        "cases.Case.commitment",
        "commitments.Commitment.owner",
        "commitments.Hop.organisation",
        "core.Tenure.post",
    } <= links
    assert len(links) > 30
