"""The conditions of the partial indexes, as `core.partial` says."""

from collections.abc import Sequence

from django.db.models.expressions import RawSQL

from luoshi.commitments.models import Commitment, Sample, State, Verdict
from luoshi.commitments.models.commitment import (
    LIVE_STATES,
    OPEN_STATES,
    Visibility,
)
from luoshi.core.partial import written_out

_TABLE = Commitment._meta.db_table


def _in_states(states: Sequence[State]) -> RawSQL:
    named = ", ".join(f"'{state.value}'" for state in states)
    return written_out(f'"{_TABLE}"."state" IN ({named})')


LIVE_INDEX, OPEN_INDEX = _in_states(LIVE_STATES), _in_states(OPEN_STATES)
PUBLIC_INDEX = written_out(f'"{_TABLE}"."visibility" = \'{Visibility.PUBLIC.value}\'')
CLOSED_INDEX = written_out(f'"{_TABLE}"."state" = \'{State.CLOSED.value}\'')
NOT_SOLVED_INDEX = written_out(f'"{Verdict._meta.db_table}"."solved" = \'not\'')
SAMPLE_BACK_INDEX = written_out(f'"{Sample._meta.db_table}"."found" = \'back\'')
