"""What is asked where a matter ends lawfully without being solved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.forms.staff import StepForm, long_field
from luoshi.commitments.lawful import routes_of
from luoshi.core.models import Town
from luoshi.ui.sources import asked


class RefuseForm(StepForm):
    """The rule, and what the person can do against it."""

    sources = asked("ground", "remedy")

    ground = long_field(
        _("Which rule, and why it stands against it, in words that the person reads")
    )
    remedy = long_field(
        _("What the person can do against it: where, within how many days, by what")
    )


class RouteForm(StepForm):
    """Which route of the law, and who is there."""

    sources = asked("route", "body")

    # Each choice says what goes there: too long to stand beside another.
    one_a_row = True

    route = forms.ChoiceField(label=_("Lawful route"), widget=forms.RadioSelect)
    body = forms.CharField(
        label=_("Who decides there: name, address and telephone"), max_length=300
    )

    def offer(self, town: Town) -> None:
        """Offer the town's routes, each with what goes there and its source."""
        choices: list[tuple[str, Any]] = [
            (one.code, f"{one.name}：{one.about}（{one.source}）")
            for one in routes_of(town)
        ]
        fields: Any = self.fields
        fields["route"].choices = choices


class WithdrawnForm(StepForm):
    """What the person said."""

    sources = asked("words")

    words = long_field(_("How and in which words they withdrew it"))


class WithdrawForm(forms.Form):
    """Why, if the person likes to say."""

    sources = asked("words")

    words = forms.CharField(
        label=_("Why you withdraw it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
