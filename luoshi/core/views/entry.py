"""Signing in and out, and whether the server is well."""

from django import forms
from django.contrib.auth import login, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.access import open_to_all
from luoshi.core.models import User
from luoshi.core.sign_in import try_sign_in


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let staff in; residents never need to."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = try_sign_in(**form.cleaned_data)
        if attempt.user is not None:
            login(request, attempt.user)
            return _onwards(request, attempt.user)
        form.add_error(None, _failure_text(attempt.tries_left))
    return render(
        request,
        "core/sign_in.html",
        {"form": form, "next": request.GET.get("next", "")},
        status=422 if form.errors else 200,
    )


def _failure_text(left: int) -> str:
    if left == 0:
        return _("Too many wrong tries. Wait 15 minutes or ask the administrator.")
    return ngettext(
        "User name or password is wrong. %(count)d try is left.",
        "User name or password is wrong. %(count)d tries are left.",
        left,
    ) % {"count": left}


def _onwards(request: HttpRequest, user: User) -> HttpResponseRedirect:
    """Go to the page asked for, never to another host."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return HttpResponseRedirect(target)
    if user.person is None:
        return redirect("/")
    return redirect("work:today", town=user.person.town.code)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("core:sign-in")


@open_to_all
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that the server and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
