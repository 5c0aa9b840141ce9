"""The one table of moves between states."""

from dataclasses import dataclass

from luoshi.commitments.models import State

S = State
DOING = frozenset({S.TAKEN, S.IN_HAND})
WORKING = DOING | {S.ASSIGNED}


@dataclass(frozen=True)
class Move:
    """From which states a move leads to which one; None leaves the state alone."""

    sources: frozenset[State]
    target: State | None


MOVES: dict[str, Move] = {
    # A word asked for before dispatch or before the answer leaves changes no state:
    # the open word itself keeps the matter where it is (`WAITS`).
    "ask_word": Move(frozenset({S.RECEIVED}), None),
    "give_word": Move(frozenset({S.RECEIVED, S.SUBMITTED}) | DOING, None),
    "recall_word": Move(frozenset({S.RECEIVED}) | DOING, None),
    # Outside office hours it lies with those on duty, and is not dispatched yet.
    "take_on_duty": Move(frozenset({S.RECEIVED}), None),
    "pass_by_night": Move(frozenset({S.RECEIVED}), None),
    "dispatch": Move(frozenset({S.RECEIVED}), S.ASSIGNED),
    "hand_back": Move(frozenset({S.ASSIGNED}), None),
    "decide_handback": Move(frozenset({S.ASSIGNED}), S.ASSIGNED),
    "take": Move(frozenset({S.ASSIGNED}), S.TAKEN),
    "progress": Move(frozenset({S.TAKEN, S.IN_HAND}), S.IN_HAND),
    "extend": Move(WORKING, None),
    "pause": Move(WORKING, None),
    "resume": Move(WORKING, None),
    "ask_support": Move(frozenset({S.TAKEN, S.IN_HAND}), S.IN_HAND),
    "ask_higher": Move(WORKING, None),
    "higher_answer": Move(frozenset(set(State) - {S.CLOSED}), None),
    # What went wrong can be explained at any time, also when it is over.
    "explain": Move(frozenset(State), None),
    "decide_explanation": Move(frozenset(State), None),
    "submit": Move(frozenset({S.TAKEN, S.IN_HAND}), S.SUBMITTED),
    "accept": Move(frozenset({S.SUBMITTED}), S.ACCEPTED),
    "send_back": Move(frozenset({S.SUBMITTED, S.AWAITING}), S.IN_HAND),
    "ask_judges": Move(frozenset({S.ACCEPTED}), S.AWAITING),
    "reopen": Move(frozenset({S.AWAITING}), S.IN_HAND),
    "raise_to_leader": Move(frozenset({S.AWAITING}), None),
    # A call-back of the main system that contradicts the one by which it was closed.
    "reconsider": Move(frozenset({S.CLOSED}), S.AWAITING),
    "note_call": Move(frozenset({S.AWAITING}), None),
    "put_in_category": Move(
        WORKING | {S.RECEIVED, S.SUBMITTED, S.AWAITING, S.OPEN_PROMISE}, None
    ),
    "promise": Move(WORKING | {S.RECEIVED}, S.OPEN_PROMISE),
    "return_promise": Move(frozenset({S.OPEN_PROMISE}), S.ASSIGNED),
    "hand_over": Move(WORKING | {S.SUBMITTED, S.AWAITING, S.OPEN_PROMISE}, None),
    "leave": Move(frozenset(set(State) - {S.CLOSED}), None),
    "close": Move(frozenset({S.ACCEPTED, S.AWAITING}), S.CLOSED),
    "bring_over": Move(frozenset({S.RECEIVED}), S.CLOSED),
    "merge": Move(WORKING | {S.RECEIVED}, S.CLOSED),
    # Back to where it stood before; only what was merged.
    "unmerge": Move(frozenset({S.CLOSED}), None),
    # Found not right in a sample: into the office's hands, or before the dispatcher.
    "bring_back": Move(frozenset({S.CLOSED}), S.IN_HAND),
    "back_to_desk": Move(frozenset({S.CLOSED}), S.RECEIVED),
    "pass_on": Move(WORKING | {S.RECEIVED}, S.CLOSED),
    "propose_refusal": Move(DOING, None),
    "refuse": Move(DOING, S.CLOSED),
    "move_to_route": Move(WORKING | {S.RECEIVED}, S.CLOSED),
    # Not once there is a result: then the person who asked judges it.
    "withdraw": Move(WORKING | {S.RECEIVED, S.OPEN_PROMISE}, S.CLOSED),
    "split": Move(frozenset(set(State) - {S.CLOSED}), None),
    "add_part": Move(WORKING, None),
    "drop_part": Move(WORKING | {S.SUBMITTED}, S.CLOSED),
}

# What nobody does while a word is asked for and not given.
WAITS = frozenset(
    {
        *("dispatch", "pass_on", "promise", "merge", "accept", "send_back"),
        *("submit", "move_to_route", "propose_refusal"),
    }
)


def allows(name: str, state: str) -> bool:
    """Tell whether the table has this move from this state."""
    return state in MOVES[name].sources
