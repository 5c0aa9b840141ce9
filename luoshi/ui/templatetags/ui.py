"""Template filters and tags of the screens."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from luoshi.ui import wording

register = template.Library()
register.filter("day", wording.day)
register.filter("length_said", wording.length_said)
register.filter("long_day", wording.long_day)
register.filter("moment", wording.moment)
register.filter("money", wording.money)
register.filter("month", wording.month)
register.filter("weekday", wording.weekday)
register.filter("table_day", wording.table_day)
register.filter("thousands", wording.thousands)
register.filter("yuan", wording.yuan)
register.filter("mask_name", stringfilter(wording.mask_name))


@register.filter
def names(rows: Iterable[Any]) -> str:
    """Name things one after the other."""
    return "、".join(one.name for one in rows)


@register.inclusion_tag("ui/light.html")
def light(value: object, size: str = "s") -> dict[str, object]:
    """Show a light: shape, word and colour; size s (row) or l (page)."""
    return {"light": value, "size": size}


@register.simple_tag
def shape(name: str) -> SafeString:
    """Show one of the lights' shapes from our own sprite."""
    return format_html(
        '<svg class="shape" aria-hidden="true"><use href="{}#light-{}"/></svg>',
        static("ui/lights.svg"),
        name,
    )
