"""What the made-up town keeps up: sorts, numbers and words. Nothing in it is real."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sort:
    """How many of a kind there are, what they are like, and who keeps them up."""

    kind: str
    office: str
    category: str
    count: int
    names: tuple[str, ...]
    # Metres from and to, or pieces.
    amount: tuple[int, int]
    yuan_each: int
    people: tuple[int, int]
    # Of a hundred, how many get a grade worse in a year.
    worse: int
    by_village: bool = False


SORTS = (
    Sort(
        *(
            "农村公路",
            "村镇建设办",
            "道路",
            150,
            ("主路", "机耕路", "通组路", "环村路"),
        ),
        *((300, 2800), 450, (80, 900), 22),
    ),
    Sort(
        *("涵洞", "村镇建设办", "道路", 90, ("村口涵洞", "桥下涵洞", "田边涵洞")),
        *((1, 1), 40_000, (20, 300), 14),
    ),
    Sort(
        *("小桥", "村镇建设办", "道路", 40, ("溪桥", "石拱桥", "便民桥")),
        *((1, 1), 600_000, (60, 700), 10),
    ),
    Sort(
        *("水渠", "水利站", "水渠", 100, ("东干渠", "西支渠", "后山渠")),
        *((200, 1800), 150, (30, 400), 26),
        by_village=True,
    ),
    Sort(
        *("水闸", "水利站", "水渠", 30, ("进水闸", "节制闸", "排洪闸")),
        *((1, 1), 80_000, (50, 600), 18),
    ),
    Sort(
        *("泵站", "水利站", "供水", 30, ("提灌站", "排涝站")),
        *((1, 1), 60_000, (50, 500), 20),
    ),
    Sort(
        *("山塘", "水利站", "水渠", 34, ("上塘", "下塘", "里塘", "外塘")),
        *((1, 1), 90_000, (60, 500), 12),
    ),
    Sort(
        *("水井和供水管", "水利站", "供水", 46, ("水井", "供水主管", "蓄水池")),
        *((1, 1), 120_000, (100, 900), 16),
    ),
    Sort(
        *("路灯", "村镇建设办", "路灯", 260, ("路灯",)),
        *((1, 1), 3_000, (20, 120), 24),
    ),
    Sort(
        *("公厕", "环卫所", "环卫", 30, ("公厕",)),
        *((1, 1), 200_000, (60, 300), 18),
    ),
    Sort(
        *("垃圾收集点", "环卫所", "环卫", 54, ("垃圾收集点",)),
        *((1, 1), 12_000, (60, 300), 20),
        by_village=True,
    ),
    Sort(
        *("健身和文化场地", "村镇建设办", "道路", 24, ("小广场", "健身点")),
        *((1, 1), 90_000, (100, 700), 18),
        by_village=True,
    ),
    Sort(
        *("学校和卫生室房屋", "卫生院", "医疗", 12, ("卫生室",)),
        *((1, 1), 500_000, (200, 1500), 10),
    ),
)
PLACES = ("村口", "老槐树旁", "学校门口", "祠堂边", "溪边", "后山脚下", "晒谷场旁")
WORKS = ("翻修过", "加固过", "清理、小修过", "换过坏的部件")
# Found on the last rounds: kind, days ago, grade, how bad, words, how far it came.
FOUND = (
    ("小桥", 9, 5, "danger", "栏杆断了三根，小孩会掉下去。", "accepted"),
    ("山塘", 6, 4, "serious", "溢洪道被树枝和淤泥堵了一半。", "taken"),
    ("农村公路", 4, 4, "serious", "转弯处路面沉了一块，两米长，雨后积水。", "told"),
    ("路灯", 3, 4, "slight", "灯罩破了，里面进水。", "taken"),
    ("泵站", 1, 4, "serious", "水泵开起来有异响，出水只有一半。", "told"),
)
# Said at plates: kind, days ago, words.
REPORTED = (("路灯", 5, "不亮"), ("水渠", 2, "漏水"), ("公厕", 1, "没有水"))
