"""Recordings, told from their bytes: what kind, how long, and sound alone.

A film is no recording. Frames of AMR and AAC are counted; the containers MP4 and WebM
are read as far as their lengths go, because what a browser records says its length
nowhere else. `tinytag` knows the rest.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tinytag import TinyTag

MOST_SECONDS = 300
# A recorder that was set to five minutes writes a little more.
SLACK_SECONDS = 2
# More frames or elements than the longest recording has.
MOST_STEPS = 100_000
DEEPEST = 4
AMR_HEADS = {
    # Bytes of a frame by its kind, without the byte that names it.
    b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5),
    b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5),
}
AMR_FRAME_S = 0.02
AAC_RATES = (
    *(96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000),
    *(12000, 11025, 8000, 7350),
)
AAC_SAMPLES = 1024
EBML = b"\x1a\x45\xdf\xa3"
SEGMENT, INFO, TRACKS, TRACK = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
CLUSTER, GROUP, BLOCK, SIMPLE_BLOCK = 0x1F43B675, 0xA0, 0xA1, 0xA3
SCALE, TRACK_TYPE, TIME = 0x2AD7B1, 0x83, 0xE7
OPENED = {SEGMENT, INFO, TRACKS, TRACK, CLUSTER, GROUP}
VIDEO_TRACK = 1


@dataclass(frozen=True)
class Sound:
    """A recording: its kind, and its seconds (0 where it does not say them)."""

    content_type: str
    suffix: str
    seconds: float


def sound_in(content: bytes) -> Sound | None:
    """Return what recording the bytes are, None if they are none.

    What is broken raises whatever reading it raises: nothing else can be said of it.
    """
    for fits, read in READERS:
        if fits(content):
            return read(content)
    return None


def _amr(content: bytes) -> Sound:
    head = next(one for one in AMR_HEADS if content.startswith(one))
    sizes, at, frames = AMR_HEADS[head], len(head), 0
    while at < len(content) and frames < MOST_STEPS:
        kind = content[at] >> 3 & 15
        # 15 is a frame without sound; it has only the byte that names it.
        at += 1 + (sizes[kind] if kind < len(sizes) else 0)
        frames += 1
    return Sound("audio/amr", "amr", _some(frames) * AMR_FRAME_S)


def _aac(content: bytes) -> Sound:
    rate, at, frames = AAC_RATES[content[2] >> 2 & 15], 0, 0
    while frames < MOST_STEPS and _is_aac(content[at : at + 2]):
        if at + 7 > len(content):
            break
        high, middle, low = content[at + 3 : at + 6]
        at += max(7, (high & 3) << 11 | middle << 3 | low >> 5)
        frames += 1
    return Sound("audio/aac", "aac", _some(frames) * AAC_SAMPLES / rate)


def _some(frames: int) -> int:
    if not frames:
        raise ValueError("nothing in it")
    return frames


def _is_aac(content: bytes) -> bool:
    return content[:1] == b"\xff" and content[1:2] != b"" and content[1] & 0xF6 == 0xF0


@dataclass(frozen=True)
class _Box:
    """A box of MP4 and its place in the path of boxes."""

    path: str
    body: memoryview

    def number(self, at: int, size: int = 4) -> int:
        """Return a number of its body."""
        if at + size > len(self.body):
            raise IndexError(self.path)
        return int.from_bytes(self.body[at : at + size], "big")


_HOLDERS = {"moov", "trak", "mdia", "mvex", "moof", "traf"}


def _boxes(content: memoryview, path: str = "") -> Iterator[_Box]:
    """Yield the boxes that hold no others, in the order of the file."""
    at = 0
    if path.count("/") > DEEPEST:
        raise IndexError(path)
    while at + 8 <= len(content):
        size, head = int.from_bytes(content[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        if size == 0:
            size = len(content) - at
        if size < head:
            raise IndexError(path)
        name = bytes(content[at + 4 : at + 8]).decode("latin-1")
        body = content[at + head : at + size]
        if name in _HOLDERS:
            yield from _boxes(body, f"{path}{name}/")
        else:
            yield _Box(path + name, body)
        at += size


def _mp4(content: bytes) -> Sound | None:
    """Read an MP4 of either kind: length in its head, or piece by piece."""
    handlers, scale, length, usual, pieces = set(), 0, 0, 0, 0
    for box in _boxes(memoryview(content)):
        match box.path:
            case "moov/trak/mdia/hdlr":
                handlers.add(bytes(box.body[8:12]))
            case "moov/trak/mdia/mdhd":
                wide = box.number(0, 1) == 1
                scale = box.number(20 if wide else 12)
                length = box.number(24, 8) if wide else box.number(16)
            case "moov/mvex/trex":
                usual = box.number(12)
            case "moof/traf/tfhd":
                usual = _usual_in(box) or usual
            case "moof/traf/trun":
                pieces += _length_of(box, usual)
    if b"vide" in handlers or b"soun" not in handlers:
        return None
    # A browser that writes in pieces leaves a wrong length in the head.
    return Sound("audio/mp4", "m4a", (pieces or length) / scale)


def _set(flags: int, *bits: int) -> int:
    """Count the bits that are set."""
    return sum(bool(flags & bit) for bit in bits)


def _usual_in(box: _Box) -> int:
    """Return how long a sample of this piece is, 0 where it does not say."""
    flags = box.number(1, 3)
    if not flags & 0x8:
        return 0
    return box.number(8 + 8 * _set(flags, 0x1) + 4 * _set(flags, 0x2))


def _length_of(box: _Box, usual: int) -> int:
    """Return the length of one run of samples."""
    flags, count = box.number(1, 3), box.number(4)
    if not flags & 0x100:
        return count * usual
    first = 8 + 4 * _set(flags, 0x1, 0x4)
    step = 4 * _set(flags, 0x100, 0x200, 0x400, 0x800)
    return sum(box.number(first + step * sample) for sample in range(count))


def _webm(content: bytes) -> Sound | None:
    """Read a WebM: its last block says how long it is."""
    scale, cluster, last, types = 1_000_000, 0, -1, set()
    for name, body in _elements(content):
        number = int.from_bytes(body[:8], "big")
        if name == SCALE:
            scale = number
        elif name == TRACK_TYPE:
            types.add(number)
        elif name == TIME:
            cluster = number
        elif name in (BLOCK, SIMPLE_BLOCK):
            _track, used = _vint(body, 0)
            after = int.from_bytes(body[used : used + 2], "big", signed=True)
            last = max(last, cluster + after)
    if VIDEO_TRACK in types or not types:
        return None
    return Sound("audio/webm", "webm", _some(last + 1) * scale / 1e9)


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield name and body of what holds no others; what holds some is walked into.

    A browser does not know the size of what it is still writing and leaves it open.
    """
    at = steps = 0
    while at < len(content):
        steps += 1
        if steps > MOST_STEPS:
            raise IndexError(at)
        name, used = _vint(content, at, marked=True)
        size, more = _vint(content, at + used)
        at += used + more
        if name in OPENED:
            continue
        yield name, content[at : at + size]
        at += size


