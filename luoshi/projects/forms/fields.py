"""Fields that several forms have: money, days."""

from django import forms

from luoshi.core.forms.money import YuanField as YuanField


def day_input() -> forms.DateInput:
    """Return the browser's own field for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def words_input(rows: int = 3) -> forms.Textarea:
    """Return a field of so many lines."""
    return forms.Textarea(attrs={"rows": rows})
