"""Signing in and out, and whether the server is well."""

import io

import segno
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luoshi.core import second_factor
from luoshi.core.access import open_to_all
from luoshi.core.actions import (
    change_password,
    enrol_second_factor,
    pass_second_factor,
)
from luoshi.core.forms.account import CodeForm, PasswordForm, SignInForm
from luoshi.core.models import User
from luoshi.core.refusals import Refusal
from luoshi.core.sign_in import find_account, try_sign_in

PENDING = "signing-in"


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let staff in; residents never need to."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = try_sign_in(**form.cleaned_data)
        if attempt.user is not None:
            return _let_in(request, attempt.user)
        form.add_error(None, _failure_text(attempt.tries_left))
    context = {"form": form, "next": request.GET.get("next", "")}
    status = 422 if form.errors else 200
    return render(request, "core/sign_in.html", context, status=status)


def _failure_text(left: int) -> str:
    if left == 0:
        return _("Too many wrong tries. Wait 15 minutes or ask the administrator.")
    return ngettext(
        "User name or password is wrong. %(count)d try is left.",
        "User name or password is wrong. %(count)d tries are left.",
        left,
    ) % {"count": left}


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in, or ask for the second factor first."""
    target = request.POST.get("next", "")
    if not second_factor.is_needed(user):
        login(request, user)
        return _onwards(request, user, target)
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "next": target,
        "secret": second_factor.seal_secret(user, second_factor.fresh_secret()).hex(),
    }
    return redirect("core:code" if user.totp_secret else "core:enrol")


def _pending(request: HttpRequest) -> User:
    """Return who has given the password and not yet the code."""
    kept = request.session.get(PENDING)
    user = find_account(kept["user"]) if kept else None
    if user is None:
        raise Http404
    return user


def _finish(request: HttpRequest, user: User) -> HttpResponse:
    target = request.session.pop(PENDING)["next"]
    login(request, user)
    return _onwards(request, user, target)


@open_to_all
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the six digits."""
    user = _pending(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if user.totp_secret and pass_second_factor(
            user.pk,
            code=form.cleaned_data["code"],
            at_s=second_factor.wall_clock_s(),
        ):
            return _finish(request, user)
        form.add_error("code", _("These are not the digits. Wait for the next ones."))
    status = 422 if form.errors else 200
    return render(request, "core/code.html", {"form": form}, status=status)


def _offered(request: HttpRequest, user: User) -> bytes:
    """Return the secret that is offered to a phone in this session."""
    user.totp_secret = bytes.fromhex(request.session[PENDING]["secret"])
    return second_factor.open_secret(user)


@open_to_all
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: scan once, prove it by a first code."""
    user = _pending(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if enrol_second_factor(
            user.pk,
            secret=_offered(request, user),
            code=form.cleaned_data["code"],
            at_s=second_factor.wall_clock_s(),
        ):
            return _finish(request, user)
        form.add_error("code", _("These are not the digits. Wait for the next ones."))
    status = 422 if form.errors else 200
    return render(request, "core/enrol.html", {"form": form}, status=status)


@open_to_all
@require_safe
def enrol_picture(request: HttpRequest) -> HttpResponse:
    """Draw the code that a phone scans, for who has given the password only."""
    user = _pending(request)
    if user.totp_secret is not None:
        raise Http404
    address = second_factor.address_of(_offered(request, user), user.username, "落实")
    out = io.BytesIO()
    segno.make(address).save(out, kind="svg", scale=5, border=2)
    response = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    return response


def _onwards(
    request: HttpRequest, user: User, target: str = ""
) -> HttpResponseRedirect:
    """Go to the page asked for, never to another host."""
    if user.must_change_password:
        return redirect("core:password")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return HttpResponseRedirect(target)
    if user.person is None:
        return redirect("portal:towns")
    return redirect("work:today", town=user.person.town.code)


@open_to_all
def password(request: HttpRequest) -> HttpResponse:
    """Let somebody who is signed in change the password."""
    user = request.user
    if not isinstance(user, User):
        return redirect("core:sign-in")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = change_password(user.pk, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("old", refusal.sentence)
        except ValidationError as error:
            form.add_error("new", error)
        else:
            login(request, fresh)
            return _onwards(request, fresh)
    status = 422 if form.errors else 200
    return render(request, "core/password.html", {"form": form}, status=status)


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
