"""Covering faces and plates in a photo before it is published."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from luoshi.core.files import path_of
from luoshi.core.models import StoredFile

COVER = (40, 40, 40)


@dataclass(frozen=True)
class Box:
    """A rectangle in percent of width and height, from the left upper corner."""

    left: float
    top: float
    width: float
    height: float


def read_boxes(text: str) -> list[Box]:
    """Read lines of four numbers; ValueError names the line that has others."""
    boxes = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", line)]
        if len(parts) != 4 or max(parts) > 100:
            raise ValueError(str(number))
        boxes.append(Box(*parts))
    return boxes


def cover(file: StoredFile, boxes: Iterable[Box]) -> SimpleUploadedFile:
    """Return a copy with the rectangles painted over: what was there is gone."""
    with Image.open(path_of(file.stored_name)) as opened:
        picture = opened.convert("RGB")
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        left, top = box.left * picture.width / 100, box.top * picture.height / 100
        right = left + box.width * picture.width / 100
        bottom = top + box.height * picture.height / 100
        draw.rectangle((left, top, right, bottom), fill=COVER)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")
