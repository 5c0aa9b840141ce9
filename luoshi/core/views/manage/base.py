"""What the administrator's pages do the same way."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from luoshi.core.refusals import Refusal


def page(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    title: Promise | str,
    **more: Any,
) -> HttpResponse:
    """Show a page of the administrator's with its form."""
    context = {"form": form, "title": title, **more}
    status = 422 if form.errors else 200
    return render(request, f"{template}.html", context, status=status)


def done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Act on a valid form; a refusal becomes the form's error."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
    except ValidationError as error:
        form.add_error(None, error)
    return None
