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
    publish_matter,
    receive_case,
    reply_to_reporters,
    seal_case,
)
from luoshi.commitments.actions import (
    Above,
    ask_higher,
    ask_support,
    dispatch_commitment,
    pause_commitment,
    report_progress,
    take_commitment,
)
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import today

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
    return receipt.case


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


SECRETS = (WORDS, "鼎茶", "琥", NAME, PHONE)
