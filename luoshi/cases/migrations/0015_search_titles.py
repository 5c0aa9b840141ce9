"""Builds the search's terms anew: titles marked, numbers joined to what they count."""

import re
import unicodedata
from itertools import pairwise

from django.db import migrations

CHUNK = 1000
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUNS = re.compile(rf"[{HAN}]+|[a-z0-9]+")
APART = re.compile(rf"(?<=[a-z0-9])[ \t]+(?=[{HAN}])|(?<=[{HAN}])[ \t]+(?=[a-z0-9])")
UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co"}
WRITE = {
    "sqlite": "INSERT INTO core_searchterms(rowid, terms) VALUES (%s, %s)",
    "postgresql": (
        "INSERT INTO core_searchterms(id, terms) "
        "VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
    ),
}


def terms_of(text):
    text = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", text)
        if sign.isspace() or unicodedata.category(sign) not in UNSEEN
    ).lower()
    runs = list(RUNS.finditer(APART.sub("", text)))
    terms = []
    for one, after in zip(runs, [*runs[1:], None], strict=False):
        run, is_han = one[0], ord(one[0][0]) > 0x3000
        terms += [*run, *map("".join, pairwise(run))] if is_han else [run]
        if after is not None and one.end() == after.start():
            terms.append(run[-1] + after[0] if is_han else run + after[0][0])
    return terms


def of_cases(apps, ids):
    """Give id, title and body of each case."""
    cases = apps.get_model("cases", "Case").objects.filter(pk__in=ids)
    bodies = {one.pk: [one.text, one.place] for one in cases}
    of_head = {}
    for one in cases:
        of_head.setdefault(one.commitment_id, []).append(one.pk)
    for order in apps.get_model("cases", "Order").objects.filter(case__in=ids):
        bodies[order.case_id].append(order.text)
    for owner_kind, app, name, field, keys in (
        ("cases.reply", "cases", "Reply", "case_id", ids),
        ("cases.note", "cases", "Note", "case_id", ids),
        ("cases.reporter", "cases", "Reporter", "case_id", ids),
        ("commitments.verdict", "commitments", "Verdict", "commitment_id", of_head),
        ("commitments.evidence", "commitments", "Evidence", "commitment_id", of_head),
    ):
        rows = apps.get_model(app, name).objects.filter(**{f"{field}__in": list(keys)})
        owners = dict(rows.values_list("pk", field))
        for owner, words in recorded(apps, owner_kind, rows.values("pk")):
            told = owners[owner]
            for pk in of_head[told] if keys is of_head else [told]:
                bodies[pk].append(words)
    for owner, words in recorded(apps, "cases.case", ids):
        bodies[owner].append(words)
    for owner, words in recorded(apps, "commitments.commitment", list(of_head)):
        for pk in of_head[owner]:
            bodies[pk].append(words)
    for one in cases:
        yield one.pk, f"{one.subject}\n{one.number}", "\n".join(bodies[one.pk])


def recorded(apps, owner_kind, owners):
    """Give the owner of each recording that was written down, and its words."""
    files = apps.get_model("core", "StoredFile").objects.filter(
        owner_kind=owner_kind, owner_id__in=owners, kind="audio"
    )
    return files.exclude(words="").values_list("owner_id", "words")


def of_publications(apps, ids):
    rows = apps.get_model("cases", "Publication").objects.filter(pk__in=ids)
    yield from rows.values_list("pk", "title", "words")


def build(apps, editor):
    cursor = editor.connection.cursor()
    cursor.execute("DELETE FROM core_searchterms")
    rows = apps.get_model("core", "SearchRow").objects
    for kind, read in (("case", of_cases), ("ledger", of_publications)):
        last = 0
        while found := {
            row.object_id: row
            for row in rows.filter(kind=kind, pk__gt=last).order_by("pk")[:CHUNK]
        }:
            last = max(row.pk for row in found.values())
            values = []
            for pk, title, body in read(apps, list(found)):
                row, titled = found[pk], terms_of(title)
                tag = f"{kind}{row.town_id}"
                terms = [*titled, *(f"τ{one}" for one in titled), *terms_of(body)]
                tags = [tag, f"{tag}m{row.at:%Y%m}"]
                values.append((row.pk, " ".join(dict.fromkeys(terms + tags))))
            cursor.executemany(WRITE[editor.connection.vendor], values)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_before_the_next_complaint"),
        ("core", "0013_recordings"),
    ]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
