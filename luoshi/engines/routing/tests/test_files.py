"""A file of a router comes back as it was, or not at all."""

import io
import json

import numpy as np
import pytest

from luoshi.engines import routing
from luoshi.engines.routing import files
from luoshi.engines.routing.tests.made import messages

TEXTS, LABELS = messages(60)


@pytest.fixture(scope="module")
def router():
    return routing.train(TEXTS, LABELS)


@pytest.fixture
def path(router, tmp_path):
    router.save(tmp_path / "router")
    return tmp_path / "router"


def test_a_saved_router_suggests_the_same(router, path):
    loaded = routing.load(path)
    assert loaded.labels == router.labels and loaded.report == router.report
    assert loaded.trust == router.trust
    for one, other in zip(loaded.route(TEXTS), router.route(TEXTS), strict=True):
        assert one[0].label == other[0].label
        assert one[0].confidence == pytest.approx(other[0].confidence, abs=0.01)


def test_saving_leaves_one_file_and_replaces_the_old_one(router, path):
    router.save(path)
    assert [found.name for found in path.parent.iterdir()] == ["router"]


@pytest.mark.parametrize("part", [0, 10, 200, 5000])
def test_a_truncated_file_is_refused(path, part):
    path.write_bytes(path.read_bytes()[:part])
    with pytest.raises(routing.ModelFileError):
        routing.load(path)


def test_a_tampered_file_is_refused(path):
    content = bytearray(path.read_bytes())
    content[-300] ^= 1
    path.write_bytes(content)
    with pytest.raises(routing.ModelFileError, match="digest"):
        routing.load(path)


def test_another_version_is_named(path):
    line, _end, rest = path.read_bytes().partition(b"\n")
    other = json.dumps(json.loads(line) | {"version": 9}).encode()
    path.write_bytes(other + b"\n" + rest)
    with pytest.raises(routing.ModelFileError, match="version 9"):
        routing.load(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"[]\n", b"\x80\x04N.", b"{}\n"])
def test_a_foreign_file_is_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(routing.ModelFileError, match="no router"):
        routing.load(path)


def test_a_file_with_a_right_digest_cannot_run_code(tmp_path, monkeypatch):
    ran = []

    class Bomb:
        def __reduce__(self):
            return (ran.append, (1,))

    monkeypatch.setattr(files.np, "savez", _with_bomb(np.savez, Bomb()))
    files.write(tmp_path / "router", {}, {})
    with pytest.raises(routing.ModelFileError):
        routing.load(tmp_path / "router")
    assert ran == []


def _with_bomb(savez, bomb):
    def save(file: io.BytesIO, **arrays):
        savez(file, **arrays, bomb=np.array([bomb], dtype=object))

    return save


@pytest.mark.parametrize("lost", ["weights", "keys1", "rarity2"])
def test_parts_that_lack_or_do_not_fit_are_refused(router, tmp_path, lost):
    told, arrays = router.packed()
    files.write(tmp_path / "a", told, {n: a for n, a in arrays.items() if n != lost})
    files.write(tmp_path / "b", told, arrays | {lost: arrays[lost][:-1]})
    for name in "ab":
        with pytest.raises(routing.ModelFileError):
            routing.load(tmp_path / name)
