"""What the engine is told of a case, and how it is prepared for counting."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from luoshi.engines.similarity.features import Text
from luoshi.engines.text import LONGEST, clean

# What is said to anybody of anything: it tells no case from another.
_COURTESY = re.compile(
    "尊敬的?(?:各位)?(?:领导|书记|市长|局长|镇长|县长)|领导[们,你您]*好|[您你]们?好|感谢|谢谢"
    "|此致|敬礼|特此(?:反映|投诉|举报)|希望|恳请|请求|(?:有关|相关)(?:部门|领导)"
    "|(?:尽快|尽早|及时|早日)(?:处理|解决|答复|回复|落实)"
)

__all__ = ["Case", "days", "prepare"]


@dataclass(frozen=True, slots=True)
class Case:
    """One case, as the caller knows it.

    `id` is the caller's own. `person` is an opaque key of who told it (never a name or
    a number: it is compared and forgotten); without one, the case counts as one person.
    `village` is the identity of the village it is about. `topic` is the number of the
    topic that it stands in already, by an earlier run or by a person's hand.
    """

    id: Hashable
    text: str
    subject: str = ""
    time: datetime | None = None
    village: str = ""
    person: str = ""
    topic: int | None = None


def prepare(case: Case, longest: int = LONGEST) -> Text:
    """Clean a case's words; a subject that the letter repeats counts once."""
    subject = _COURTESY.sub(" ", clean(case.subject, longest))
    body = _COURTESY.sub(" ", clean(case.text, longest))
    if len(subject) > 3:
        body = body.replace(subject, " ")
    return Text(subject, body)


def days(times: Sequence[datetime | None]) -> NDArray[np.float64]:
    """Return times as days since 1970, NaN for none; one without a zone is UTC."""
    return np.array(
        [
            np.nan
            if time is None
            else (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() / 86400
            for time in times
        ],
        np.float64,
    )
