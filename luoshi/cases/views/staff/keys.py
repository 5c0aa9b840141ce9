"""The list of keys, and the switch for who does not want them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.access import staff_only
from luoshi.core.actions import set_own_keys
from luoshi.core.requests import StaffRequest

# Where keys work, and what each does there.
KEYS: list[tuple[Promise, list[tuple[str, Promise]]]] = [
    (
        gettext_lazy("On every page"),
        [
            ("/", gettext_lazy("Search")),
            ("g t", gettext_lazy("Today")),
            ("g i", gettext_lazy("Inbox")),
            ("g d", gettext_lazy("Dispatch")),
            ("j k", gettext_lazy("Next one, one before")),
            ("Enter", gettext_lazy("Open it")),
            ("Esc", gettext_lazy("Leave the field; else back")),
            ("?", gettext_lazy("This list")),
        ],
    ),
    (
        gettext_lazy("In the inbox"),
        [
            ("x", gettext_lazy("Choose the matter, or leave it again")),
            ("d m", gettext_lazy("Dispatch the chosen, do them as one")),
            ("1 – 9", gettext_lazy("Your saved views")),
            ("v", gettext_lazy("Save this view")),
        ],
    ),
    (
        gettext_lazy("At the dispatch desk"),
        [
            ("1 2 3", gettext_lazy("Choose what is proposed")),
            ("u", gettext_lazy("Urgent")),
            ("m", gettext_lazy("Do it together with another matter")),
            ("b", gettext_lazy("Not the town's duty")),
            ("j k", gettext_lazy("Next message, message before")),
            ("Ctrl Enter", gettext_lazy("Dispatch, show the next")),
        ],
    ),
    (
        gettext_lazy("On a matter's page"),
        [
            ("r", gettext_lazy("Reply")),
            ("n", gettext_lazy("Note")),
            ("e", gettext_lazy("Hand in the result")),
            ("m", gettext_lazy("Do it together with another matter")),
            ("s", gettext_lazy("Take a second matter out")),
            ("p", gettext_lazy("Sheet to print")),
            ("Ctrl Enter", gettext_lazy("Send what is typed")),
        ],
    ),
]


@staff_only()
def keys(request: StaffRequest) -> HttpResponse:
    """List the keys; switch them on or off for this person."""
    if request.method == "POST":
        on = request.POST.get("keys") == "on"
        set_own_keys(on=on, actor=request.staff)
        messages.info(request, _("The keys are on.") if on else _("The keys are off."))
        return redirect("work:keys", town=request.town.code)
    parts = [
        (where, [(key.split(), what) for key, what in some]) for where, some in KEYS
    ]
    return render(request, "cases/staff/keys.html", {"parts": parts})
