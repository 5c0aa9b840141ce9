"""Money as a person writes it."""

from decimal import Decimal
from typing import Any

from django import forms

MOST_YUAN = Decimal("100000000000")


class YuanField(forms.DecimalField):
    """Money as a person writes it, in yuan; fen inside."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("min_value", Decimal("0.01"))
        super().__init__(max_value=MOST_YUAN, decimal_places=2, **more)

    def clean(self, value: Any) -> Any:
        """Return whole fen, or None."""
        told = super().clean(value)
        return None if told is None else int(told * 100)

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan; what was typed stays as it was typed."""
        if not isinstance(value, int):
            return value
        return (
            f"{Decimal(value) / 100:f}".rstrip("0").rstrip(".")
            if value % 100
            else value // 100
        )
