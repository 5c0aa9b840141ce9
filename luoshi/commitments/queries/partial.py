"""Conditions written out, so that SQLite recognises its partial indexes.

SQLite takes a partial index only if the query holds the index's own condition with the
same constants; bound parameters hide them. These repeat what a queryset says already.
"""

from collections.abc import Sequence

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from luoshi.commitments.models import Commitment, Sample, State, Verdict
from luoshi.commitments.models.commitment import (
    LIVE_STATES,
    OPEN_STATES,
    Visibility,
)

_TABLE = Commitment._meta.db_table


def _written_out(sql: str) -> RawSQL:
    return RawSQL(sql, [], output_field=BooleanField())


def _in_states(states: Sequence[State]) -> RawSQL:
    named = ", ".join(f"'{state.value}'" for state in states)
    return _written_out(f'"{_TABLE}"."state" IN ({named})')


LIVE_INDEX, OPEN_INDEX = _in_states(LIVE_STATES), _in_states(OPEN_STATES)
PUBLIC_INDEX = _written_out(f'"{_TABLE}"."visibility" = \'{Visibility.PUBLIC.value}\'')
CLOSED_INDEX = _written_out(f'"{_TABLE}"."state" = \'{State.CLOSED.value}\'')
NOT_SOLVED_INDEX = _written_out(f'"{Verdict._meta.db_table}"."solved" = \'not\'')
SAMPLE_BACK_INDEX = _written_out(f'"{Sample._meta.db_table}"."found" = \'back\'')
