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
    "choose:judge": set(),
    "projects:board": PROJECTS,
    "projects:begin": {"leader"},
    "projects:cycle": set(),
    "projects:stage": set(),
    "projects:days": set(),
    # Lists of the years before.
    "projects:earlier": {"dispatcher", "leader", "administrator"},
    "projects:earlier-bring": {"dispatcher", "leader", "administrator"},
    "projects:earlier-bring-example": {"dispatcher", "leader", "administrator"},
    "projects:earlier-bring-look": set(),
    "projects:earlier-sheet": {"dispatcher", "leader", "administrator"},
    "projects:earlier-off": set(),
    "projects:table": set(),
    "projects:enter": set(),
    "projects:project": set(),
    "projects:step": set(),
    "projects:bring": {"dispatcher", "leader"},
    # Only of a round or a vote that is there.
    "projects:vote-new": set(),
    "projects:vote": set(),
    "projects:vote-step": set(),
    "projects:slips": set(),
    "projects:void": set(),
    "projects:no-booth": set(),
    "projects:blank": set(),
    "projects:trial": set(),
    "projects:paper": set(),
    "projects:device": set(),
    "projects:sheets": set(),
    "projects:decide": set(),
    "projects:document": set(),
    "projects:again": set(),
    "projects:ballots": set(),
    "projects:vote-table": set(),
    "vote:enter": ANYBODY,
    "vote:done": ANYBODY,
    # Only with a code that was given out, or a vote that was opened.
    "vote:with": set(),
    "vote:vote": set(),
    "vote:ballots": set(),
    "vote:table": set(),
}
