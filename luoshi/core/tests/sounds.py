"""Recordings of each kind, made by hand: silence, as long as a test asks."""

import io
import struct
import wave


def wav(seconds):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(1000)
        file.writeframes(b"\x80" * round(1000 * seconds))
    return out.getvalue()


def amr(seconds):
    """Write frames of 12.2 kbit/s, 20 ms each."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * round(50 * seconds)


def amr_wide(seconds):
    return b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * round(50 * seconds)


def aac(seconds):
    """Write frames of 16 kHz, 1024 samples each."""
    size = 40
    head = bytes([0xFF, 0xF1, 0x60, 0x40, size >> 3, (size & 7) << 5, 0xFC])
    return (head + bytes(size - 7)) * round(16000 * seconds / 1024)


def mp3(seconds):
    """Write frames of MPEG 2 layer 3 at 8 kbit/s and 16 kHz, 36 ms each."""
    return (b"\xff\xf3\x18\xc0" + bytes(32)) * round(seconds / 0.036)


def box(name, *parts):
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(seconds, handler=b"soun", pieces=0):
    """Write an MP4, in one or in pieces of so many samples without a length."""
    scale = 1000
    length = 0 if pieces else round(scale * seconds)
    header = struct.pack(">IIIII", 0, 0, 0, scale, length)
    kind = box(b"hdlr", bytes(8), handler, bytes(13))
    track = box(b"trak", box(b"mdia", box(b"mdhd", header, bytes(4)), kind))
    usual = box(b"mvex", box(b"trex", struct.pack(">IIIII", 0, 1, 1, 20, 0)))
    file = box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", track, usual if pieces else b"")
    for _piece in range(pieces):
        count = round(scale * seconds / pieces / 20)
        run = box(b"trun", struct.pack(">II", 0, count))
        told = box(b"tfhd", struct.pack(">II", 0, 1))
        file += box(b"moof", box(b"traf", told, run)) + box(b"mdat", bytes(8))
    return file


def element(name, body):
    return bytes.fromhex(name) + (len(body) | 1 << 28).to_bytes(4, "big") + body


def webm(seconds, track=2):
    """Write what a browser records: sizes left open, a cluster each ten seconds."""
    file = element("1a45dfa3", element("4282", b"webm"))
    file += bytes.fromhex("18538067" + "01ffffffffffffff")
    file += element("1654ae6b", element("ae", element("83", bytes([track]))))
    for begun in range(0, round(1000 * seconds), 10_000):
        file += bytes.fromhex("1f43b675" + "01ffffffffffffff")
        file += element("e7", begun.to_bytes(4, "big"))
        for after in range(0, min(10_000, round(1000 * seconds) - begun), 500):
            block = b"\x81" + after.to_bytes(2, "big") + b"\x80" + bytes(4)
            file += element("a3", block)
    return file


def page(serial, granule, body, flags=0):
    segments = bytes([len(body)])
    head = b"OggS\0" + struct.pack("<BqIII", flags, granule, 7, serial, 0)
    return head + bytes([len(segments)]) + segments + body


def ogg(seconds):
    opus = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<II", 0, 0)
    last = round(48000 * seconds)
    return page(0, 0, opus, 2) + page(1, 0, tags) + page(2, last, bytes(20), 4)


KINDS = {
    "wav": wav,
    "amr": amr,
    "amr-wide": amr_wide,
    "aac": aac,
    "mp3": mp3,
    "m4a": mp4,
    "m4a-pieces": lambda seconds: mp4(seconds, pieces=5),
    "webm": webm,
    "ogg": ogg,
}
