"""A sealed matter to play with: words in every table that can hold any."""

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from luoshi.cases.actions import (
    Public,
    add_note,
    add_part,
    add_words,
    make_paper,
    publish_matter,
    receive_case,
    reply_to_reporters,
    seal_case,
)
from luoshi.cases.models import MainSystem, Order, Signal
from luoshi.cases.sealed_words import WORDS as REGISTERED
from luoshi.commitments.actions import (
    Above,
    ask_higher,
    ask_support,
    dispatch_commitment,
    pause_commitment,
    report_progress,
    take_commitment,
)
from luoshi.commitments.models import (
    Approval,
    Evidence,
    Explanation,
    Extension,
    Handback,
    Led,
    Review,
    Sample,
    Verdict,
)
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import now, today
from luoshi.papers.actions import bring_page, cancel_paper
from luoshi.papers.reading import ScannedPage

# Words that stand nowhere else in the test town.
WORDS = "鑫鼎茶楼收钱的账目"
LATER = [
    "琥珀一",
    "琥珀二",
    "琥珀三",
    "琥珀四",
    "琥珀五",
    "琥珀六",
    "琥珀七",
    "琥珀八",
    "琥珀九",
]
PAPER = "琥珀督办"
NAME, PHONE = "欧阳翡翠", "13987654321"


def photo(name):
    out = BytesIO()
    Image.new("RGB", (30, 30), "red").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def told(place, text=f"村支书在{WORDS}", **more):
    return receive_case(
        **dict(town=place.town, text=text, actor=RESIDENT, channel="web"),
        **dict(village=place.village, name=NAME, phone=PHONE, answer="sms"),
        **more,
    )


def dispatched(place, receipt, office="Roads"):
    return dispatch_commitment(
        receipt.case.commitment_id,
        organisation_id=place.office(office).pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
        words=LATER[0],
    )


def worked_on(place, receipt):
    """Leave words of the matter in every table that can hold any."""
    pk, handler = dispatched(place, receipt).pk, place.staff("handler")
    take_commitment(pk, actor=handler)
    report_progress(pk, words=LATER[1], actor=handler, uploads=[photo("琥珀图.png")])
    ask_support(
        pk,
        organisation_id=place.office("Water").pk,
        asked=LATER[2],
        workdays=2,
        actor=handler,
    )
    add_part(
        pk,
        organisation_id=place.office("Water").pk,
        title=LATER[3],
        asked=LATER[3],
        actor=handler,
    )
    higher = Above("help", LATER[8], LATER[8], LATER[8], today() + timedelta(days=3))
    ask_higher(pk, above=higher, actor=handler)
    pause_commitment(pk, outside_body=LATER[4], reason=LATER[4], actor=handler)
    reply_to_reporters(receipt.case.pk, text=LATER[5], actor=handler)
    add_note(receipt.case.pk, text=LATER[6], actor=handler)
    add_words(receipt.reporter.pk, text=LATER[7], uploads=[photo("琥珀另.png")])
    public = Public("琥珀题", "琥珀文", checked=True)
    publish_matter(receipt.case.pk, public=public, actor=place.staff("releaser"))
    put_on_paper(place, receipt.case)
    return receipt.case


def put_on_paper(place, case):
    """Make two papers of a matter, one with a scan, and cancel the other."""
    leader = place.staff("leader")
    kept, gone = (
        make_paper(case.pk, kind="supervision", words=PAPER, actor=leader)
        for _time in range(2)
    )
    cancel_paper(gone.pk, reason="琥珀改", actor=leader)
    page = ScannedPage("琥珀扫描", photo("x").read(), "0" * 64, frozenset([kept.code]))
    assert bring_page(page, actor=leader).paper == kept


def sealed(place, receipt=None, kind="conduct"):
    receipt = receipt or told(place)
    return seal_case(receipt.case.pk, kind=kind, actor=place.staff("dispatcher"))


def rows_with(*words):
    """Return where in the database words stand in plain text."""
    found = []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if connection.vendor == "sqlite":
            # The index's own tables are read through the index.
            tables = [one for one in tables if not one.startswith("core_searchterms_")]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = repr(row)
                found += [(table, word) for word in words if word in text]
    return found


def body(answer):
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode("utf-8", "replace")


SECRETS = (WORDS, "鼎茶", "琥", NAME, PHONE)


def rows_everywhere(place, case):
    """Add a row of each table that the work so far left empty."""
    pk, at, town = case.commitment_id, now(), place.town
    who = {"by": place.staff("handler").person}
    Extension.objects.create(
        town=town,
        commitment_id=pk,
        amount=1,
        reason=LATER[8],
        at=at,
        due_before=at,
        **who,
    )
    Handback.objects.create(
        town=town,
        commitment_id=pk,
        organisation=place.office("Roads"),
        at=at,
        reason=LATER[8],
        **who,
    )
    Review.objects.create(town=town, commitment_id=pk, at=at, accepted=True, **who)
    Sample.objects.create(town=town, commitment_id=pk, why="work", share=1, drawn_at=at)
    Verdict.objects.create(
        **dict(town=town, commitment_id=pk, judge_id=1, solved="not", at=at),
        **dict(satisfied="not", channel="web"),
    )
    Explanation.objects.create(
        town=town, commitment_id=pk, about="late", words=LATER[8], at=at, **who
    )
    leader = place.staff("leader").person
    Approval.objects.create(
        **dict(town=town, commitment_id=pk, stage="sign", person=leader, asked_at=at),
        **dict(asked_by=leader, plan={"words": LATER[8], "why_here": LATER[8]}),
        office=place.office("Roads"),
    )
    Led.objects.create(
        **dict(town=town, commitment_id=pk, leader=leader, position="x", year=at.year),
        **dict(title=LATER[8], added_at=at, added_by=leader, removed_at=at),
        removed_why=LATER[8],
    )
    Signal.objects.create(town=town, commitment_id=pk, words=LATER[8], at=at)
    system = MainSystem.objects.create(town=town, code="x", name="x")
    Order.objects.create(
        **dict(town=town, system=system, number="x", case=case, brought_at=at),
        changed_at=at,
    )
    Evidence.objects.create(town=town, commitment_id=pk, words=LATER[8], at=at, **who)


def in_every_table(place, case):
    """Leave a word of its own in every field that can hold one; return each."""
    rows_everywhere(place, case)
    return _fill_all([case.commitment_id])


def _fill_all(ids):
    """Write a word of its own into each field of each row."""
    filled = {}
    for words in REGISTERED:
        for row in words.rows(ids):
            for name in words.fields:
                word = f"玛瑙{len(filled):03}"
                filled[words.label, row.pk, name] = word
                held = {"words": word, "why_here": ""}
                value = held if name == "plan" else word
                words.model._base_manager.filter(pk=row.pk).update(**{name: value})
    return filled
