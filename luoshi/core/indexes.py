"""Adding an index while others write."""

from typing import Any

from django.db.migrations.operations import AddIndex


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
