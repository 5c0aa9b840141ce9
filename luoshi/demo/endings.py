"""Matters of the demo town that ended lawfully unsolved, and two under a seal."""

from datetime import datetime, timedelta

from luoshi.cases.actions import Receipt, receive_case, withdraw_matter
from luoshi.cases.models import SealedMatter
from luoshi.commitments import actions
from luoshi.commitments.models import Category
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import Frozen, at
from luoshi.core.models import Organisation
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast

# What was told, the category, the office.
BUILD = ("想在村口公路边盖两间房，请批一下。", "道路", "村镇建设办")
WATER = ("想把水库边的坡地围起来养鱼，请批一下。", "水渠", "水利站")
LAMP = ("门口的路灯不亮，晚上看不见。", "路灯", "村镇建设办")
NOISE = ("隔壁半夜打麻将，吵得睡不着。", "邻里纠纷", "司法所")
WAGES = ("在砖厂干了三个月，工钱一直没给。", "救助", "司法所")
GROUND = "公路两侧的建筑控制区里不能盖房，村口这一段在控制区里（公路法第五十六条）。"
REMEDY = "不服可以在收到答复六十日内向县政府申请行政复议，也可以六个月内向县法院起诉。"
BANK = "水库管理范围里不能围地养鱼（水库大坝安全管理条例）。"
SEALED = [
    ("村里一位干部收了钱才给盖章，请查一查。", SealedMatter.Kind.CONDUCT),
    ("小学门口有个孩子身上老有伤，说是在家挨打。", SealedMatter.Kind.MINOR),
]


class _Stage:
    """Plays the matters of these few days, one after the other."""

    def __init__(self, cast: Cast, clock: Frozen) -> None:
        self.cast, self.clock = cast, clock

    def staff(self, name: str) -> Staff:
        return staff_of_person(self.cast.staff[name])

    def tell(self, text: str, sealed_as: str = "") -> Receipt:
        self.clock.tick(timedelta(minutes=37))
        return receive_case(
            town=self.cast.town,
            text=text,
            actor=RESIDENT,
            channel="web",
            village=self.cast.villages[1],
            phone="13900002222",
            answer="sms",
            sealed_as=sealed_as,
        )

    def taken(self, told: tuple[str, str, str]) -> tuple[Receipt, Staff]:
        """Have it told, dispatched and taken; return it and its owner."""
        text, category, office = told
        receipt, owner = self.tell(text), self.staff(office)
        pk = receipt.case.commitment_id
        actions.dispatch_commitment(
            pk,
            organisation_id=Organisation.objects.get(name=office).pk,
            category_id=Category.objects.get(name=category).pk,
            actor=self.staff("dispatcher"),
        )
        actions.take_commitment(pk, actor=owner)
        self.clock.tick(timedelta(hours=2))
        return receipt, owner


def end_lawfully(cast: Cast, end: datetime) -> None:
    """Play one of each: refused, withdrawn, a lawful route, and one not signed yet."""
    with at(end - timedelta(days=4)) as clock:
        stage = _Stage(cast, clock)
        receipt, owner = stage.taken(BUILD)
        pk = receipt.case.commitment_id
        actions.propose_refusal(pk, ground=GROUND, remedy=REMEDY, actor=owner)
        clock.tick(timedelta(hours=5))
        actions.give_word(pk, actor=stage.staff("leader"))
        receipt, owner = stage.taken(LAMP)
        withdraw_matter(receipt.reporter.pk, words="邻居帮我换了灯泡，好了。")
        receipt, owner = stage.taken(NOISE)
        words = "来电话说邻居道了歉，不用再管了。"
        actions.note_withdrawal(receipt.case.commitment_id, words=words, actor=owner)
        receipt, owner = stage.taken(WAGES)
        actions.move_to_lawful_route(
            receipt.case.commitment_id,
            route="labour",
            body="县劳动人事争议仲裁院，0570-6002345",
            actor=stage.staff("dispatcher"),
        )
        receipt, owner = stage.taken(WATER)
        actions.propose_refusal(
            receipt.case.commitment_id, ground=BANK, remedy=REMEDY, actor=owner
        )


def tell_in_confidence(cast: Cast, end: datetime) -> None:
    """Tell what goes under a seal: a cadre's conduct, and a sign of harm to a child."""
    with at(end - timedelta(hours=20)) as clock:
        for text, kind in SEALED:
            _Stage(cast, clock).tell(text, sealed_as=kind)
