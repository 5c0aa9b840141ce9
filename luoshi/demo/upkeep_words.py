"""What is said of the demo town's works of upkeep. Nothing in it is real."""

DONE = {
    "routine": "按清单逐处清扫、除草、清淤、换坏件，村里看过。",
    "light": "裂缝灌好、坏件换好，试用正常，村里签了字。",
    "heavy": "坏的部分拆掉重做，养好以后放开使用，村里和群众代表看过。",
    "renewal": "旧的拆了，新的装好，试了三天没有问题，村里签了字。",
}
PAID = "按合同付款"
SLIPPED = "连下了半个月雨，水泥没法浇，等天晴再做。"
MOVED = "县里明年要在同一段埋供水管，等管子埋好一起修，免得挖两次。"
