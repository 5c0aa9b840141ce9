"""What can be wrong with an instance: the field, a code, and the reason in words."""


class PlanningError(ValueError):
    """An input that cannot be planned with; `field` names it, `code` what is wrong."""

    def __init__(self, field: str, code: str, text: str) -> None:
        super().__init__(f"{field}: {text}")
        self.field, self.code, self.text = field, code, text
