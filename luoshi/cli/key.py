"""Whether the key that lies here opens what is in the database."""

from django.conf import settings
from django_scopes import scopes_disabled

from luoshi.conf.instance import master_key_path
from luoshi.core.sealed import sealed_fields
from luoshi.core.secrets import SecretError, unseal


def key_fault() -> str:
    """Say that the key is missing or another town's; empty where it opens.

    Without this a lost key would be made anew at the next use, without a word: what
    was encrypted before would stay shut, and a backup would hold two kinds of texts.
    """
    path = master_key_path(settings.DATA)
    there = path.exists()
    for sealed in sealed_fields():
        with scopes_disabled():
            rows = sealed.model._default_manager.exclude(**{sealed.name: None})
            row = rows.order_by("-pk").first()
            if row is None:
                continue
            place, town_id = sealed.place(row), sealed.town_id(row)
        if not there:
            return (
                f"{path} is missing, and names and telephones cannot be read without "
                "it. Put your copy of it there."
            )
        try:
            unseal(getattr(row, sealed.name), town_id=town_id, place=place)
        except SecretError:
            return (
                f"{path} is not the key of this data: names and telephones stay shut "
                "with it. Put the copy there that belongs to this town."
            )
    return ""
