"""The file of a backup: numbered chunks, encrypted, the last one marked.

A fresh key encrypts the chunks and lies in the head, itself encrypted under a key
that comes from the instance's ring. Each chunk is bound to its number and to
whether it is the last, so that none can be left out, swapped or cut off unnoticed.
"""

import json
import os
import struct
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from luoshi.core.secrets import SecretError, seal, unseal

MAGIC = b"LUOSHI BACKUP 1\n"
CHUNK = 1 << 20
LENGTH = struct.Struct(">I?")
NUMBER = struct.Struct(">Q?")
# Backups belong to the instance and to no town.
NO_TOWN = 0
PLACE = "backup:key"


class DamagedArchive(Exception):
    """A file that is no whole backup of this instance, in a sentence."""


def _nonce(number: int) -> bytes:
    # The key is new for each file, so that a count is a nonce that never repeats.
    return number.to_bytes(12, "big")


class ChunkWriter:
    """A file to write to; `close` writes the last chunk."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._number, self._held = file, 0, bytearray()
        key = os.urandom(32)
        self._cipher = AESGCM(key)
        sealed = seal(key.hex(), town_id=NO_TOWN, place=PLACE)
        head = json.dumps({"key": sealed.hex()}).encode()
        file.write(MAGIC + struct.pack(">I", len(head)) + head)

    def write(self, data: bytes) -> int:
        """Take bytes; whole chunks go out at once."""
        self._held += data
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write what is left, marked as the last."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, plain: bytes, *, last: bool) -> None:
        bound = MAGIC + NUMBER.pack(self._number, last)
        cipher = self._cipher.encrypt(_nonce(self._number), plain, bound)
        self._file.write(LENGTH.pack(len(cipher), last) + cipher)
        self._number += 1


class ChunkReader:
    """A file to read from; `DamagedArchive` where a chunk is not what was written."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file, self._path, self._number = file, path, 0
        self._held, self._ended = bytearray(), False
        self._cipher = AESGCM(self._key())

    def _key(self) -> bytes:
        if self._file.read(len(MAGIC)) != MAGIC:
            raise DamagedArchive(f"{self._path} is not a backup of Luoshi.")
        try:
            (size,) = struct.unpack(">I", self._file.read(4))
            if size > CHUNK:
                raise ValueError
            sealed = bytes.fromhex(json.loads(self._file.read(size))["key"])
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise self._damaged() from error
        try:
            return bytes.fromhex(unseal(sealed, town_id=NO_TOWN, place=PLACE))
        except SecretError as error:
            raise DamagedArchive(
                f"{self._path} was made with another key. Put the copy of personal.key "
                "that belongs to it into the data folder first."
            ) from error

    def _damaged(self) -> DamagedArchive:
        return DamagedArchive(
            f"{self._path} is damaged at part {self._number + 1}. "
            "Nothing was changed. Take an earlier backup."
        )

    def _cut_off(self) -> DamagedArchive:
        return DamagedArchive(
            f"{self._path} is cut off after part {self._number}. "
            "Nothing was changed. Take an earlier backup."
        )

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, fewer only at the end."""
        while not self._ended and (size < 0 or len(self._held) < size):
            self._take()
        wanted = len(self._held) if size < 0 else size
        given = bytes(self._held[:wanted])
        del self._held[:wanted]
        return given

    def _take(self) -> None:
        head = self._file.read(LENGTH.size)
        if len(head) < LENGTH.size:
            raise self._cut_off()
        size, last = LENGTH.unpack(head)
        if size > CHUNK + 16:
            raise self._damaged()
        cipher = self._file.read(size)
        if len(cipher) < size:
            raise self._cut_off()
        bound = MAGIC + NUMBER.pack(self._number, last)
        try:
            plain = self._cipher.decrypt(_nonce(self._number), cipher, bound)
        except InvalidTag as error:
            raise self._damaged() from error
        self._held += plain
        self._number += 1
        self._ended = last
