"""Papers of the demo town: made, sealed and scanned, one cancelled, one page unread."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import segno
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont

from luoshi.cases.actions import make_paper, release_answer
from luoshi.cases.models import Case
from luoshi.commitments.models import Commitment, Kind, State
from luoshi.core.actors import Staff
from luoshi.core.clock import at
from luoshi.core.models import Person
from luoshi.core.staff import staff_of_person
from luoshi.papers.actions import bring_page, cancel_paper
from luoshi.papers.models import Paper
from luoshi.papers.reading import ScannedPage

# A scanned A4 at 100 dots an inch; what set-up installs to write Chinese with.
PAGE = (827, 1169)
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
RED = (196, 22, 28)
DEMAND = "请在三个工作日内办好；办不好的，写明原因和还要几天。"
WRONG = "承办单位写错了，另做一份。"


def put_on_paper(end: datetime) -> None:
    """Make five sheets and two answers; the older ones came back with the seal."""
    dispatcher, leader, releaser = map(_acting, ("dispatcher", "leader", "releaser"))
    at_work = _cases(State.TAKEN, State.IN_HAND)[:4]
    answered = _cases(State.AWAITING)[:2]
    with at(end - timedelta(hours=8)) as clock:
        sheets = []
        for case in at_work:
            clock.tick(timedelta(minutes=12))
            sheets.append(_make(case, "assignment", "", dispatcher))
        if sheets:
            cancel_paper(sheets[-1].pk, reason=WRONG, actor=dispatcher)
            sheets[-1] = _make(at_work[-1], "assignment", "", dispatcher)
            sheets.append(_make(at_work[0], "supervision", DEMAND, leader))
        answers = [
            _make(case, "answer", _done(case.commitment), dispatcher)
            for case in answered
        ]
        clock.tick(timedelta(hours=3))
        for number, paper in enumerate([*sheets[:2], *answers]):
            bring_page(_scan(paper, str(number)), actor=dispatcher)
        bring_page(_scan(None, "x"), actor=dispatcher)
        clock.tick(timedelta(hours=1))
        if answers:
            release_answer(answers[0].pk, actor=releaser)


def _acting(account: str) -> Staff:
    return staff_of_person(Person.objects.get(account__username=account))


def _cases(*states: State) -> list[Case]:
    rows = Case.objects.filter(
        commitment__state__in=states,
        commitment__parent=None,
        commitment__kind=Kind.CASE,
        reporters__isnull=False,
    )
    return list(rows.select_related("commitment").order_by("-pk").distinct())


def _done(commitment: Commitment) -> str:
    return commitment.evidence.latest("pk").words


def _make(case: Case, kind: str, words: str, actor: Staff) -> Paper:
    return make_paper(case.pk, kind=kind, words=words, actor=actor)


def _scan(paper: Paper | None, digest: str) -> ScannedPage:
    """Draw what a scanner gives: the sheet, its code at the top, and a seal."""
    page = Image.new("RGB", PAGE, (250, 249, 245))
    draw = ImageDraw.Draw(page)
    stands = paper.fields if paper else {}
    _write(draw, 140, 40, stands.get("机关名称", "青禾镇人民政府"), RED)
    _write(draw, 215, 22, paper.number if paper else "")
    draw.line((110, 262, 720, 262), fill=RED, width=3)
    _write(draw, 300, 30, str(paper.get_kind_display()) if paper else "")
    told = (stands.get(name, "") for name in ("编号", "事项", "承办单位", "成文日期"))
    for number, text in enumerate(told):
        _write(draw, 400 + number * 60, 22, text)
    draw.ellipse((470, 780, 640, 950), outline=RED, width=6)
    _write(draw, 850, 20, "★", RED, middle=555)
    if paper:
        page.paste(_code(paper), (650, 50))
    out = io.BytesIO()
    page.rotate(1.2, fillcolor=(214, 212, 206)).save(out, "JPEG", quality=80)
    codes = frozenset([paper.code] if paper else [])
    return ScannedPage("扫描.jpg", out.getvalue(), f"demo-{digest}", codes)


def _write(
    draw: ImageDraw.ImageDraw,
    top: int,
    size: int,
    text: str,
    fill: tuple[int, int, int] = (30, 30, 30),
    middle: int = PAGE[0] // 2,
) -> None:
    if FONT.exists():
        # The third face of the collection is the simplified one.
        font = ImageFont.truetype(FONT, size, index=2)
        draw.text((middle, top), text[:24], fill=fill, font=font, anchor="ma")


def _code(paper: Paper) -> Image.Image:
    out = io.BytesIO()
    link = "https://luoshi.example" + reverse("printed:paper", args=[paper.code])
    segno.make(link, error="m").save(out, kind="png", scale=3, border=2)
    return Image.open(out).convert("RGB").resize((84, 84))
