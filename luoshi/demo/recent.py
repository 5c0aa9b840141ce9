"""The last weeks of the demo town, through the real actions, as far as each got."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from luoshi.cases.actions import Receipt, judge_case, receive_case
from luoshi.commitments import actions
from luoshi.commitments.models import Category
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import Frozen, at
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast, tell
from luoshi.demo.names import DONE

Act = Callable[[], Any]


class Recent:
    """Plays cases from their first word until now."""

    def __init__(self, chance: random.Random, cast: Cast, now: datetime) -> None:
        self.chance, self.cast, self.now = chance, cast, now
        self.acting: dict[str, Staff] = {
            name: staff_of_person(person) for name, person in cast.staff.items()
        }

    def play(self, start: datetime) -> None:
        """Let one case come in and go as far as it got."""
        with at(start) as clock:
            category, receipt = self._receive()
            steps = self._steps(category, receipt)
            # Some stay where they are: with them the inbox has its red and yellow.
            most = self.chance.choices([len(steps), 1, 2, 3, 4], [60, 8, 14, 12, 6])[0]
            for hours, act in steps[:most]:
                if not self._wait(clock, hours):
                    return
                act()

    def come_in(self, start: datetime) -> None:
        """Let one case come in and wait for the dispatcher."""
        with at(start):
            self._receive()

    def _receive(self) -> tuple[Category, Receipt]:
        category, text, village = tell(self.chance, self.cast)
        receipt = receive_case(
            town=self.cast.town,
            text=text,
            actor=RESIDENT,
            channel=self.chance.choice(["web", "phone"]),
            village=village,
            phone="13900001111",
            name="王兰",
            answer="sms",
        )
        return category, receipt

    def _wait(self, clock: Frozen, hours: int) -> bool:
        """Let some hours pass; False once that would be after now."""
        clock.tick(timedelta(minutes=self.chance.randrange(10, hours * 60 + 11)))
        return clock.moment < self.now

    def _steps(self, category: Category, receipt: Receipt) -> list[tuple[int, Act]]:
        """Return the steps of a case with the hours before each."""
        office = category.organisation
        assert office is not None
        pk, owner = receipt.case.commitment_id, self.acting[office.name]
        steps: list[tuple[int, Act]] = [
            (
                3,
                lambda: actions.dispatch_commitment(
                    pk,
                    organisation_id=office.pk,
                    category_id=category.pk,
                    actor=self.acting["dispatcher"],
                ),
            ),
            (5, lambda: actions.take_commitment(pk, actor=owner)),
            (
                20,
                lambda: actions.report_progress(
                    pk, words="到现场看过了，正在备料。", actor=owner
                ),
            ),
        ]
        steps += self._on_the_way(pk, owner)
        done = self.chance.choice(DONE)
        steps += [
            (60, lambda: actions.submit_commitment(pk, words=done, actor=owner)),
            (
                10,
                lambda: actions.accept_commitment(pk, actor=self.acting["inspector"]),
            ),
            (40, lambda: self._judge(receipt)),
        ]
        return steps

    def _on_the_way(self, pk: int, owner: Staff) -> list[tuple[int, Act]]:
        """Return what sometimes happens in between."""
        extend = (
            30,
            lambda: actions.extend_commitment(
                pk, amount=1, reason="配件要从县里调，晚一天。", actor=owner
            ),
        )
        pause = (
            10,
            lambda: actions.pause_commitment(
                pk, outside_body="县供电公司", reason="要先停电才能换。", actor=owner
            ),
        )
        resume = (40, lambda: actions.resume_commitment(pk, actor=owner))
        choices: list[list[tuple[int, Act]]] = [[], [extend], [pause, resume]]
        return self.chance.choices(choices, [88, 7, 5])[0]

    def _judge(self, receipt: Receipt) -> None:
        solved = self.chance.choices(["solved", "partly", "not"], [80, 12, 8])[0]
        satisfied = {"solved": "satisfied", "partly": "neutral", "not": "not"}[solved]
        words = "用了两天又坏了，没人再来看。" if solved == "not" else ""
        judge_case(receipt.reporter.pk, solved=solved, satisfied=satisfied, words=words)
