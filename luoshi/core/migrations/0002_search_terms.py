from django.db import migrations

FORWARD = {
    "sqlite": [
        "CREATE VIRTUAL TABLE core_searchterms USING fts5("
        "terms, detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        "CREATE TABLE core_searchterms ("
        "id bigint PRIMARY KEY, terms tsvector NOT NULL)",
        "CREATE INDEX core_searchterms_terms ON core_searchterms USING gin (terms)",
    ],
}


def make(_apps, editor):
    for statement in FORWARD[editor.connection.vendor]:
        editor.execute(statement)


def drop(_apps, editor):
    editor.execute("DROP TABLE core_searchterms")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
