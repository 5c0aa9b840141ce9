"""Chinese text as a voice reads it well: numbers, dates, times, units in words."""

import re
from collections.abc import Callable

DIGITS = "零一二三四五六七八九"
# One is said 幺 in numbers that are read digit by digit, or it sounds like seven.
SINGLY = "零幺二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿", "万亿")
MOST_DIGITS = 16
# Said 两 and not 二 before these.
COUNTED = (
    "个户人名位小时天周点分钟米公里厘毫吨辆条处次家台座块元袋箱间层楼遍批组队艘只头亩"
)
HOTLINES = ("110", "119", "120", "122", "12119", "12345", "12350", "12388", "95598")
UNITS = {
    "km/h": "公里每小时",
    "m/s": "米每秒",
    "m³/s": "立方米每秒",
    "mm": "毫米",
    "cm": "厘米",
    "km": "公里",
    "m³": "立方米",
    "㎡": "平方米",
    "m": "米",
    "kg": "公斤",
    "℃": "摄氏度",
    "°C": "摄氏度",
    "h": "小时",
}
SIGNS = str.maketrans("", "", "【】《》〈〉“”‘’「」『』\"'*#_•·")
LINK = re.compile(r"https?://[^\s，。；！？、）)]+")
NOT_DIGIT = r"(?<![\d.])"


def number(value: int) -> str:
    """Say a whole number, such as 一千二百零五."""
    if value == 0:
        return DIGITS[0]
    groups = []
    while value:
        value, group = divmod(value, 10_000)
        groups.append(group)
    said, gap = "", False
    for at in range(len(groups) - 1, -1, -1):
        group = groups[at]
        if group == 0:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += DIGITS[0]
        said += _group(group) + GROUPS[at]
        gap = False
    # 十五 and not 一十五, but only where the number begins so.
    return said.removeprefix("一") if said.startswith("一十") else said


def _group(group: int) -> str:
    """Say a number below ten thousand."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(said)
            continue
        said += (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return said


def singly(digits: str) -> str:
    """Say digits one by one, as telephones are read."""
    return "".join(SINGLY[int(one)] for one in digits)


def decimal(text: str) -> str:
    """Say a number with or without a point; one too long is read digit by digit."""
    whole, _point, rest = text.replace(",", "").partition(".")
    if len(whole) > MOST_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        said = singly(whole)
    else:
        said = number(int(whole))
    return said + ("点" + "".join(DIGITS[int(one)] for one in rest) if rest else "")


def _year(found: re.Match[str]) -> str:
    return "".join(DIGITS[int(one)] for one in found[1]) + "年"


def _day(found: re.Match[str]) -> str:
    month, day = number(int(found[2])), number(int(found[3]))
    return f"{_year(found)}{month}月{day}日"


def _hour(value: str) -> str:
    return "两" if int(value) == 2 else number(int(value))


def _time(found: re.Match[str]) -> str:
    minutes = int(found[2])
    if minutes == 0:
        return f"{_hour(found[1])}点"
    said = number(minutes) if minutes >= 10 else f"零{number(minutes)}"
    return f"{_hour(found[1])}点{said}分"


def _phone(found: re.Match[str]) -> str:
    """Say a telephone in pieces of three or four, as people dictate it."""
    parts = [part for part in re.split(r"[-\s]", found[0]) if part]
    if len(parts) == 1 and len(found[0]) == 11:
        parts = [found[0][:3], found[0][3:7], found[0][7:]]
    said = []
    for part in parts:
        cut = 3 if len(part) == 7 else 4
        pieces = [part[:cut], part[cut:]] if len(part) > 4 else [part]
        said += [singly(piece) for piece in pieces]
    return "，".join(said)


def _letters(found: re.Match[str]) -> str:
    return found[1] + singly(found[2])


def _percent(found: re.Match[str]) -> str:
    return "百分之" + decimal(found[1])


def _unit(found: re.Match[str]) -> str:
    return found[1] + UNITS[found[2]]


def _counted(found: re.Match[str]) -> str:
    return "两"


def _below(found: re.Match[str]) -> str:
    return f"零下{found[1]}"


def _plain(found: re.Match[str]) -> str:
    return decimal(found[0])


_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
Say = Callable[[re.Match[str]], str]
# In this order: what is longer and surer first, bare numbers last.
STEPS: list[tuple[re.Pattern[str], Say | str]] = [
    (LINK, ""),
    (re.compile(r"[（(]([^（）()]*)[）)]"), r"，\1，"),
    (re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)"), _day),
    (re.compile(r"(?<!\d)([12]\d{3})年"), _year),
    (re.compile(r"(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)(?!\d)"), _time),
    (re.compile(r"(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)"), _phone),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), _phone),
    (
        re.compile(
            rf"(?<![\d.])(?:{'|'.join(HOTLINES)})(?![\d.%]|[{COUNTED}]|{_UNIT}|[万亿])"
        ),
        _phone,
    ),
    (re.compile(r"([A-Za-z])(\d+)"), _letters),
    (re.compile(rf"(?<![\dA-Za-z℃月日点时])-(\d+(?:\.\d+)?(?:{_UNIT}|度))"), _below),
    (re.compile(rf"(\d)\s*({_UNIT})(?![A-Za-z])"), _unit),
    (re.compile(r"(?<=[\d月日点时])\s*[-~～—–－]+\s*(?=\d)"), "到"),
    (re.compile(r"(\d+(?:\.\d+)?)\s*[%％]"), _percent),
    (re.compile(rf"(?<![\d.,])2(?=[{COUNTED}])"), _counted),
    (re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"), _plain),
]
SPLIT = re.compile(r"(?<=[。！？；])|\n+")


def spoken(text: str) -> str:
    """Return a text in which nothing is left that a voice would read wrongly."""
    for pattern, say in STEPS:
        text = pattern.sub(say, text)
    text = text.translate(SIGNS)
    text = re.sub(r"[，、]{2,}", "，", text)
    text = re.sub(r"[，、]+(?=[。！？；])|^[，、]+", "", text)
    # A blank typed between Han and figures is no pause.
    return re.sub(r"(?<=[^\x00-\x7f])[ \t]+|[ \t]+(?=[^\x00-\x7f])", "", text).strip()


def sentences(text: str) -> list[str]:
    """Return the sentences of a spoken text, each with its stop."""
    parts = (part.strip(" ，、") for part in SPLIT.split(spoken(text)) if part)
    return [part if part[-1] in "。！？；" else f"{part}。" for part in parts if part]
