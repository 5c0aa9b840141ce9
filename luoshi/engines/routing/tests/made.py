"""Made-up messages of three kinds, enough for folds and small enough to be quick."""

import random

WORDS = {
    "环境": ["污水", "臭味", "垃圾堆", "烟尘", "噪音扰民", "河道", "焚烧秸秆"],
    "教育": ["幼儿园", "学费", "老师", "校车", "补课", "学区", "开学"],
    "社保": ["养老金", "医保卡", "工伤", "社保局", "退休", "缴费年限", "失业金"],
}
FILLING = ["请领导", "多次反映", "希望尽快", "我们村", "去年开始", "一直没有", "怎么办"]


def messages(count: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Return texts as people write them, and their labels."""
    draw = random.Random(seed)
    texts, labels = [], []
    for number in range(count):
        label = list(WORDS)[number % 3]
        said = draw.sample(WORDS[label], 3) + draw.sample(FILLING, 3)
        draw.shuffle(said)
        subject = draw.choice(WORDS[label]) + f"问题{number}"
        texts.append(subject + "\n" + "，".join(said) + f"，第{draw.random():.6f}号。")
        labels.append(label)
    return texts, labels
