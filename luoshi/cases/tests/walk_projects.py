"""The addresses of rounds, projects and votes: who may open each."""

ANYBODY = "anybody"
# Who works with projects.
PROJECTS = {
    *("dispatcher", "handler", "colleague", "water", "inspector", "leader"),
    *("releaser", "administrator"),
}
PROJECT_PAGES = {
    "choose:now": ANYBODY,
    # Only of a round or a project that is there.
    "choose:cycle": set(),
    "choose:candidates": set(),
    "choose:propose": set(),
    "choose:project": set(),
    "choose:support": set(),
    # What lasts, and what needs years.
    "choose:lasting": set(),
    # The newest round, where there is one.
    "choose:lasting_now": set(),
    "projects:lasting_now": set(),
    "choose:ventures": ANYBODY,
    "choose:venture": set(),
    "projects:lasting": set(),
    "projects:labels": set(),
    "projects:usual": PROJECTS,
    "projects:usual_kind": set(),
    "projects:ventures": PROJECTS,
    "projects:begin_venture": {"leader"},
    "projects:venture": set(),
    "projects:venture_word": set(),
    "projects:board": PROJECTS,
    "projects:begin": {"leader"},
    "projects:cycle": set(),
    "projects:stage": set(),
    "projects:enter": set(),
    "projects:project": set(),
    "projects:step": set(),
}
