"""A matter on the whole path of approval while the leader in charge is away."""

import re

from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState

CATEGORY = "道路（村镇建设办）"


def play_approval(walk: Walk) -> None:
    """Named deputy, proposed, the word given for the leader, done, signed, accepted."""
    _name_deputy(walk)
    walk.report("进村的桥面裂了一道缝，过车会响。", "13800003333", "approval")
    walk.number = walk.find_number("桥面裂了")
    walk.do(
        "dispatcher",
        "dispatch",
        "received",
        lambda page: {"category": page.option(CATEGORY)},
    )
    _waits_for(walk, "proposer")
    walk.do("proposer", "give_word", "received", lambda _: {"words": "村建办去看。"})
    _waits_for(walk, "releaser")
    walk.do("releaser", "give_word", "assigned", lambda _: {"words": "先限重。"})
    walk.do("handler", "take", "taken")
    walk.do("handler", "submit", "submitted", lambda _: {"words": "裂缝补好了。"})
    page = walk.resident("approval").open(f"{TOWN}/matter/")
    if "裂缝补好了" in page.body:
        raise WrongState("the answer left before it was signed")
    walk.do("releaser", "give_word", "submitted")
    page = walk.of("releaser").page
    if not re.search("周敏代.+审签了答复", page.body):
        raise WrongState("the record does not name the deputy and the leader")
    walk.do("inspector", "review", "awaiting")
    walk.judge("solved", "satisfied", "closed", "approval")


def _name_deputy(walk: Walk) -> None:
    """Let the leader name who acts today, unless somebody does already."""
    browser = walk.of("leader")
    page = browser.open(f"{TOWN}/work/manage/stand-ins/")
    if "周敏</td>" in page.body:
        return
    found = re.search(r'name="person".*?value="(\d+)"', page.body, re.DOTALL)
    if found is None:
        raise WrongState("the leader cannot name a deputy")
    browser.send({"person": found.group(1), "deputy": page.option("周敏")})
    page = browser.open(f"{TOWN}/work/manage/stand-ins/")
    if "周敏</td>" not in page.body:
        raise WrongState("the deputy was not named")


def _waits_for(walk: Walk, role: str) -> None:
    """Look whether the matter stands on the page Today of whose turn it is."""
    page = walk.of(role).open(f"{TOWN}/work/")
    if walk.number not in page.body:
        raise WrongState(f"{walk.number} does not wait for {role} on the page Today")
