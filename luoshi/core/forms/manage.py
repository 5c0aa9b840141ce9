"""What an administrator is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Organisation, Person, User, Village
from luoshi.core.models.towns import TOWN_COLOURS
from luoshi.core.roles import role_labels
from luoshi.ui.sources import asked


class PostForm(forms.Form):
    """A post, and who gets it: somebody who is there, or somebody new."""

    sources = asked(
        "person", "name", "username", "organisation", "title", "roles", "oversees"
    )

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Somebody who is there"),
        required=False,
        empty_label=_("Somebody new"),
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    username = forms.CharField(label=_("User name"), max_length=60, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Office")
    )
    title = forms.CharField(label=_("Post"), max_length=60)
    roles = forms.MultipleChoiceField(
        label=_("What the post may do"), widget=forms.CheckboxSelectMultiple
    )
    oversees = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("For which offices it signs"),
        required=False,
    )

    def __init__(self, *args: Any, people: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = people
        fields["organisation"].queryset = fields["oversees"].queryset = offices
        fields["roles"].choices = list(role_labels().items())


class EndPostForm(forms.Form):
    """Who takes over."""

    sources = asked("successor")

    successor = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who takes over what is open"),
        required=False,
        empty_label=_("Nobody: nothing is open"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["successor"].queryset = people


class VillageForm(forms.Form):
    """A village's name."""

    sources = asked("name")

    name = forms.CharField(label=_("What it is called"), max_length=60)


class GroupsForm(forms.Form):
    """Groups of a village, one name or several."""

    sources = asked("village", "names")

    village = forms.ModelChoiceField(
        Village.objects.none(), label=_("Village"), empty_label=_("Choose a village")
    )
    names = forms.CharField(
        label=_("Groups"),
        help_text=_("Several at once: divide them by commas or spaces."),
        max_length=400,
    )

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        # Beside the village's own form: no two fields of a page share an id.
        super().__init__(*args, **{"auto_id": "groups_%s"} | kwargs)
        fields: Any = self.fields
        fields["village"].queryset = villages


class OfficeForm(forms.Form):
    """An office."""

    sources = asked("name", "kind", "phone")

    name = forms.CharField(label=_("What it is called"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class DayForm(forms.Form):
    """A day of the town's own calendar."""

    sources = asked("day", "is_workday", "reason")

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    is_workday = forms.TypedChoiceField(
        label=_("On this day the town"),
        choices=[("no", _("rests")), ("yes", _("works"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("The reason"), max_length=120)


class TownForm(forms.Form):
    """What the town says of itself."""

    sources = asked("name", "phone", "phone_hours", "colour")

    name = forms.CharField(label=_("What it is called"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    phone_hours = forms.CharField(
        label=_("When somebody answers"), max_length=60, required=False
    )
    colour = forms.ChoiceField(
        label=_("Colour"), choices=TOWN_COLOURS, widget=forms.RadioSelect
    )


class EmailForm(forms.Form):
    """When one's own notices are mailed, and where to."""

    sources = asked("mail", "address")

    mail = forms.ChoiceField(
        label=_("When it is sent"), choices=User.Mail.choices, widget=forms.RadioSelect
    )
    address = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=200
    )


class RobotForm(forms.Form):
    """The group robot's address."""

    sources = asked("address")

    address = forms.CharField(
        label=_("Address of the group robot"),
        required=False,
        max_length=500,
        help_text=_("From the group's settings. Empty switches it off."),
    )
