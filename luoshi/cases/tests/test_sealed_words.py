"""Every field of text of the project is emptied by a seal, or named with a reason."""

from django.apps import apps
from django.db import models

from luoshi.cases.actions import open_sealed
from luoshi.cases.sealed_words import WORDS
from luoshi.cases.tests.sealed_play import in_every_table, rows_with, sealed, told
from luoshi.cases.tests.sealed_play import worked_on as worked
from luoshi.commitments.queries.approvals import ids_waiting_for, words_asked_of
from luoshi.conftest import PEOPLE

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)

# Models no row of which is about a matter: the town, its people, its lists and rules.
NOT_OF_A_MATTER = {
    *("core.Town", "core.Counter", "core.DayOverride", "core.Village"),
    *("core.VillageGroup", "core.Organisation", "core.Person", "core.Post"),
    *("core.User", "core.HandoverPair", "core.TrailSeal", "core.VillageMerge"),
    "core.NamedPlace",
    *("archive.TermRule", "archive.Package", "topics.Run"),
    *("commitments.Category", "commitments.DutyItem", "commitments.Emergency"),
    *("cases.SavedView", "cases.ReplyTemplate", "cases.MonthFigures"),
    "cases.RoutingRun",
    # A facility stands in the open; what is wrong with it is said in its case.
    "upkeep.VillageOutline",
    *("upkeep.AssetKind", "upkeep.RoundRule", "upkeep.Asset", "upkeep.Responsible"),
    # A plan is of facilities; what its jobs say is said in their cases.
    *("upkeep.KindCare", "upkeep.UpkeepPlan", "upkeep.PlannedWork", "upkeep.Job"),
    "upkeep.Payment",
    *("cases.MainSystem", "cases.CityFigure", "commitments.Shift"),
    *("consultations.Consultation", "consultations.StepDone", "consultations.Trial"),
    *("consultations.Questionnaire", "consultations.Question", "consultations.Option"),
    *("consultations.Reply", "consultations.Choice", "consultations.HouseholdCost"),
    *("consultations.Statement", "consultations.Voter", "consultations.Answer"),
    # A project is the town's own; what stands behind it lies with its matters.
    *("projects.Cycle", "projects.Stage", "projects.Project", "projects.Source"),
    *("projects.Check", "projects.Supporter", "projects.PaperSupport"),
    *("projects.VillageVote", "projects.Election", "projects.Candidate"),
    *("projects.Booth", "projects.Code", "projects.Ballot", "projects.CastBallot"),
    *("projects.PaperSheet", "projects.Result", "projects.Decision"),
    *("projects.DecisionLine", "projects.Money", "projects.Change"),
    *("projects.Recheck", "projects.Word", "projects.Kept"),
    *("projects.Figure", "projects.LabelRelease", "projects.Venture"),
    "projects.Earlier",
    *("projects.VentureYear", "projects.VentureWord", "projects.VentureHolder"),
    *("consultations.MapKept", "consultations.Brought"),
    *("alerts.Alert", "alerts.GroupNotice", "alerts.Household", "alerts.Shelter"),
}
# Fields of what is about a matter that a seal leaves, each with the reason.
LEFT = {
    "core.StoredFile.stored_name": "changed when the file is encrypted, by chance",
    "core.StoredFile.thumbnail_name": "changed when the file is encrypted, by chance",
    "core.StoredFile.shown_name": "emptied by _hide_files",
    "core.StoredFile.words": "emptied by _hide_files, and filled again by its vault",
    "core.StoredFile.content_type": "a fixed word",
    "core.StoredFile.owner_kind": "a model's name",
    "core.StoredFile.purpose": "a fixed word",
    "core.Notice.code": "the row is deleted",
    "core.Notice.address": "encrypted, and the row is deleted",
    "core.Notice.subject_kind": "the row is deleted",
    "core.Notice.data": "the row is deleted",
    "core.Notice.last_error": "the row is deleted",
    "core.SearchRow.kind": "the row is deleted",
    "core.SearchRow.visibility": "the row is deleted",
    "core.TrailEntry.code": "a code",
    "core.TrailEntry.subject_kind": "a model's name",
    "core.TrailEntry.data": "numbers, days, names of offices and staff; never words",
    "core.TrailEntry.content_digest": "a salted digest",
    "core.TrailContent.salt": "chance",
    "core.TrailContent.ciphertext": "encrypted",
    "archive.Entry.number": "the number alone tells nothing",
    "archive.Entry.pdf_digest": "a digest of a file",
    "archive.Entry.xml_digest": "a digest of a file",
    "commitments.Commitment.number": "the number alone tells nothing",
    "commitments.Commitment.outside_system": "a system's name",
    "commitments.Commitment.satisfied": "a fixed word",
    "commitments.Merge.before": "states and rows' ids",
    "commitments.Led.position": "a leader's post",
    "cases.Case.number": "the number alone tells nothing",
    "cases.Case.form_token": "chance, or a digest",
    "cases.Order.number": "by it the order is known again, so that it is not doubled",
    "cases.Order.urgency": "a word of the other system's list",
    "cases.Order.judged_by": "a keyed digest",
    "cases.Order.repeats": "a number",
    "cases.Order.contact_digest": "a keyed digest",
    "cases.Reporter.name": "encrypted",
    "cases.Reporter.phone": "encrypted",
    "cases.Reporter.phone_hash": "a keyed digest",
    "cases.Reporter.helper": "encrypted",
    "cases.Reporter.code": "encrypted",
    "cases.Reporter.code_hash": "a keyed digest",
    "cases.SealedMatter.vault": "encrypted: it is the seal itself",
    "cases.SealedWord.text": "encrypted: said under the seal",
    "papers.Paper.number": "numbered by year; what it says is emptied",
    "papers.Paper.code": "chance",
    "papers.Paper.form_token": "chance",
    "papers.PaperScan.digest": "a digest of a file",
    "topics.Topic.weeks": "numbers of people",
    "pledges.Proposal.session": "printed by the congress, and its number",
    "pledges.Proposal.number": "printed by the congress",
}