def _vint(content: bytes, at: int, *, marked: bool = False) -> tuple[int, int]:
    """Return a number of EBML and its bytes; `marked` keeps the bit of its length."""
    first = content[at]
    if not first:
        raise IndexError(at)
    used = 9 - first.bit_length()
    number = int.from_bytes(content[at : at + used], "big")
    return (number if marked else number & ~(1 << 7 * used)), used


def _tagged(content_type: str, suffix: str) -> Callable[[bytes], Sound]:
    def read(content: bytes) -> Sound:
        found = TinyTag.get(
            filename=f"x.{suffix}", file_obj=io.BytesIO(content), tags=False
        )
        return Sound(content_type, suffix, found.duration or 0)

    return read


def _ogg(content: bytes) -> Sound | None:
    """Read an Ogg that holds sound alone."""
    if b"theora" in content[:4096]:
        return None
    return _tagged("audio/ogg", "ogg")(content)


Reader = Callable[[bytes], Sound | None]
READERS: list[tuple[Callable[[bytes], bool], Reader]] = [
    (lambda content: content.startswith(tuple(AMR_HEADS)), _amr),
    (_is_aac, _aac),
    (lambda content: content[4:8] == b"ftyp", _mp4),
    (lambda content: content.startswith(EBML), _webm),
    (lambda content: content.startswith(b"OggS"), _ogg),
    (
        lambda content: content.startswith(b"RIFF") and content[8:12] == b"WAVE",
        _tagged("audio/wav", "wav"),
    ),
    (
        lambda content: (
            content.startswith(b"ID3")
            or (content[:1] == b"\xff" and content[1:2] in (b"\xfb", b"\xf3", b"\xf2"))
        ),
        _tagged("audio/mpeg", "mp3"),
    ),
]
