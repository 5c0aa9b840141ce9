"""Recordings are told from their bytes; what is too long or no sound is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.files import BadFile, check_recording, check_upload
from luoshi.core.tests import sounds


def upload(content, name="新录音 2（北京路）.m4a"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("kind", sounds.KINDS)
def test_each_kind_is_measured_whatever_it_is_called(kind):
    for seconds in (3, 80, 299):
        kept = check_recording(upload(sounds.KINDS[kind](seconds)))
        assert kept.kind == "audio"
        assert abs(kept.seconds - seconds) <= 1, (kind, seconds, kept.seconds)
        assert "北京路" not in kept.name, "it names the place where it was made"


@pytest.mark.parametrize("kind", sounds.KINDS)
def test_six_minutes_of_any_kind_are_too_long(kind):
    with pytest.raises(BadFile, match=r"6分钟|6 minutes"):
        check_recording(upload(sounds.KINDS[kind](355)))


def test_a_film_and_a_photo_are_no_recording():
    films = [sounds.mp4(5, handler=b"vide"), sounds.webm(5, track=1)]
    for content in [*films, b"%PDF-1.4\n", b"text that is no sound"]:
        with pytest.raises(BadFile):
            check_recording(upload(content))


def test_what_is_empty_or_broken_off_says_so():
    broken = [b"#!AMR\n", sounds.webm(0), sounds.mp4(5)[:40], b"\xff\xf1", b"RIFF"]
    for content in broken:
        with pytest.raises(BadFile):
            check_recording(upload(content))


def test_boxes_within_boxes_end():
    deep = b""
    for _level in range(1000):
        deep = sounds.box(b"moov", deep)
    with pytest.raises(BadFile):
        check_upload(upload(sounds.box(b"ftyp", b"M4A ") + deep))


@given(st.sampled_from(sorted(sounds.KINDS)), st.data())
def test_no_byte_that_was_changed_brings_anything_down(kind, data):
    content = bytearray(sounds.KINDS[kind](2))
    for _change in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    try:
        kept = check_upload(upload(bytes(content[:cut])))
    except BadFile:
        return
    assert 0 <= kept.seconds <= 302
