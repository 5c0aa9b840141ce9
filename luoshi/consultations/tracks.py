"""The ways to a decision: a town's rule, with the law's or the practice's default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.models import StepDone
from luoshi.core.models import Town

OPEN, PUBLISH = "open", "publish"
VILLAGE, ORDINARY, MAJOR = "village", "ordinary", "major"
NAMES: Mapping[str, Promise] = {
    VILLAGE: _("A village's own matter (four discussions, two publications)"),
    ORDINARY: _("An ordinary matter of the town"),
    MAJOR: _("A major decision of the town"),
}


@dataclass(frozen=True)
class Step:
    """What has to be done, by when, and for how many workdays at least."""

    name: str
    before: str
    workdays: int = 0

    @property
    def told(self) -> str:
        """Return its name in the reader's language; a town's own is as written."""
        return gettext(self.name)

    @property
    def when(self) -> str:
        """Say by when it is taken."""
        return str(StepDone.Before(self.before).label)


@dataclass(frozen=True)
class Track:
    """One way: how long answers are taken, and its steps in their order."""

    code: str
    # Fewer days need a reason in public; more than the most are refused.
    days: int
    most_days: int | None
    steps: tuple[Step, ...]
    # Where the days and steps come from, and since when.
    source: str = ""
    name: Promise | str = field(default="", compare=False)


@dataclass(frozen=True)
class Least:
    """Less than this no town can choose: days of answers, workdays of a check."""

    days: int
    workdays: int


# 重大行政决策程序暂行条例: 30 days of answers, 7 workdays for the check of lawfulness.
LAW: Mapping[str, Least] = {MAJOR: Least(30, 7)}
MOST_DAYS, MOST_STEPS, MOST_WORKDAYS, MOST_NAME = 365, 8, 60, 80
RULE = "tracks"
# In `Town.rules[RULE]` a town may write other days, steps and sources by code:
# {"ordinary": {"days": 10, "steps": [{"name": ..., "before": "publish"}]}}.
DEFAULTS: Mapping[str, Track] = {
    VILLAGE: Track(
        VILLAGE,
        7,
        None,
        (
            Step(gettext_noop("Proposed by the village party branch"), OPEN),
            Step(gettext_noop("Talked over by both village committees"), OPEN),
            Step(gettext_noop("Examined by the village's party members"), PUBLISH),
            Step(
                gettext_noop("Decided by the villagers or their deputies"),
                PUBLISH,
            ),
        ),
        "四议两公开；村民委员会组织法",
    ),
    ORDINARY: Track(
        ORDINARY,
        7,
        15,
        (Step(gettext_noop("Talked over by the leadership"), PUBLISH),),
        "一般事项公开征求意见7至15日",
    ),
    MAJOR: Track(
        MAJOR,
        30,
        None,
        (
            Step(gettext_noop("Assessment of risks"), PUBLISH),
            Step(gettext_noop("Check of lawfulness"), PUBLISH, 7),
            Step(gettext_noop("Collective discussion"), PUBLISH),
        ),
        "重大行政决策程序暂行条例第十五条（一般不少于30日）、第四十二条",
    ),
}


def told(track: Track) -> str:
    """Say a track's days and steps in one sentence."""
    steps = "、".join(step.told for step in track.steps)
    if track.most_days is None:
        words = gettext("%(name)s: at least %(days)d days. Steps: %(steps)s.")
    else:
        words = gettext("%(name)s: %(days)d to %(most)d days. Steps: %(steps)s.")
    return words % {
        "name": track.name,
        "days": track.days,
        "most": track.most_days,
        "steps": steps,
    }


def track_of(town: Town, code: str) -> Track:
    """Return a track as the town has it; KeyError for one that is not there."""
    default = DEFAULTS[code]
    own: dict[str, Any] = town.rules.get(RULE, {}).get(code, {})
    steps = default.steps
    if "steps" in own:
        steps = tuple(
            Step(one["name"], one["before"], int(one.get("workdays", 0)))
            for one in own["steps"]
        )
    return Track(
        code,
        int(own.get("days", default.days)),
        own.get("most_days", default.most_days),
        steps,
        own.get("source", default.source),
        NAMES[code],
    )


def tracks_of(town: Town) -> list[Track]:
    """Return a town's tracks, the shortest first."""
    return [track_of(town, code) for code in DEFAULTS]


def name_kept(typed: str) -> str:
    """Return how a step's name is kept: one that came with Luoshi in every language."""
    words = " ".join(typed.split())
    known = (step.name for track in DEFAULTS.values() for step in track.steps)
    return next((name for name in known if words in (name, gettext(name))), words)
