"""The usual kinds of assets with which a town begins, and then edits.

The days and intervals are examples from practice, not law: each stands on the page
where an administrator changes it. Words are the town's own data, hence in Chinese.
"""

from dataclasses import dataclass

METRES, COUNT = "metres", "count"


@dataclass(frozen=True)
class UsualRule:
    """When a kind is usually looked at."""

    name: str
    months: int
    basis: str = "done"
    season: tuple[int, int] = (0, 0)
    grade_from: int = 0
    lead_days: int = 30


@dataclass(frozen=True)
class UsualKind:
    """A kind as many towns have it."""

    name: str
    measure: str
    looks: tuple[str, str, str, str, str]
    faults: tuple[str, ...]
    rules: tuple[UsualRule, ...]
    days: tuple[int, int, int] = (1, 15, 60)
    is_road: bool = False
    has_responsible: bool = False


YEARLY = UsualRule("年度巡查", 12)
POOR = UsualRule("差的多看一次", 3, grade_from=4)
BEFORE_RAINS = UsualRule("汛前检查", 12, "due", (4, 4), lead_days=60)
AFTER_RAINS = UsualRule("汛后检查", 12, "due", (10, 10), lead_days=30)
USUAL = (
    UsualKind(
        *("农村公路", METRES),
        looks=(
            "路面平整，没有裂缝，排水畅通",
            "有几条细缝，走车不颠",
            "裂缝连成片，有小坑，雨后有积水",
            "坑多，面板断裂或沉陷，车要绕着走",
            "路面大片破碎，或塌了一边，车不能安全通过",
        ),
        faults=("路面有坑", "路面塌了", "护栏坏了", "边沟堵了"),
        rules=(UsualRule("季度巡路", 3), AFTER_RAINS, POOR),
        is_road=True,
    ),
    UsualKind(
        *("涵洞", COUNT),
        looks=(
            "洞身完好，水流畅通",
            "有少量泥沙，不影响过水",
            "泥沙堵了三分之一，洞口有裂缝",
            "堵了一半以上，或洞身渗漏",
            "洞身断裂下沉，或完全堵死",
        ),
        faults=("堵了", "洞口塌了", "漏水"),
        rules=(BEFORE_RAINS, AFTER_RAINS),
    ),
    UsualKind(
        *("小桥", COUNT),
        looks=(
            "桥面、栏杆、桥墩都完好",
            "有细裂缝或掉漆",
            "栏杆松动，桥面有坑，伸缩缝坏",
            "露出钢筋，桥墩被冲刷",
            "桥墩倾斜、桥面下沉，应当封住不走",
        ),
        faults=("栏杆坏了", "桥面破了", "桥墩被水冲了"),
        rules=(UsualRule("半年巡查", 6), AFTER_RAINS, POOR),
        days=(1, 10, 60),
    ),
    UsualKind(
        *("水渠", METRES),
        looks=(
            "渠道畅通，没有渗漏",
            "有些杂草和淤泥，过水够用",
            "淤了三分之一，有几处渗漏",
            "淤了一半，渠墙有塌口",
            "断流，或塌了，浇不上地",
        ),
        faults=("堵了", "渠墙塌了", "漏水", "没有水"),
        rules=(UsualRule("灌溉前检查", 12, "due", (3, 3), lead_days=45), AFTER_RAINS),
    ),
    UsualKind(
        *("水闸", COUNT),
        looks=(
            "启闭灵活，不漏水",
            "能启闭，有锈",
            "启闭费力，止水漏",
            "只能开一半，或闸墙有裂缝",
            "打不开或关不上",
        ),
        faults=("打不开", "关不上", "漏水"),
        rules=(
            BEFORE_RAINS,
            UsualRule("汛期每月巡查", 1, season=(5, 9), lead_days=10),
        ),
        days=(1, 7, 60),
    ),
    UsualKind(
        *("泵站", COUNT),
        looks=(
            "试机正常，电气完好",
            "能用，有小毛病",
            "出水不足，或有异响",
            "时开时停，线路老化",
            "开不了机，或漏电",
        ),
        faults=("抽不上水", "有异响", "漏电"),
        rules=(BEFORE_RAINS, UsualRule("季度试机", 3)),
        days=(1, 7, 30),
    ),
    UsualKind(
        *("山塘", COUNT),
        looks=(
            "坝体完好，放水和溢洪设施正常",
            "坝面有杂草、小雨沟",
            "坝脚潮湿，启闭设备有锈",
            "有渗漏，或溢洪道被占、被堵",
            "坝体裂缝、滑坡、集中渗漏，要放水",
        ),
        faults=("坝上有裂缝", "渗水", "溢洪道堵了", "有人掉下去的危险"),
        rules=(
            BEFORE_RAINS,
            UsualRule("汛期每月巡查", 1, season=(4, 10), lead_days=10),
            UsualRule("非汛期巡查", 2, season=(11, 3), lead_days=20),
        ),
        days=(1, 7, 60),
        has_responsible=True,
    ),
    UsualKind(
        *("水井和供水管", COUNT),
        looks=(
            "水清、水压够",
            "偶尔水压小",
            "经常水压小，或有小漏点",
            "常停水，管子多处漏",
            "没有水，或水不能喝",
        ),
        faults=("没有水", "水发黄", "水压小", "管子漏"),
        rules=(UsualRule("季度巡查", 3), POOR),
        days=(1, 5, 30),
    ),
    UsualKind(
        *("路灯", COUNT),
        looks=(
            "亮，灯杆正",
            "亮，灯罩脏",
            "光暗，灯杆有锈",
            "时亮时灭",
            "不亮，或杆歪",
        ),
        faults=("不亮", "一闪一闪", "灯杆歪了", "电线露出来了"),
        rules=(UsualRule("半年巡查", 6),),
        days=(1, 5, 20),
    ),
    UsualKind(
        *("公厕", COUNT),
        looks=(
            "干净，水电都好",
            "有点味，设施都能用",
            "个别蹲位坏，灯不亮",
            "常堵，没有水",
            "不能用，或化粪池要溢",
        ),
        faults=("堵了", "没有水", "太脏", "门坏了"),
        rules=(UsualRule("每月巡查", 1, lead_days=10),),
        days=(1, 5, 20),
    ),
    UsualKind(
        *("垃圾收集点", COUNT),
        looks=("干净，桶够", "桶旧", "桶少、常满", "满出来，有污水", "没法用"),
        faults=("满了没人运", "桶坏了", "污水流出来"),
        rules=(UsualRule("每月巡查", 1, lead_days=10),),
        days=(1, 3, 20),
    ),
    UsualKind(
        *("健身和文化场地", COUNT),
        looks=(
            "器材牢固，地面平",
            "器材掉漆",
            "个别器材松动",
            "器材坏了要围起来",
            "器材会伤人，应当拆",
        ),
        faults=("器材坏了", "地面破了", "灯不亮"),
        rules=(UsualRule("半年巡查", 6),),
    ),
    UsualKind(
        *("学校和卫生室房屋", COUNT),
        looks=(
            "房屋完好",
            "墙面有细裂缝",
            "屋顶漏，门窗坏",
            "墙体开裂，电线老化",
            "鉴定为危房，应当停用",
        ),
        faults=("漏雨", "墙裂了", "电线露出来了", "门窗坏了"),
        rules=(UsualRule("半年巡查", 6), POOR),
        days=(1, 10, 60),
    ),
)
