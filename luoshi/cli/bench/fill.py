"""Fills the only town of a throw-away instance with cases over ten years.

Run as a process of its own: `python -m luoshi.cli.bench.fill ROWS SEED [FILE]`.
"""

import os
import random
import sys

BATCH = 10_000


def fill(rows: int, seed: int, file: str) -> None:
    """Add so many cases to the only town."""
    from django.db import transaction
    from django_scopes import scope

    from luoshi.cli.bench.filling.cases import Filler
    from luoshi.cli.bench.filling.load import indexes_apart, set_sequences, settle
    from luoshi.core.models import Town
    from luoshi.core.statistics import freshen_statistics

    town = Town.objects.get()
    with scope(town=town):
        filler = Filler(town, rows, random.Random(seed), file)
        with indexes_apart([*filler.names, "core_searchterms"]):
            for first in range(0, rows, BATCH):
                with transaction.atomic():
                    filler.batch(first, min(BATCH, rows - first))
        set_sequences(filler.names)
    settle()
    freshen_statistics()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    fill(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
