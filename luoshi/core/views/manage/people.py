"""People and posts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luoshi.core import actions, queries
from luoshi.core.access import staff_only
from luoshi.core.forms.manage import EndPostForm, PostForm
from luoshi.core.hooks import open_work
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR, role_labels
from luoshi.core.views.manage.base import done, page


@staff_only(ADMINISTRATOR)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """List who holds which post."""
    labels = role_labels()
    rows = [
        (tenure, [labels.get(role, role) for role in tenure.post.roles])
        for tenure in queries.posts()
    ]
    given = request.session.pop("given", None)
    context = {"rows": rows, "given": given}
    return render(request, "core/manage/people.html", context)


@staff_only(ADMINISTRATOR)
def add_post(request: StaffRequest) -> HttpResponse:
    """Give a post to somebody."""
    form = PostForm(
        request.POST or None, people=queries.people(), offices=queries.offices()
    )

    def act() -> Any:
        told = dict(form.cleaned_data)
        person, office = told.pop("person"), told.pop("organisation")
        return actions.give_post(
            person_id=person.pk if person else None,
            organisation_id=office.pk,
            actor=request.staff,
            **told,
        )

    given = done(form, act) if request.method == "POST" else None
    if given is None:
        return page(request, "core/manage/form", form, gettext_lazy("Give a post"))
    if given.password:
        request.session["given"] = [given.username, given.password]
    return redirect("manage:people", town=request.town.code)


@staff_only(ADMINISTRATOR)
def end_post(request: StaffRequest, tenure_id: int) -> HttpResponse:
    """End a post; open work goes to somebody else."""
    tenure = queries.post_held(tenure_id)
    if tenure is None:
        raise Http404
    form = EndPostForm(
        request.POST or None, people=queries.people().exclude(pk=tenure.person_id)
    )

    def act() -> Any:
        taker = form.cleaned_data["successor"]
        return actions.end_post(
            tenure_id, actor=request.staff, successor_id=taker.pk if taker else None
        )

    if request.method == "POST" and done(form, act):
        return redirect("manage:people", town=request.town.code)
    say = _("%(name)s, %(post)s. Open matters: %(count)d.") % {
        "name": tenure.person.name,
        "post": tenure.post.title,
        "count": open_work(tenure.person),
    }
    return page(
        request, "core/manage/form", form, gettext_lazy("End the post"), say=say
    )


@staff_only(ADMINISTRATOR)
@require_POST
def reset_password(request: StaffRequest, user_id: int) -> HttpResponse:
    """Give somebody a first password, shown once."""
    user = queries.account_of(user_id, request.town.pk)
    if user is None:
        raise Http404
    password = actions.reset_password(user.pk, actor=request.staff)
    request.session["given"] = [user.username, password]
    return redirect("manage:people", town=request.town.code)


@staff_only(ADMINISTRATOR)
@require_POST
def reset_factor(request: StaffRequest, user_id: int) -> HttpResponse:
    """Forget somebody's lost phone."""
    user = queries.account_of(user_id, request.town.pk)
    if user is None:
        raise Http404
    actions.reset_second_factor(user.pk, actor=request.staff)
    messages.info(request, _("At the next sign-in a new phone is set up."))
    return redirect("manage:people", town=request.town.code)
