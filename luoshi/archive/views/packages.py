"""The archive's packages: what waits, how far one is, the file."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.archive import actions, queries
from luoshi.archive.access import open_package
from luoshi.archive.forms import BeginForm
from luoshi.archive.making.jobs import start_making
from luoshi.archive.models import Term
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ARCHIVIST
from luoshi.core.views.manage.base import done


def _home(request: StaffRequest, form: BeginForm) -> HttpResponse:
    context = {
        "form": form,
        "years": queries.years_waiting(request.staff),
        "packages": queries.packages_of(request.staff)[:50],
        "due": queries.waiting_appraisal(request.staff).count(),
    }
    status = 422 if form.errors else 200
    return render(request, "archive/home.html", context, status=status)


@staff_only(ARCHIVIST)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show what waits of each year, and the packages."""
    return _home(request, BeginForm())


@staff_only(ARCHIVIST)
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Number a year's matters, and begin to make their package."""
    form = BeginForm(request.POST)
    made = done(
        form, lambda: actions.begin_package(**form.cleaned_data, actor=request.staff)
    )
    if made is None:
        return _home(request, form)
    start_making(made, request.staff.person)
    return redirect("archive:package", town=request.town.code, package_id=made.pk)


@staff_only(ARCHIVIST)
@require_safe
def package(request: StaffRequest, package_id: int) -> HttpResponse:
    """Show how far a package is, its register, and who fetched it."""
    found = open_package(request.staff, package_id)
    after = request.GET.get("after", "")
    rows, more = queries.register_page(
        request.staff, found, int(after) if after.isdecimal() else 0
    )
    context = {
        "package": found,
        "progress": queries.progress_of(found),
        "terms": [Term(one).label for one in found.terms],
        "rows": rows,
        "more": more,
        "story": queries.story_of_package(found),
    }
    return render(request, "archive/package.html", context)


@staff_only(ARCHIVIST)
@require_POST
def go_on(request: StaffRequest, package_id: int) -> HttpResponse:
    """Make what is missing; a file that was there is made anew."""
    found = open_package(request.staff, package_id)
    if found.state in ("whole", "gone"):
        actions.make_package_anew(found.pk, actor=request.staff)
    start_making(found, request.staff.person)
    return redirect("archive:package", town=request.town.code, package_id=found.pk)


@staff_only(ARCHIVIST)
@require_POST
def fetch(request: StaffRequest, package_id: int) -> FileResponse:
    """Give the file; that it was fetched is written down."""
    found = open_package(request.staff, package_id)
    path = actions.fetch_package(found.pk, actor=request.staff)
    name = f"luoshi-archive-{request.town.code}-{found.year}-{found.pk}.zip"
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer
