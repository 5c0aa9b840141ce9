"""The addresses of consultations: who may open each, and one that is open."""

from importlib import import_module

from django.apps import apps

# Who works with consultations, who prepares them, and who types sheets in.
ASK_SEE = {
    *("dispatcher", "handler", "colleague", "water", "inspector", "leader"),
    *("releaser", "administrator"),
}
ASK_PREPARE = {"dispatcher", "handler", "colleague", "water", "leader"}
ASK_ENTER = {"dispatcher", "handler", "colleague", "water"}
ASKED = {
    "consultations-manage:tracks": {"administrator"},
    "consultations-manage:track": {"administrator"},
    "consultations-manage:restore": set(),
    "asked:list": "anybody",
    "asked:one": "anybody",
    "asked:answer": "anybody",
    "asked:say": "anybody",
    "asked:mine": "anybody",
    "asked:change": set(),
    "asked:withdraw": set(),
    "asked:results": "anybody",
    "asked:habits": "anybody",
    "asked:lived": "anybody",
    "posted:poster": "anybody",
    "consultations:list": ASK_SEE,
    "consultations:new": ASK_PREPARE,
    "consultations:one": ASK_SEE,
    # Only before it is open.
    "consultations:asked": set(),
    "consultations:draft": set(),
    "consultations:way": set(),
    "consultations:open": set(),
    "consultations:link": set(),
    "consultations:unlink": set(),
    "consultations:again": set(),
    "consultations:poster": ASK_SEE,
    "consultations:statements": ASK_SEE,
    "consultations:say": set(),
    "consultations:decide": set(),
    "consultations:sheets": ASK_SEE,
    "consultations:sheet": ASK_ENTER,
    "consultations:drop": set(),
    "consultations:sheet-habits": ASK_ENTER,
    "consultations:blank": ASK_SEE,
    # Only before it is open.
    "consultations:questionnaire": set(),
    "consultations:means": ASK_SEE,
    "consultations:costs": set(),
    "consultations:heard": ASK_SEE,
    "consultations:heard-sheet": ASK_SEE,
    "consultations:closing": ASK_SEE,
    "consultations:answer": set(),
    "consultations:step": set(),
    "consultations:trial": set(),
    "consultations:look": set(),
    "consultations:close": set(),
    "consultations:publish": set(),
    "consultations:stop": set(),
}


def known_of(place):
    """Return how the parts of its addresses are filled in, of one that is open."""
    # By name, for cases know nothing of the layers above.
    model = apps.get_model("consultations", "Consultation")
    asked = model.objects.first()
    if asked is None:
        asked = import_module("luoshi.consultations.tests.play").opened(place)
    return {
        "number": asked.number,
        "code": asked.code,
        "sheet": 1,
        "statement_id": asked.statements.first().pk,
        "what": "publish",
        "link_id": 1,
        "step_id": asked.steps.first().pk,
        "trial_id": 1,
    }
