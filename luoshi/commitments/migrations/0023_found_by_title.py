"""Puts into the search what is owed and is no case."""

import importlib

from django.db import migrations

search = importlib.import_module("luoshi.cases.migrations.0015_search_titles")
CHUNK = 1000


def build(apps, editor):
    rows = apps.get_model("core", "SearchRow").objects
    owed = apps.get_model("commitments", "Commitment").objects
    asked = owed.exclude(kind="case").order_by("pk")
    last, cursor = 0, editor.connection.cursor()
    while found := list(asked.filter(pk__gt=last)[:CHUNK]):
        last = found[-1].pk
        values = []
        for one in found:
            row = rows.create(
                town_id=one.town_id,
                kind="work",
                object_id=one.pk,
                visibility=one.visibility,
                at=one.started_at,
            )
            titled = search.terms_of(f"{one.title}\n{one.number}")
            tags = [f"work{one.town_id}", f"work{one.town_id}m{one.started_at:%Y%m}"]
            terms = [*titled, *(f"τ{term}" for term in titled), *tags]
            values.append((row.pk, " ".join(dict.fromkeys(terms))))
        cursor.executemany(search.WRITE[editor.connection.vendor], values)


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0022_upkeep"),
        ("cases", "0015_search_titles"),
        ("core", "0014_named_places"),
    ]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
