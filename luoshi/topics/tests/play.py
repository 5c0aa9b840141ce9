"""Two problems told several times, and four others once."""

from luoshi.cases.actions import receive_case
from luoshi.cases.models import Case
from luoshi.core.actors import RESIDENT
from luoshi.topics.models import Topic

PLANT = [
    "丽发新城旁边的搅拌站噪音太大，晚上睡不着觉",
    "搅拌站噪音扰民，丽发新城居民晚上无法睡觉",
    "丽发新城附近搅拌站噪音和灰尘严重，请管管",
    "丽发新城小区旁搅拌站灰尘噪音污染，居民睡不好",
]
LAMPS = [
    "村口老槐树旁三盏路灯不亮，老人晚上看不见路",
    "村口老槐树路灯不亮了，晚上看不见路",
    "老槐树那边的路灯全不亮，走路看不见",
]
OTHERS = [
    "想问低保怎么申请，要带哪些材料",
    "自来水发黄，烧开以后还有味道",
    "隔壁装修把排水口堵了，说了几次不听",
    "稻田有虫害，想请农技员来看看",
]


def tell(place, text, **more):
    told = {"channel": "web", "village": place.village, "actor": RESIDENT} | more
    return receive_case(town=place.town, text=text, **told).case


def topic_with(case):
    return Topic.objects.get(memberships__case=case)


def cases_in(topic):
    return set(Case.objects.filter(membership__topic=topic))
