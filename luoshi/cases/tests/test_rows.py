"""The quick insert writes what the ORM would write."""

import pytest
from django.forms.models import model_to_dict

from luoshi.cases.models import Case, Reporter
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.commitments.models import Commitment, Hop
from luoshi.core.models import SearchRow, TrailEntry
from luoshi.core.rows import insert_row


@pytest.mark.parametrize(
    "model", [Commitment, Hop, Case, Reporter, SearchRow, TrailEntry]
)
def test_a_row_reads_back_as_it_was_given(place, model):
    dispatched(place)
    given = model.objects.earliest("pk")
    told = {
        field.attname: getattr(given, field.attname)
        for field in model._meta.local_concrete_fields
        if not field.primary_key and field.name != "uid"
    }
    changed = {"number": "QI-9", "code_hash": "x", "object_id": 999, "form_token": "t"}
    told |= {name: value for name, value in changed.items() if name in told}
    if model is Hop:
        told["until"] = told["since"]
    row = insert_row(model(**told))
    read = model.objects.get(pk=row.pk)
    for name, value in told.items():
        got = getattr(read, name)
        assert (bytes(got) if isinstance(got, memoryview) else got) == (
            bytes(value) if isinstance(value, memoryview) else value
        )
    assert not row._state.adding


def test_the_row_can_be_saved_again_as_a_change(place):
    case = dispatched(place).case
    case.subject = "改过"
    case.save(update_fields=["subject"])
    assert model_to_dict(Case.objects.get(pk=case.pk))["subject"] == "改过"
