"""Matters that were spoken, in the demo town's last hours: one heard, one not yet."""

import io
import math
import wave
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.cases.actions import Receipt, receive_case, write_down
from luoshi.cases.helpers import Helper
from luoshi.cases.recordings import recordings_of
from luoshi.commitments import actions
from luoshi.commitments.models import Category
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import at
from luoshi.core.models import Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast

RATE = 4000
GRANDSON = Helper("王小川", "孙子", "13900003333")
SAID = (
    "磨坊后头那个涵洞塌了半边，一下雨水就漫到我家院墙根。我不会写字，让孙子帮着录的。"
)


def speak(cast: Cast, end: datetime) -> None:
    """Let two people speak: what one said is written down and goes its way."""
    dispatcher = staff_of_person(cast.staff["dispatcher"])
    with at(end - timedelta(hours=4)) as clock:
        case = _tell(cast, 24, cast.villages[2], "13900003333", GRANDSON).case
        clock.tick(timedelta(minutes=30))
        [file] = recordings_of(case)
        write_down(case.pk, file.pk, words=SAID, actor=dispatcher)
        category = Category.objects.filter(organisation__name="水利站").earliest("pk")
        assert category.organisation is not None
        actions.dispatch_commitment(
            case.commitment_id,
            organisation_id=category.organisation.pk,
            category_id=category.pk,
            actor=dispatcher,
        )
    with at(end - timedelta(minutes=50)):
        _tell(cast, 75, cast.villages[1])


def _tell(
    cast: Cast,
    seconds: int,
    village: Village,
    phone: str = "",
    helper: Helper | None = None,
) -> Receipt:
    return receive_case(
        town=cast.town,
        text="",
        recording=_recording(seconds),
        actor=RESIDENT,
        channel="web",
        village=village,
        name="王兰",
        phone=phone,
        answer="call",
        helper=helper,
    )


def _recording(seconds: int) -> SimpleUploadedFile:
    """Hum in the rhythm of speech: the demo town has nobody who could speak."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(bytes(_loudness(n / RATE) for n in range(RATE * seconds)))
    return SimpleUploadedFile("recording.wav", out.getvalue())


def _loudness(second: float) -> int:
    syllable = max(0.0, math.sin(second * 2 * math.pi * 3))
    pause = second % 4 < 3
    tone = math.sin(second * 2 * math.pi * (150 + 30 * math.sin(second)))
    return round(128 + 50 * syllable * pause * tone)
