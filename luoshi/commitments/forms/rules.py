"""What an administrator is asked for about how the town works."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.actions.rules import LONGEST_WAIT
from luoshi.ui.sources import asked


def _share(label: Any, touched: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=touched, min_value=0, max_value=100
    )


class RulesForm(forms.Form):
    """When the daily mail goes out, nights, and how much is looked at again."""

    sources = asked("digest_at", "leader_after", "work", "solved", "partly", "other")

    digest_at = forms.TimeField(
        label=_("When the daily mail goes out"),
        help_text=_(
            "Only staff who chose one mail a day get it, and only on days with news. "
            "Residents get none."
        ),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    leader_after = forms.IntegerField(
        label=_("After how many minutes an urgent matter goes to the leader on duty"),
        help_text=_(
            "Outside office hours, where the duty roster has somebody who did not "
            "take it."
        ),
        min_value=1,
        max_value=LONGEST_WAIT,
    )
    work = _share(
        _("Of 100 accepted pieces of work, how many are looked at again"),
        _(
            "An inspector or leader looks who did not do the work. "
            "What is not right goes back to the office that did it."
        ),
    )
    solved = _share(
        _("Of 100 that residents call solved, how many are looked at again"),
        _("Residents are not asked again, and their word stands."),
    )
    partly = _share(
        _("Of 100 that residents call partly solved, how many are looked at again"),
        _("What is not right goes back to the office that did it."),
    )
    other = _share(
        _("Of 100 that ended in any other way, how many are looked at again"),
        _(
            "For example passed on, or nobody was reached. What is not right goes "
            "back to the dispatcher or the office, or the leader is told."
        ),
    )

    def told(self) -> dict[str, Any]:
        """Return what was asked for as the action takes it."""
        shares = dict(self.cleaned_data)
        own = {name: shares.pop(name) for name in ("digest_at", "leader_after")}
        return {**own, "shares": shares}
