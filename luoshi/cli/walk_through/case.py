"""One case, from the first word to the verdict."""

from luoshi.cli.walk_through.walk import Walk


class CaseWalk(Walk):
    """Told, dispatched, objected to, done twice, judged twice."""

    def play(self) -> None:
        """Play the whole case."""
        self.report("村口三盏路灯不亮，老人晚上看不见。", "13800001111")
        self.number = self.find_number("老槐树")
        self.do(
            "dispatcher",
            "dispatch",
            "assigned",
            lambda page: {
                "organisation": page.option("青溪村委"),
                "category": page.option("路灯（村镇建设办）"),
            },
        )
        self.do("village", "hand_back", "assigned", lambda _: {"reason": "归村建办管"})
        self.do(
            "dispatcher",
            "decide_handback",
            "assigned",
            lambda page: {
                "upheld": "yes",
                "organisation": page.option("村镇建设办"),
                "answer": "有道理",
            },
        )
        self.do("handler", "take", "taken")
        self.do(
            "handler", "extend", "taken", lambda _: {"amount": "1", "reason": "等灯具"}
        )
        self.finish("三盏灯都换了。")
        self.judge("not", "not", "in_hand")
        self.finish("又换了镇流器，试过两晚。")
        self.judge("solved", "satisfied", "closed")
