"""What the demo town proposed, and what each costs and brings."""

from dataclasses import dataclass

from luoshi.projects.models import Check

WAN = 1_000_000
DEPUTIES, PRESENT = 31, 27
WHY = {
    Check.Kind.NEED: "去过现场，问过附近的人，都说要。",
    Check.Kind.FEASIBILITY: "村镇建设办看过，做得成。",
    Check.Kind.MONEY: "财政所说今年的钱里排得下。",
    Check.Kind.LAND: "不占农田，不用征地。",
    Check.Kind.LEGAL: "司法所看过，没有问题。",
}


@dataclass(frozen=True)
class Plan:
    """One project of the demo: what it is, what it costs and brings."""

    title: str
    need: str
    village: str
    wan: int
    households: int
    people: int
    years: int
    upkeep: int
    supporters: int
    kind: str = "paper"


LAST = [
    Plan(
        "石塘小学路口人行桥",
        "孩子上学要从公路桥上走，没有人行道，车一多家长都不放心。",
        *("石塘村", 38, 210, 420, 30, 6000, 46),
    ),
    Plan(
        "青溪提水站换泵",
        "泵用了二十年，夏天一抽就停，下游三个组浇不上水。",
        *("青溪村", 62, 340, 260, 15, 18000, 38, "village"),
    ),
    Plan(
        "柳湾村老人食堂",
        "村里八十岁以上的有四十多位，中午自己做饭不方便。",
        *("柳湾村", 45, 96, 60, 12, 42000, 31),
    ),
    Plan(
        "镇口景观牌坊",
        "镇口没有像样的标志，外面来的人找不到。",
        *("镇区", 80, 400, 50, 20, 3000, 9, "department"),
    ),
    Plan(
        "夜里没灯的三条巷子装灯",
        "三条巷子夜里没有灯，老人不敢出门。",
        *("镇区", 27, 150, 380, 10, 9000, 52),
    ),
]
NOW = [
    Plan(
        "杨家村过水路面改小桥",
        "一下大雨路面就过水，车过不去，去年有人摔伤。",
        *("杨家村", 56, 260, 520, 30, 5000, 61, "topic"),
    ),
    Plan(
        "东坪村卫生室修屋顶、添药柜",
        "屋顶漏雨，药柜返潮，村医说药放不住。",
        *("东坪村", 24, 310, 45, 15, 4000, 40, "village"),
    ),
    Plan(
        "西岙村机耕路铺石子",
        "收稻子时农机陷在泥里，两公里路要走半天。",
        *("西岙村", 33, 180, 90, 8, 12000, 27),
    ),
    Plan(
        "中心小学门口候车棚",
        "接送孩子的时候，下雨大家都站在路边。",
        *("镇区", 18, 620, 700, 15, 2000, 58),
    ),
    Plan(
        "桥头村公厕改造",
        "旱厕味道大，夏天附近几户都不敢开窗。",
        *("桥头村", 29, 140, 230, 15, 14000, 33),
    ),
    Plan(
        "镇区广场音乐喷泉",
        "广场晚上人多，想热闹一点。",
        *("镇区", 75, 500, 150, 8, 60000, 6, "department"),
    ),
]
# What one village does with its own money.
VILLAGE = [
    Plan(
        "祠堂前的晒场补平",
        "晒场裂了口子，晒谷子要先铺布。",
        *("青溪村", 3, 120, 60, 12, 500, 44, "village"),
    ),
    Plan(
        "三组水井加盖、装手压泵",
        "井口没有盖，孩子在边上玩，老人打水弯不下腰。",
        *("青溪村", 2, 46, 80, 15, 300, 39, "village"),
    ),
    Plan(
        "村口小公园种花",
        "村口空着一块地，想好看一点。",
        *("青溪村", 4, 260, 50, 6, 2000, 12, "village"),
    ),
]
