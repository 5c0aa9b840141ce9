"""Changing indexes of large tables while others write."""

from typing import Any

from django.db.migrations.operations import AddIndex, AlterField


class AddIndexAside(AddIndex):
    """Makes an index on PostgreSQL without stopping writers.

    The migration says `atomic = False`, for PostgreSQL does so only outside a
    transaction. SQLite has one writer at a time whatever is done.
    """

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Make the index."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.add_index(model, self.index, concurrently=True)


class DropKeyIndex(AlterField):
    """Drops the plain index of a foreign key that now says `db_index=False`.

    Django would copy the whole table on SQLite: minutes, where a million rows are.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drop what is an index of this one column and nothing more."""
        model = from_state.apps.get_model(app_label, self.model_name)
        connection = schema_editor.connection
        column = model._meta.get_field(self.name).column
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(
                cursor, model._meta.db_table
            )
        for name, told in found.items():
            plain = told["index"] and not told["unique"] and not told["primary_key"]
            if plain and told["columns"] == [column]:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")
