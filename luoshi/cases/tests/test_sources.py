"""What one screen knows no other asks: every form, on every page."""

import importlib
import pkgutil

import pytest
from django import forms
from django.test.utils import ContextList

import luoshi
from luoshi.cases.tests.test_main_job import dispatched, handed_in
from luoshi.cases.tests.walk import ANYBODY, WALK, address
from luoshi.cases.views.staff.steps import STEPS
from luoshi.conftest import PEOPLE
from luoshi.ui.sources import asked, derived, faults_of, source_of, trap


def every_form():
    """Return each form class of the project."""
    for found in pkgutil.walk_packages(luoshi.__path__, "luoshi."):
        if ".tests" not in found.name and ".migrations" not in found.name:
            importlib.import_module(found.name)
    waiting, known = [forms.BaseForm], set()
    while waiting:
        for one in waiting.pop().__subclasses__():
            if one not in known:
                known.add(one)
                waiting.append(one)
    ours = [
        one
        for one in known
        if one.__module__.startswith("luoshi.") and ".tests." not in one.__module__
    ]
    return sorted(ours, key=lambda one: (one.__module__, one.__name__))


def forms_on(answer):
    """Return the forms that a page was made from."""
    contexts = answer.context or []
    for context in contexts if isinstance(contexts, ContextList) else [contexts]:
        for layer in context.dicts if hasattr(context, "dicts") else [context]:
            for value in dict(layer).values():
                if isinstance(value, forms.BaseForm):
                    yield value


def test_every_field_of_every_form_says_where_it_comes_from():
    classes = every_form()
    assert len(classes) > 70
    missing = [
        f"{one.__module__}.{one.__name__}.{name}"
        for one in classes
        for name in one.base_fields
        if source_of(one, name) is None
    ]
    assert missing == []


class Bad(forms.Form):
    """A form with every fault."""

    sources = asked("told", "more-*") | derived(known="core.Town.name") | trap("bait")

    told = forms.CharField()
    known = forms.CharField()
    bait = forms.CharField()
    new = forms.CharField()


class Worse(Bad):
    """What a form's bases say counts for it too."""

    sources = asked("new")


def test_a_field_without_a_source_and_one_that_is_known_are_found():
    assert [fault.split(": ")[0].rsplit(".", 1)[1] for fault in faults_of(Bad())] == [
        "known",
        "new",
    ]
    assert list(faults_of(Bad(initial={"known": "青禾镇"}))) != []
    assert list(faults_of(Worse(initial={"known": "青禾镇"}))) == []
    hidden = Worse()
    hidden.fields["known"].widget = forms.HiddenInput()
    assert list(faults_of(hidden)) == []
    hidden.fields["more-1"] = forms.CharField()
    assert list(faults_of(hidden)) == []
    # What was typed is judged by the form's own rules.
    assert list(faults_of(Worse({"known": ""}))) == []


def test_no_page_asks_for_what_is_known(place):
    case = dispatched(place).case
    seen, faults = set(), []
    for name, who in WALK.items():
        allowed = [
            one for one in PEOPLE if who == ANYBODY or one in who or who == "staff"
        ]
        for one in allowed[:2]:
            answer = place.client(one).get(address(name, place, case))
            for form in forms_on(answer):
                seen.add(type(form))
                faults += faults_of(form)
    assert faults == []
    assert len(seen) > 25


@pytest.mark.parametrize("stage", [dispatched, handed_in])
def test_no_step_asks_for_what_is_known(place, stage):
    case = stage(place).case
    base, seen = f"/{place.town.code}/work/case/{case.number}/do", 0
    for who in ("dispatcher", "handler", "inspector", "leader"):
        client = place.client(who)
        for name in STEPS:
            answer = client.get(f"{base}/{name}/")
            for form in forms_on(answer) if answer.status_code == 200 else ():
                seen += 1
                assert list(faults_of(form)) == []
    assert seen > 4
