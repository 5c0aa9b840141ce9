"""What a router reads of a message: its subject and its words, without gaps.

Messages come as people write them or cut into words by blanks; both are read alike.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from luoshi.engines.text import even

# More than this says nothing new about what a message is about.
MOST_CHARACTERS = 4000
LONGEST_SUBJECT, USUAL_SUBJECT = 45, 22
_UNSAID = re.compile(r"[\W_]+")
# Function words. A text that was cut and thinned out lacks them, so they are read
# nowhere: they are what whole messages hold several times as often as thinned ones.
_FUNCTION_WORDS = re.compile(
    "为什么|这个|关于|对于|这里|然后|只有|随着|更加|因此|加上|作为|所以|不少|不要|各位|通过|"
    "本人|根据|一旦|不会|同时|各种|到底|难道|多少|不能|后来|多次|经过|大家|马上|经常|只要|"
    "任何|更多|非常|不同|可以|可能|已经|以及|自己|其他|这边|极大|"
    "[的了吗呢吧啊呀哦嘛们是在和与及也都就而又或被把将我你他她它您咱这那但且什么仍虽竟己怎让"
    "并没仅谁如另还甚既其跟等很样才对从何给即因必由于些然有为]"
)
_SUBJECT_END = re.compile(r"\n|\u3000|\s{2,}")


def read(text: str) -> tuple[str, str]:
    """Return (subject, whole) of one message, both without gaps and function words."""
    text = text[:MOST_CHARACTERS].strip()
    # A wide blank ends a subject; once the text is even, it is a narrow one.
    first = _SUBJECT_END.split(text, maxsplit=1)
    subject, whole = _joined(even(first[0])), _joined(even(text))
    if len(first) == 1 or not 2 <= len(subject) <= LONGEST_SUBJECT:
        subject = whole[:USUAL_SUBJECT]
    return subject, whole


def _joined(text: str) -> str:
    return _FUNCTION_WORDS.sub("", _UNSAID.sub("", text))


def codes(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Return the characters of all texts, 16 bits each, and the text of each one."""
    raw = "".join(texts).encode("utf-32-le", "surrogatepass")
    found = np.frombuffer(raw, dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    # Zero marks the absence of a character in a packed run; none may look like it.
    found = np.maximum((found ^ (found >> np.uint64(16))) & np.uint64(0xFFFF), 1)
    return found.astype(np.uint64), np.repeat(np.arange(len(texts)), lengths)


def runs(
    characters: npt.NDArray[np.uint64], owner: npt.NDArray[np.int64], length: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Return every run of so many characters, packed into 64 bits, and its text."""
    if len(characters) < length:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    last = len(characters) - length + 1
    packed = characters[:last].copy()
    for step in range(1, length):
        packed |= characters[step : last + step] << np.uint64(16 * step)
    inside = owner[:last] == owner[length - 1 :]
    return packed[inside], owner[:last][inside]


def unpack(packed: int) -> str:
    """Return the characters of a packed run."""
    return packed.to_bytes(8, "little").decode("utf-16-le", "replace").rstrip("\0")
