"""Where notices go besides the in-app inbox."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core import actions
from luoshi.core.access import staff_only
from luoshi.core.clock import SHANGHAI, today
from luoshi.core.forms.manage import EmailForm, RobotForm
from luoshi.core.notices import digest_time
from luoshi.core.queries import own_mail
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done, page


@staff_only(ADMINISTRATOR)
def robot(request: StaffRequest) -> HttpResponse:
    """Ask for the group robot's address; the one that is set is never shown."""
    form = RobotForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.set_robot(actor=request.staff, **form.cleaned_data)
    ):
        messages.info(request, _("Changed."))
        return redirect("manage:robot", town=request.town.code)
    say = (
        _("A robot is set. A new address takes its place.")
        if request.town.robot
        else _(
            "A robot in 企业微信 or 钉钉 tells your group that there is news: "
            "number and name only. As its keyword take the town's name."
        )
    )
    title = gettext_lazy("Group robot")
    return page(request, "core/manage/form", form, title, say=say)


@staff_only()
def email(request: StaffRequest) -> HttpResponse:
    """Ask when one's own notices are mailed, and where to."""
    start = own_mail(request.staff.person)
    form = EmailForm(request.POST or None, initial=start)
    if request.method == "POST" and done(
        form, lambda: actions.set_own_email(actor=request.staff, **form.cleaned_data)
    ):
        messages.info(request, _("Changed."))
        return redirect("work:today", town=request.town.code)
    title = gettext_lazy("Notices by e-mail")
    at = digest_time(request.town, today()).astimezone(SHANGHAI)
    return page(
        request,
        "core/manage/own_mail",
        form,
        title,
        at=f"{at:%H:%M}",
        mail_ready=settings.MAIL_READY,
    )
