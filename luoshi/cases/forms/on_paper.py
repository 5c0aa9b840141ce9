"""What is asked when a paper is made: what is known already stands there."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import Reporter
from luoshi.papers.models import Kind
from luoshi.ui.sources import asked, derived
from luoshi.ui.wording import day

ASKS = {
    Kind.ASSIGNMENT: gettext_lazy("What the office is asked to do"),
    Kind.SUPERVISION: gettext_lazy("What is demanded, and by when it is answered"),
    Kind.ANSWER: gettext_lazy("The answer, as it is printed"),
}


class PaperForm(forms.Form):
    """The words that stand on the paper, and whom an answer is for."""

    sources = asked("addressee", "words") | derived(
        form_token="the page: one token each"
    )

    form_token = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput
    )
    addressee = forms.TypedChoiceField(
        label=gettext_lazy("Whom it answers"),
        help_text=gettext_lazy(
            "The name is put in as it is printed, and that is written down."
        ),
        coerce=int,
        empty_value=None,
        required=False,
    )
    words = forms.CharField(
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Write what is to stand on it.")},
    )

    def __init__(
        self, *args: Any, kind: Kind, people: list[Reporter], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = ASKS[kind]
        self.fields["words"].required = kind != Kind.ASSIGNMENT
        if kind != Kind.ANSWER or len(people) < 2:
            del self.fields["addressee"]
            return
        box = self.fields["addressee"]
        assert isinstance(box, forms.TypedChoiceField)
        box.choices = [
            (one.pk, _whom(number, one)) for number, one in enumerate(people, 1)
        ]


def _whom(number: int, reporter: Reporter) -> str:
    told = {"number": number, "day": day(reporter.joined_at)}
    return _("Person %(number)d, who told it on %(day)s") % told
