"""The chain: forgers are found and named; words may be erased."""

import pytest
from django.db import DatabaseError, connection, transaction
from django_scopes.exceptions import ScopeError

from luoshi.core.actors import OPERATOR
from luoshi.core.heads import keep_heads
from luoshi.core.models import Post, TrailContent, TrailEntry, Village
from luoshi.core.trail import (
    entries_of,
    erase_words,
    head_of,
    record,
    seal_entries,
    words_of,
)
from luoshi.core.triggers import triggers_off
from luoshi.core.verify import verify_trail


@pytest.fixture
def sealed(place):
    """Give a town whose first six entries are sealed, one of them with words."""
    post = Post.objects.first()
    record(post, "core.town_changed", actor=OPERATOR, words="why it was changed")
    seal_entries(place.town)
    return place


def run(statement, *values):
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_whole_chain_verifies(sealed):
    report = verify_trail(sealed.town)
    assert report.ok
    assert report.checked == TrailEntry.objects.count()
    assert report.head == head_of(sealed.town)


def test_an_altered_entry_is_named(sealed):
    victim = TrailEntry.objects.order_by("pk")[2]
    run("UPDATE core_trailentry SET code = 'core.signed_in' WHERE id = %s", victim.pk)
    report = verify_trail(sealed.town)
    assert (report.ok, report.bad_entry) == (False, victim.pk)


def test_a_removed_entry_is_named(sealed):
    victim = TrailEntry.objects.order_by("pk")[2]
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_trailseal WHERE entry_id = %s", [victim.pk])
        cursor.execute("DELETE FROM core_trailentry WHERE id = %s", [victim.pk])
    report = verify_trail(sealed.town)
    assert (report.ok, report.bad_sequence) == (False, 4)


def test_a_cut_end_is_found_by_the_head_kept_elsewhere(sealed):
    head = head_of(sealed.town)
    run("DELETE FROM core_trailseal WHERE sequence = %s", head[0])
    assert verify_trail(sealed.town).ok
    assert not verify_trail(sealed.town, head).ok


def test_an_entry_that_came_late_is_sealed_once_a_day(sealed, monkeypatch, tmp_path):
    monkeypatch.setenv("LUOSHI_HEADS", str(tmp_path))
    run("DELETE FROM core_trailseal WHERE sequence = %s", head_of(sealed.town)[0])
    early = TrailEntry.objects.get(seal=None)
    for _entry in range(3):
        record(sealed.town, "core.town_changed", actor=OPERATOR)
    monkeypatch.setattr("luoshi.core.trail.LOOK_BACK", 0)
    assert seal_entries(sealed.town, since=early.pk + 1) == 3
    assert seal_entries(sealed.town) == 0
    keep_heads()
    report = verify_trail(sealed.town)
    assert (report.ok, report.unsealed) == (True, 0)


def test_only_the_newest_entries_are_looked_through(sealed, monkeypatch):
    monkeypatch.setattr("luoshi.core.trail.LOOK_BACK", 2)
    record(sealed.town, "core.town_changed", actor=OPERATOR)
    assert seal_entries(sealed.town) == 1
    assert verify_trail(sealed.town).ok


def test_altered_words_are_found_and_erased_words_are_not_a_fault(sealed):
    entry = TrailEntry.objects.exclude(content_digest="").get()
    TrailContent.objects.filter(pk=entry.pk).update(salt=b"0" * 16)
    assert verify_trail(sealed.town).bad_entry == entry.pk
    erase_words([entry.pk])
    assert verify_trail(sealed.town).ok
    assert words_of(entries_of(Post.objects.first())[0]) != "why it was changed"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_trailentry SET code = 'x'",
        "DELETE FROM core_trailentry",
        "UPDATE core_trailseal SET digest = 'x'",
        "DELETE FROM core_trailseal",
    ],
)
def test_the_database_refuses_to_change_the_trail(sealed, statement):
    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_code_without_a_sentence_is_refused(place):
    with pytest.raises(ValueError, match="Register"), transaction.atomic():
        record(Post.objects.first(), "core.unheard_of", actor=OPERATOR)


@pytest.mark.django_db
def test_a_query_outside_a_town_raises():
    with pytest.raises(ScopeError):
        Village.objects.count()
