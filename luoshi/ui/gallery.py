"""Each part of the screens in its states, for whoever builds a page."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.ui.charts import columns
from luoshi.ui.sources import asked

# The page is for engineers, so its words are not translated.
LIGHTS = [
    ("ok", "按时"),
    ("soon", "今天到期"),
    ("late", "超期1天"),
    ("paused", "暂停计时"),
    ("waiting", "等评价"),
    ("closed", "办结"),
    ("promise", "以后办"),
]


@dataclass(frozen=True)
class Light:
    """A light as `ui/light.html` takes it."""

    name: str
    text: str


class Sample(forms.Form):
    """One field of each sort."""

    sources = asked("place", "note", "solved")

    place = forms.CharField(label="说得细一点", help_text="比如：村口老槐树旁")
    note = forms.CharField(
        label="想说的话", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    solved = forms.ChoiceField(
        label="解决了没有？",
        choices=[("yes", "解决了"), ("partly", "解决了一部分"), ("no", "没解决")],
        widget=forms.RadioSelect,
    )


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part; in development only."""
    if not settings.DEBUG:
        raise Http404
    told = {"place": "", "solved": "partly"}
    context = {
        "empty": Sample(auto_id="empty_%s"),
        "wrong": Sample(told, auto_id="wrong_%s"),
        "lights": [Light(*one) for one in LIGHTS],
        "chart": columns(["9", "10", "11"], [12, 0, 7], [9, 3, 7]),
        "messages": ["收到了，您的评价算数。"],
        "kind": request.GET.get("kind", "resident"),
    }
    return render(request, "ui/gallery.html", context)
