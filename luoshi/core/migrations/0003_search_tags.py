"""Adds town, kind and month to the terms of what is indexed already."""

from django.db import migrations

TAGS = {
    "sqlite": (
        "UPDATE core_searchterms SET terms = terms || (SELECT ' ' || s.kind || "
        "s.town_id || ' ' || s.kind || s.town_id || 'm' || strftime('%Y%m', s.at) "
        "FROM core_searchrow s WHERE s.id = core_searchterms.rowid) "
        "WHERE rowid IN (SELECT id FROM core_searchrow)"
    ),
    "postgresql": (
        "UPDATE core_searchterms t SET terms = t.terms || array_to_tsvector(ARRAY["
        "s.kind || s.town_id, s.kind || s.town_id || 'm' || "
        "to_char(s.at AT TIME ZONE 'UTC', 'YYYYMM')]) "
        "FROM core_searchrow s WHERE s.id = t.id"
    ),
}


def tag(_apps, editor):
    editor.execute(TAGS[editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("core", "0002_search_terms")]
    operations = [migrations.RunPython(tag, migrations.RunPython.noop)]
