"""What needs years: the list, one page each, its beginning and its yearly word."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.core.access import open_to_all, staff_only
from luoshi.core.requests import StaffRequest, TownRequest
from luoshi.core.trail import entries_of, sentence_of
from luoshi.core.views.manage.base import done
from luoshi.projects import queries, rules, ventures
from luoshi.projects.access import open_venture
from luoshi.projects.actions.ventures import begin_venture, say_word
from luoshi.projects.forms.ventures import BeginningForm, WordForm


@staff_only(*rules.SEE)
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Show what needs years, what owes a word first."""
    context = {
        "sights": ventures.listed(request.town),
        "may_begin": rules.may_begin_venture(request.staff),
    }
    return render(request, "projects/ventures.html", context)


@open_to_all
@require_safe
def public_list(request: TownRequest) -> HttpResponse:
    """Show everybody what the town lets grow."""
    context = {"sights": ventures.listed(request.town)}
    return render(request, "projects/public_ventures.html", context)


@staff_only(*rules.SEE)
@require_safe
def venture(request: StaffRequest, number: int) -> HttpResponse:
    """Show one with its plan, its words and who answered for it."""
    found = open_venture(request.town, number)
    context = {
        "sight": ventures.full(found),
        "may_say": rules.may_say_word(request.staff, found)
        and bool(ventures.years_without_word(found)),
        "trail": [(one, sentence_of(one)) for one in entries_of(found)],
    }
    return render(request, "projects/venture.html", context)


@open_to_all
@require_safe
def public(request: TownRequest, number: int) -> HttpResponse:
    """Show everybody one of them."""
    sight = ventures.full(open_venture(request.town, number))
    return render(request, "projects/public_venture.html", {"sight": sight})


@staff_only(*rules.BEGIN_VENTURE)
def begin(request: StaffRequest) -> HttpResponse:
    """Begin something that needs years."""
    form = BeginningForm(
        request.POST or None,
        villages=queries.villages_of(request.town),
        leaders=ventures.leaders_of(request.town),
        initial=ventures.usual_years() | {"leader": request.staff.person.pk},
    )
    if request.method == "POST":
        fresh = done(form, lambda: begin_venture(form.beginning(), actor=request.staff))
        if fresh:
            return redirect(
                "projects:venture", town=request.town.code, number=fresh.number
            )
    status = 422 if form.errors else 200
    return render(request, "projects/begin_venture.html", {"form": form}, status=status)


@staff_only(*rules.BEGIN_VENTURE)
def word(request: StaffRequest, number: int) -> HttpResponse:
    """Write down whether it goes on this year, and why."""
    found = open_venture(request.town, number)
    years = ventures.years_without_word(found)
    form = WordForm(request.POST or None, years=years)
    if request.method == "POST" and done(
        form, lambda: say_word(found.pk, form.word(), actor=request.staff)
    ):
        return redirect("projects:venture", town=request.town.code, number=number)
    context = {"form": form, "venture": found, "years": years}
    status = 422 if form.errors else 200
    return render(request, "projects/venture_word.html", context, status=status)
