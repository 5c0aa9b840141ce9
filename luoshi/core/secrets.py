"""Names, phones and addresses at rest: AES-GCM with a subkey for each town.

A ciphertext begins with the id of its key; row and field are bound to it as
associated data, so that one cannot be moved to another place unnoticed.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import unicodedata
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from luoshi.conf.instance import master_key_path

NONCE = 12
MOBILE_DIGITS = 11


class SecretError(Exception):
    """A ciphertext that cannot be opened: wrong place, wrong key, or altered."""


class BadPhone(ValueError):
    """A telephone number that cannot be one, with a sentence for the field."""


def _path() -> Path:
    return master_key_path(settings.DATA)


@lru_cache(maxsize=1)
def _ring() -> dict:
    """Return the keys; made at first use, never overwritten."""
    path = _path()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return json.loads(path.read_text())
    ring = {
        "current": "k1",
        "keys": {"k1": secrets.token_hex(32)},
        "hash": secrets.token_hex(32),
    }
    with os.fdopen(descriptor, "w") as file:
        json.dump(ring, file)
    return ring


@lru_cache(maxsize=512)
def _subkey(key_hex: str, town_id: int, purpose: str) -> bytes:
    info = f"luoshi:{purpose}:{town_id}".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(bytes.fromhex(key_hex))


def seal(plain: str, *, town_id: int, place: str) -> bytes:
    """Encrypt a text for one place, such as "cases.reporter:<uid>:phone"."""
    return seal_bytes(plain.encode(), town_id=town_id, place=place)


def seal_bytes(plain: bytes, *, town_id: int, place: str) -> bytes:
    """Encrypt bytes for one place, such as a file's content."""
    ring = _ring()
    name = ring["current"].encode()
    key = _subkey(ring["keys"][ring["current"]], town_id, "field")
    nonce = os.urandom(NONCE)
    sealed = AESGCM(key).encrypt(nonce, plain, place.encode())
    return bytes([len(name)]) + name + nonce + sealed


def unseal(cipher: bytes | memoryview, *, town_id: int, place: str) -> str:
    """Decrypt what `seal` made for the same place; `SecretError` otherwise."""
    return unseal_bytes(cipher, town_id=town_id, place=place).decode()


def unseal_bytes(cipher: bytes | memoryview, *, town_id: int, place: str) -> bytes:
    """Decrypt what `seal_bytes` made for the same place; `SecretError` otherwise."""
    raw = bytes(cipher)
    name, size = key_of(raw), raw[0] if raw else 0
    if name not in _ring()["keys"]:
        # Another process may have rotated since this one read the keys.
        _ring.cache_clear()
    key_hex = _ring()["keys"].get(name)
    if key_hex is None:
        raise SecretError(f"The key of {place} is missing from {_path().name}.")
    nonce, sealed = raw[1 + size : 1 + size + NONCE], raw[1 + size + NONCE :]
    key = _subkey(key_hex, town_id, "field")
    try:
        return AESGCM(key).decrypt(nonce, sealed, place.encode())
    except (InvalidTag, ValueError) as error:
        raise SecretError(f"{place} was altered or belongs elsewhere.") from error


def key_of(cipher: bytes) -> str:
    """Return the id of the key that a ciphertext names."""
    size = cipher[0] if cipher else 0
    return cipher[1 : 1 + size].decode("ascii", "replace")


def present_key() -> str:
    """Return the id of the key that seals from now on."""
    return str(_ring()["current"])


def keyed_hash(value: str, *, town_id: int, purpose: str) -> str:
    """Return a hash by which a value is found again, useless without the key."""
    key = _subkey(_ring()["hash"], town_id, purpose)
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def normalise_phone(text: str) -> str:
    """Return the digits of a Chinese mobile or fixed number; `BadPhone` otherwise."""
    folded = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[\s\-()]", "", folded)
    digits = re.sub(r"^(\+86|0086)", "", digits)
    if not digits.isascii() or not digits.isdigit():
        raise BadPhone(_("A telephone number has digits only."))
    if digits.startswith("1") and len(digits) != MOBILE_DIGITS:
        raise BadPhone(
            _("A mobile number has 11 digits; this one has %(count)d.")
            % {"count": len(digits)}
        )
    if not digits.startswith("1") and not 7 <= len(digits) <= 12:
        raise BadPhone(_("Write the number with its area code, such as 0570-6001234."))
    return digits


def rotate_key() -> str:
    """Add a key and use it from now on; old ciphertexts keep their own."""
    ring = dict(_ring())
    name = f"k{len(ring['keys']) + 1}"
    ring["keys"] = ring["keys"] | {name: secrets.token_hex(32)}
    ring["current"] = name
    fresh = _path().with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(ring))
    fresh.replace(_path())
    _ring.cache_clear()
    return name
