"""What the demo town asked with Polis in the spring, brought in to be answered."""

import csv
import io
import random
from datetime import datetime, timedelta

from luoshi.consultations.actions.bringing import BroughtIn, bring_consultation
from luoshi.consultations.maps.making import make_maps
from luoshi.core.clock import at
from luoshi.core.models import Organisation, Person
from luoshi.core.staff import staff_of_person
from luoshi.engines.opinion import read_export
from luoshi.engines.opinion.exchange import COMMENT_COLUMNS, VOTE_COLUMNS

DAYS = 40
# Of ten who like it near the door, of ten who want it quiet, and of who do not mind:
# how many agree, in tenths; one in ten of all is unsure.
STATEMENTS = [
    ("广场舞的音响晚上九点前要关。", (8, 10, 9)),
    ("音响调小一点，大家都过得去。", (9, 9, 9)),
    ("高考、中考那几天停一停。", (9, 10, 9)),
    ("广场就是给大家用的，跳舞没什么不好。", (10, 2, 6)),
    ("搬到河边的空地去跳，离住的地方远。", (2, 9, 6)),
    ("天冷了河边风大，老人去不了。", (9, 3, 5)),
    ("用无线耳机跳，不放音响。", (1, 8, 5)),
    ("早上六点前不能放音响。", (8, 10, 9)),
    ("镇里出钱装一道隔音墙。", (6, 7, 3)),
    ("跳舞的人自己推一个管事的，有话找他说。", (8, 7, 7)),
    ("谁放得太响，就把音响收走。", (1, 7, 4)),
    ("一星期停一天，让楼上的人歇歇。", (3, 9, 5)),
    ("广场上的灯晚上十点还亮着，能跳就能吵。", (2, 8, 4)),
    ("多跳舞少跑医院，镇里应该支持。", (9, 3, 6)),
    ("另外找一块地方给年轻人打球。", (7, 7, 7)),
]
# People, and how many statements each answers at least.
CAMPS, LEAST = (70, 52, 14), 8


def ask_with_polis(leader: Person, end: datetime, seed: int = 20261125) -> None:
    """Bring one in whose people lean to two sides, and make its map."""
    export = read_export(_files(random.Random(seed), end - timedelta(days=DAYS)))
    wanted = BroughtIn(
        title="广场舞怎么跳，大家都好过",
        question="晚上广场舞的音响吵，也有人就指着它锻炼。怎么办大家都过得去？",
        affected="镇区广场周围的住户，跳舞的人",
        organisation=Organisation.objects.get(name="综合行政执法队"),
        until=(end + timedelta(days=20)).date(),
        threshold=30,
    )
    with at(end - timedelta(days=2)):
        made = bring_consultation(export, wanted, actor=staff_of_person(leader))
        make_maps(leader.town, [made.number])


def _files(chance: random.Random, begin: datetime) -> dict[str, bytes]:
    votes: list[tuple[object, ...]] = [VOTE_COLUMNS]
    comments: list[tuple[object, ...]] = [COMMENT_COLUMNS]
    for number, (text, _shares) in enumerate(STATEMENTS):
        comments.append((0, "", number, "", "", "", 1, text))
    camps = [camp for camp, count in enumerate(CAMPS) for _one in range(count)]
    chance.shuffle(camps)
    for voter, camp in enumerate(camps):
        at_s = begin.timestamp() + voter * 6000
        many = chance.randint(LEAST, len(STATEMENTS))
        for number in chance.sample(range(len(STATEMENTS)), many):
            tenths = STATEMENTS[number][1][camp]
            vote = 1 if chance.random() < tenths / 10 else -1
            vote = 0 if chance.random() < 0.1 else vote
            votes.append((int(at_s * 1000), "", number, voter, vote))
    return {"votes.csv": _csv(votes), "comments.csv": _csv(comments)}


def _csv(rows: list[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