def _texts():
    """Yield every field of the project that can hold words somebody typed."""
    for model in apps.get_models():
        if not model.__module__.startswith("luoshi."):
            continue
        if model._meta.label in NOT_OF_A_MATTER:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, TEXTS) and not field.choices:
                yield f"{model._meta.label}.{field.name}"


def test_every_field_of_text_is_emptied_or_left_for_a_reason():
    emptied = {
        f"{one.model._meta.label}.{name}" for one in WORDS for name in one.fields
    }
    every = set(_texts())
    missing = every - emptied - LEFT.keys()
    assert not missing, f"Name these in WORDS, or say why a seal leaves them: {missing}"
    assert LEFT.keys() <= every - emptied
    known = {model._meta.label for model in apps.get_models()}
    assert known >= NOT_OF_A_MATTER


def _stands(label, pk, name):
    return getattr(apps.get_model(label)._base_manager.get(pk=pk), name)


def test_each_field_is_emptied_by_a_seal_and_filled_again(place):
    receipt = told(place)
    case = worked(place, receipt)
    filled = in_every_table(place, case)
    here = {label for label, _pk, _name in filled}
    # What the layers above keep is tried by their own tests.
    ours = ("commitments.", "cases.", "papers.")
    wanted = {one.label for one in WORDS if one.fields}
    assert here == {label for label in wanted if label.startswith(ours)}
    assert len(rows_with("玛瑙")) >= len(here)
    matter = sealed(place, receipt)
    assert rows_with("玛瑙") == []
    open_sealed(matter.pk, actor=place.staff("discipline"))
    for (label, pk, name), word in filled.items():
        if label == "cases.publication":
            # Taken off by the sealing, and not published again by itself.
            continue
        held = _stands(label, pk, name)
        told_again = held["words"] if name == "plan" else held
        assert told_again == word, (label, name)


def test_a_word_that_was_waited_for_waits_no_more(place):
    receipt = told(place)
    case = worked(place, receipt)
    in_every_table(place, case)
    leader = place.staff("leader")
    page = f"/{place.town.code}/work/"
    assert [one.approval.commitment_id for one in words_asked_of(leader)] == [
        case.commitment_id
    ]
    assert ids_waiting_for(leader.person)
    sealed(place, receipt)
    assert words_asked_of(leader) == [] and ids_waiting_for(leader.person) == []
    for who in PEOPLE:
        answer = place.client(who).get(page, follow=True)
        assert case.number not in answer.content.decode(), who
