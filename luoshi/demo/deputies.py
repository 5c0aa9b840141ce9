"""What deputies and members asked the demo town for, through the real actions."""

from datetime import datetime, timedelta

from luoshi.cases.actions import judge_case
from luoshi.commitments import actions
from luoshi.commitments.models import Category, Commitment
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import SHANGHAI, at
from luoshi.core.models import Organisation, Person
from luoshi.core.staff import staff_of_person
from luoshi.pledges.actions import Asked, receive_proposal, release_answer
from luoshi.pledges.models import Proposal

CONGRESS, CONFERENCE = "镇第十九届人大第五次会议", "县政协第十届第四次会议"
# Kind, session, number, who moved it, title, words, office, days ago, answer, opinion.
ASKED = [
    (
        *("deputy", CONGRESS, "第3号", "青溪村代表团"),
        "关于清淤东渠、补修护坡的建议",
        "东渠十来年没有清过淤，一到灌溉季节下游三个组放不到水，请镇里清淤、补修护坡。",
        *(
            "水利站",
            70,
            "东渠清淤2.1公里，补护坡3处，下游三个组都放到了水。",
        ),
        "solved",
    ),
    (
        *("deputy", CONGRESS, "第7号", "杨家村代表团"),
        "关于在杨家村口设公交停靠点的建议",
        "老人进城要走到国道边等车，请协调客运公司在村口停一停。",
        *(
            "村镇建设办",
            62,
            "同县客运公司商定，早晚各一班在村口停靠。",
        ),
        "partly",
    ),
    (
        *("member", CONFERENCE, "第41号", "农业界别"),
        "关于给晒谷场配烘干机的提案",
        "秋收遇雨，粮食晒不干。建议在两个晒谷场配公用烘干机，收费公开。",
        *("农业农村办", 20, "", ""),
    ),
]


def ask_as_deputies(
    dispatcher: Person, inspector: Person, releaser: Person, end: datetime
) -> None:
    """Play two that were answered and published, and one in hand."""
    people = (dispatcher, inspector, releaser)
    for row in ASKED:
        _play(row, people, end)


def _play(row: tuple, people: tuple[Person, Person, Person], end: datetime) -> None:
    kind, session, number, movers, title, text, office, days, answer, opinion = row
    dispatcher, inspector, releaser = (staff_of_person(one) for one in people)
    start = end - timedelta(days=days)
    with at(start) as clock:
        handed_on = start.astimezone(SHANGHAI).date()
        asked = Asked(kind, session, number, movers, title, text, handed_on)
        receipt = receive_proposal(asked, actor=dispatcher)
        pk = receipt.case.commitment_id
        category = Category.objects.order_by("position")[0]
        actions.dispatch_commitment(
            pk,
            organisation_id=Organisation.objects.get(name=office).pk,
            category_id=category.pk,
            actor=dispatcher,
        )
        owner = staff_of_person(Commitment.objects.get(pk=pk).owner)
        clock.tick(timedelta(hours=3))
        actions.take_commitment(pk, actor=owner)
        if not answer:
            return
        clock.tick(timedelta(days=days // 2))
        actions.submit_commitment(pk, words=answer, actor=owner)
        clock.tick(timedelta(days=1))
        actions.accept_commitment(pk, actor=inspector)
        clock.tick(timedelta(days=2))
        judge_case(
            receipt.reporter.pk,
            solved=opinion,
            satisfied="satisfied" if opinion == "solved" else "neutral",
            words="",
            actor=RESIDENT,
        )
        one = Proposal.objects.get(case=receipt.case)
        release_answer(one.pk, answer=answer, checked=True, actor=releaser)
