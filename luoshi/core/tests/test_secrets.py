"""Secrets open only in their place; phones are read in every usual writing."""

import pytest

from luoshi.core.secrets import (
    BadPhone,
    SecretError,
    keyed_hash,
    normalise_phone,
    rotate_key,
    seal,
    unseal,
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    from luoshi.core import secrets

    secrets._ring.cache_clear()
    settings.DATA = tmp_path
    yield
    secrets._ring.cache_clear()


def test_what_was_sealed_opens_in_its_place_only():
    cipher = seal("王建国", town_id=1, place="a:1:name")
    assert unseal(cipher, town_id=1, place="a:1:name") == "王建国"
    for town_id, place in ((1, "a:2:name"), (1, "a:1:phone"), (2, "a:1:name")):
        with pytest.raises(SecretError):
            unseal(cipher, town_id=town_id, place=place)


def test_an_altered_or_cut_ciphertext_is_refused():
    cipher = seal("secret", town_id=1, place="p")
    for bad in (cipher[:-1], cipher[:-1] + b"\x00\x01", b"", b"\x02k9" + cipher[3:]):
        with pytest.raises(SecretError):
            unseal(bad, town_id=1, place="p")


def test_old_ciphertexts_open_after_a_rotation_and_hashes_stay():
    cipher = seal("old", town_id=1, place="p")
    before = keyed_hash("13800001111", town_id=1, purpose="phone")
    rotate_key()
    assert unseal(cipher, town_id=1, place="p") == "old"
    assert keyed_hash("13800001111", town_id=1, purpose="phone") == before
    assert seal("new", town_id=1, place="p")[1:3] == b"k2"


@pytest.mark.parametrize(
    "text",
    ["13812345678", "+86 138 1234 5678", "138-1234-5678", "１３８１２３４５６７８"],
)
def test_a_mobile_number_in_any_writing(text):
    assert normalise_phone(text) == "13812345678"


@pytest.mark.parametrize("text", ["1381234567", "138123456789", "abc", "12", "①②③"])
def test_what_cannot_be_a_number_is_refused(text):
    with pytest.raises(BadPhone):
        normalise_phone(text)
