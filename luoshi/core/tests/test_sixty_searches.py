"""Sixty searches with known answers: what is said in a title first, then the newest."""

import pytest

from luoshi.core.clock import moment_of
from luoshi.core.models import SearchRow
from luoshi.core.search import Words, find_titles_first, index_within

# The title and the words of each matter; the last came in last.
TOLD = {
    1: ("村口路灯不亮", "石桥村村口三盏路灯坏了半个月，晚上走路看不见。"),
    2: ("垃圾车三天没来", "幸福小区3栋2单元楼下的垃圾堆满了，路灯下面也有。"),
    3: ("自来水发黄", "柳湾村自来水发黄有异味，烧开以后有白色沉淀。"),
    4: ("G318国道限高杆被撞歪", "G318国道 K12+300 处限高杆歪了，大货车过不去。"),
    5: ("𠮷祥路没有5G信号", "𠮷祥路一带手机只有4G，WIFI也慢，希望加一个5G基站。"),
    6: ("饭店油烟扰民", "幸福小区13栋楼下饭店的油烟直接排到楼上，晚上十点还在炒菜。"),
    7: ("孩子上学路上没有斑马线", "中心小学门口车多，没有斑马线，孩子过马路很危险。"),
    8: (
        "低保申请不知道找谁",
        "我母亲七十五岁，腿脚不便，想申请低保，不知道要什么材料。",
    ),
    9: ("水渠堵了", "上游水渠被淤泥堵住，下游三百亩稻田浇不上水。"),
    10: ("路灯太亮照进卧室", "新装的路灯正对着窗户，晚上睡不着。"),
    11: ("工地夜里施工", "幸福小区对面工地凌晨2点还在打桩，噪音很大。"),
    12: ("医保报销比例", "住院花了12000元，新农合报销比例是多少？"),
    13: ("养鸡场臭味", "村西头养鸡场的臭味很大，夏天开不了窗，苍蝇也多。"),
    14: ("天然气什么时候通", "听说今年通天然气，我们组 3 栋 楼还没有接管道。"),
    15: ("公交车改线", "102路公交车改线以后，不到镇卫生院，老人看病不方便。"),
    16: ("麦田里的电线杆倒了", "大风后10kV电线杆倒在麦田里，怕漏电，没人敢收麦子。"),
    17: ("狗咬人", "邻居的大狼狗不拴绳，前天咬了我家孩子，打了狂犬疫苗。"),
    18: ("Wi-Fi密码", "便民中心的 WiFi 密码是多少？"),
    19: ("危房", "我家老屋是D级危房，下雨漏水，墙裂了，想申请改造。"),
    20: ("ＡＴＭ机吞卡", "信用社门口的ＡＴＭ吞了我的卡，电话 400-8888 打不通。"),
    21: ("灯会那天路很堵", "元宵灯会那天，镇政府门前的路堵了两个小时。"),
    22: ("小区没有电梯", "幸福小区都是六层，没有电梯，母亲上不了楼。"),
    23: ("镬耳屋要修", "祠堂旁边的镬耳屋是老房子，瓦掉了，希望修缮。"),
    24: ("垃圾分类", "垃圾\u200b分类的桶放在\n路口，没有人教怎么分😊。"),
}
KNOWN = {
    # Words of two characters.
    "路灯": [10, 1, 2],
    "垃圾": [24, 2],
    "自来": [3],
    "医保": [12],
    "低保": [8],
    "臭味": [13],
    "水渠": [9],
    "危房": [19],
    "电梯": [22],
    "孩子": [7, 17],
    "晚上": [10, 6, 1],
    "申请": [8, 19],
    "密码": [18],
    "灯会": [21],
    "母亲": [22, 8],
    "噪音": [11],
    # Longer ones, and what only looks alike.
    "自来水": [3],
    "斑马线": [7],
    "养鸡场": [13],
    "电线杆": [16],
    "限高杆": [4],
    "公交车": [15],
    "垃圾车": [2],
    "天然气": [14],
    "幸福小区": [22, 11, 6, 2],
    "狂犬疫苗": [17],
    "什么时候": [14],
    "报销比例": [12],
    "水自来": [],
    "区小": [],
    # One character, common, rare, or outside the plane that most know.
    "灯": [21, 10, 1, 2],
    "狗": [17],
    "镬": [23],
    "𠮷": [5],
    "桩": [11],
    "稻": [9],
    "麦": [16],
    "杆": [16, 4],
    "鼹": [],
    # Numbers and Latin words, alone and where they meet characters.
    "5G": [5],
    "4g": [5],
    "g318": [4],
    "G318国道": [4],
    "３１８": [],
    "K12": [4],
    "3栋": [14, 2],
    "13栋": [6],
    "3栋2单元": [2],
    "2单元": [2],
    "12000元": [12],
    "10kV": [16],
    "102路": [15],
    "D级危房": [19],
    "wifi": [18, 5],
    "atm": [20],
    "ATM机": [20],
    "400-8888": [20],
    # Several words; what nobody sees; what is none.
    "幸福小区 垃圾": [2],
    "路灯 晚上": [10, 1],
    "水 烧开": [3],
    "垃圾分类": [24],
    "，。！？😊": [],
}


@pytest.fixture
def indexed(place):
    for number, (title, words) in TOLD.items():
        row = SearchRow(
            town=place.town,
            kind="case",
            object_id=number,
            visibility="internal",
            at=moment_of(f"2026-03-{number:02} 09:00"),
        )
        index_within(row, title=title, body=words)
    return place.town


def test_sixty_searches_find_what_they_should_in_order(indexed):
    assert len(KNOWN) >= 60
    found = {
        words: find_titles_first(
            Words(indexed, words, "case"), visibility=("internal",), most=50
        )
        for words in KNOWN
    }
    assert found == KNOWN
