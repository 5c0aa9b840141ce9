"""Every change to projects, votes and what comes of them."""

from luoshi.projects.actions.appraising import (
    Agreed,
    Answer,
    Facts,
    appraise,
    note_village_vote,
    put_forward,
    take_back,
    tell_facts,
)
from luoshi.projects.actions.cycles import (
    Opening,
    begin_stage,
    open_cycle,
    plan_stage,
    usual_days,
)
from luoshi.projects.actions.proposals import (
    Idea,
    add_source,
    decline_proposal,
    enter_proposal,
    merge_proposal,
    part_proposal,
    propose,
    release_proposal,
    support,
    support_on_paper,
    take_up_again,
)

__all__ = [
    "Agreed",
    "Answer",
    "Facts",
    "Idea",
    "Opening",
    "add_source",
    "appraise",
    "begin_stage",
    "decline_proposal",
    "enter_proposal",
    "merge_proposal",
    "note_village_vote",
    "open_cycle",
    "part_proposal",
    "plan_stage",
    "propose",
    "put_forward",
    "release_proposal",
    "support",
    "support_on_paper",
    "take_back",
    "take_up_again",
    "tell_facts",
    "usual_days",
]
