"""Made-up cases: four problems of two places, told by several people."""

from datetime import UTC, datetime, timedelta

import pytest

from luoshi.engines.similarity import Case

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
PROBLEMS = {
    "plant": [
        "青山花园小区旁边的搅拌站日夜开工，噪音很大，粉尘飘进家里",
        "青山花园附近搅拌站噪音扰民，灰尘满天，晚上睡不着",
        "搅拌站建在青山花园小区门口，噪音和粉尘让人没法住",
        "投诉青山花园小区的搅拌站，机器噪音整夜不停，粉尘严重",
    ],
    "potholes": [
        "青山花园小区门口的道路坑坑洼洼，下雨全是水坑，请修路",
        "青山花园门前道路破损，坑洼积水，老人摔跤",
        "青山花园小区外面的路坑坑洼洼没人修，雨天积水很深",
    ],
    "plant elsewhere": [
        "白水湾社区后面的搅拌站噪音扰民，粉尘很大，晚上开工",
        "白水湾搅拌站噪音大粉尘多，白水湾社区居民晚上睡不着",
        "白水湾社区搅拌站整夜开工，噪音粉尘严重",
    ],
    "pension": [
        "养老金认证在手机上办不成，老人不会用，能不能上门认证",
        "老人养老金认证太难，手机上认证总是失败，请上门认证",
        "养老金认证手机操作失败，请派人上门给老人认证",
    ],
}
# What makes common words common: each is told once.
PLACES = ["红石村", "柳林组", "大桥村", "和平路", "新街", "东门", "梅溪村", "北渠"]
MATTERS = ["路灯不亮", "井盖丢失", "自来水浑浊", "公交太少", "狗没有拴绳", "垃圾没人收"]
MATTERS += ["网络信号差", "水渠堵塞"]
OTHERS = [
    f"{place}{matter}，请尽快处理，谢谢"
    for place, matter in zip(PLACES, MATTERS, strict=True)
]


def told(day: int) -> datetime:
    """Return a time so many days before now."""
    return NOW - timedelta(days=day)


@pytest.fixture
def cases() -> list[Case]:
    """Return all cases, each of its own person, the id saying its problem."""
    lines = [
        (f"{problem} {number}", text)
        for problem, texts in PROBLEMS.items()
        for number, text in enumerate(texts)
    ]
    lines += [(f"other {number}", text) for number, text in enumerate(OTHERS)]
    return [
        Case(name, text, time=told(60 - at), person=f"person {at}")
        for at, (name, text) in enumerate(lines)
    ]
