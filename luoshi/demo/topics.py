"""What several people of the demo town say of one problem, and what is done of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from luoshi.cases.actions import judge_case, receive_case
from luoshi.cases.models import Case
from luoshi.commitments import actions
from luoshi.commitments.models import Category
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import SHANGHAI, Frozen, at
from luoshi.core.models import Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast
from luoshi.topics.actions import Wanted, act_before, rename_topic
from luoshi.topics.grouping import group_town
from luoshi.topics.models import Topic

# Days before the end, and the words; nobody said it in the year before.
SMOKE = [
    (9, "菜市场门口的夜市烧烤摊油烟太大，楼上不敢开窗。"),
    (8, "菜市场门口夜市烧烤油烟直往楼上窜，窗户不能开。"),
    (6, "夜市烧烤摊在菜市场门口，油烟呛人，还吵到半夜。"),
    (4, "菜市场夜市的烧烤油烟熏得人睡不着，请镇里管管。"),
    (3, "住在菜市场楼上，夜市烧烤油烟天天往屋里灌。"),
    (2, "菜市场门口烧烤夜市，油烟大，地上全是油。"),
]
# So many of the oldest are done, and judged.
JUDGED = 2
NAME = "菜市场门口夜市烧烤油烟"
TITLE = "夜市烧烤摊挪走、装净化器"
DONE = "摊位挪到停车场北侧，每个摊装净化器；楼上住户开窗闻不到油烟。"
SPOKEN_TO = "去说过了，当晚收了两个炉子。"


def find_topics(cast: Cast, end: datetime) -> None:
    """Let a night find the topics; name one, act on it before the next word."""
    desk = staff_of_person(cast.staff["dispatcher"])
    for place, (days, text) in enumerate(SMOKE):
        with at(end - timedelta(days=days, hours=1)) as clock:
            _tell(cast, text, place, desk, clock)
    with at(end - timedelta(hours=7)), override(settings.LANGUAGE_CODE):
        group_town(cast.town)
        case = Case.objects.get(text=SMOKE[0][1])
        smoke = Topic.objects.get(memberships__case=case)
        rename_topic(smoke.pk, name=NAME, actor=desk)
    with at(end - timedelta(hours=2)) as clock:
        until = (end + timedelta(days=20)).astimezone(SHANGHAI).date()
        office = _category(cast).organisation
        assert office is not None
        made = act_before(
            smoke.pk,
            Wanted(TITLE, DONE, office, until),
            actor=staff_of_person(cast.staff["leader"]),
        )
        clock.tick(timedelta(hours=1))
        owner = staff_of_person(made.commitment.owner)
        actions.take_commitment(made.commitment_id, actor=owner)


def _category(cast: Cast) -> Category:
    return cast.categories["噪声"]


def _tell(cast: Cast, text: str, place: int, desk: Staff, clock: Frozen) -> None:
    """Let one neighbour say it; the first ones' matters are done and judged."""
    receipt = receive_case(
        town=cast.town,
        text=text,
        channel="web",
        village=Village.objects.get(name="镇区"),
        phone=f"1390000220{place}",
        answer="sms",
        actor=RESIDENT,
    )
    office = _category(cast).organisation
    assert office is not None
    pk = receipt.case.commitment_id
    clock.tick(timedelta(hours=2))
    actions.dispatch_commitment(
        pk, organisation_id=office.pk, category_id=_category(cast).pk, actor=desk
    )
    clock.tick(timedelta(hours=2))
    receipt.case.commitment.refresh_from_db()
    owner = staff_of_person(receipt.case.commitment.owner)
    actions.take_commitment(pk, actor=owner)
    if place < JUDGED:
        clock.tick(timedelta(days=1))
        actions.submit_commitment(pk, words=SPOKEN_TO, actor=owner)
        clock.tick(timedelta(hours=3))
        checker = staff_of_person(cast.staff["inspector"])
        actions.accept_commitment(pk, actor=checker)
        clock.tick(timedelta(hours=20))
        judge_case(receipt.reporter.pk, solved="partly", satisfied="neutral", words="")
