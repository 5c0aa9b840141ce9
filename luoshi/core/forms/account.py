"""What is asked of somebody who signs in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.ui.sources import asked


class SignInForm(forms.Form):
    """Name and password."""

    sources = asked("username", "password")

    username = forms.CharField(
        label=_("User name"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The six digits."""

    sources = asked("code")

    code = forms.CharField(
        label=_("The six digits on your phone"),
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "short",
            }
        ),
    )


class PasswordForm(forms.Form):
    """The old password and a new one."""

    sources = asked("old", "new")

    old = forms.CharField(
        label=_("The password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("The new password"),
        help_text=_("At least 8 characters, not only digits, not a common word."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
