"""The yearly archive: numbered without gaps, whole, restartable, kept from erasing."""

import hashlib
import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pypdfium2
import pytest
import xmlschema
from django.utils.translation import override

from luoshi.archive import actions
from luoshi.archive.making import package as making
from luoshi.archive.making.folder import zip_of
from luoshi.archive.making.pdf import pages_in
from luoshi.archive.making.xml import SCHEMA
from luoshi.archive.models import Appraisal, Entry, Package, Term
from luoshi.archive.queries import archivable_by, due_entries, years_waiting
from luoshi.cases.actions import (
    erase_case,
    erase_contacts,
    open_sealed,
    receive_case,
)
from luoshi.cases.actions.sealing import seal_case
from luoshi.cases.models import Case
from luoshi.cases.tests.sealed_play import rows_with
from luoshi.cases.tests.test_ledger import photo
from luoshi.commitments.models import Commitment
from luoshi.core.actors import RESIDENT, SCHEDULER
from luoshi.core.clock import at
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of

YEAR = 2025


def closed(place, text="路灯不亮", on="2025-11-03 10:00", **more):
    """Return a case that was told and closed on a day."""
    told = {"channel": "web", "village": place.village, "actor": RESIDENT} | more
    case = receive_case(town=place.town, text=text, **told).case
    with at(on) as clock:
        Commitment.objects.filter(pk=case.commitment_id).update(
            state="closed", ending="solved", closed_at=clock.moment
        )
    return case


def begin(place, who="archivist", year=YEAR, terms=("permanent", "30", "10")):
    return actions.begin_package(year=year, terms=list(terms), actor=place.staff(who))


def make(place, package):
    with override("zh-hans"):
        return making.make_package(package.pk, actor=place.staff("archivist"))


def members(package):
    with zipfile.ZipFile(zip_of(package)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def one_with(found, ending):
    return next(body for name, body in found.items() if name.endswith(ending))


def test_only_who_keeps_the_archive_makes_and_fetches_it(place):
    case = closed(place, phone="13800001111", name="王建国", answer="sms")
    for who in ("administrator", "leader", "dispatcher"):
        assert not archivable_by(place.staff(who), YEAR).exists()
        with pytest.raises(NotAllowed):
            begin(place, who=who)
    assert [one.total for one in years_waiting(place.staff("archivist"))] == [0, 1]
    package = begin(place)
    make(place, package)
    url = f"/{place.town.code}/work/archive/package/{package.pk}/"
    for who in ("administrator", "leader", "dispatcher"):
        assert place.client(who).post(f"{url}file/").status_code == 403
        with pytest.raises(NotAllowed):
            actions.fetch_package(package.pk, actor=place.staff(who))
    assert not TrailEntry.objects.filter(code="archive.fetched").exists()
    answer = place.client("archivist").post(f"{url}file/")
    content = b"".join(answer.streaming_content)
    package.refresh_from_db()
    assert hashlib.sha256(content).hexdigest() == package.digest
    assert len(content) == package.size
    fetched = TrailEntry.objects.get(code="archive.fetched")
    assert fetched.person == place.staff("archivist").person
    assert entries_of(case.commitment)[0].code == "archive.put_in"
    assert case.commitment.title in place.client("archivist").get(url).content.decode()


def test_a_package_is_whole_by_its_own_digests_and_schema(place):
    case = closed(
        place,
        "村口三盏路灯不亮𠮷\x0b晚上看不见 #panic(1) *不*",
        phone="13800001111",
        name="王㐂",
        answer="sms",
        uploads=[photo()],
    )
    package = make(place, begin(place))
    found = members(package)
    sums = dict(
        reversed(line.split("  ", 1))
        for line in found.pop("SHA256SUMS.txt").decode().splitlines()
    )
    assert sums == {
        name: hashlib.sha256(body).hexdigest() for name, body in found.items()
    }
    entry = Entry.objects.get()
    assert entry.number == f"{place.town.prefix}-WS·2025-D30-0001"
    pdf, xml = one_with(found, ".pdf"), one_with(found, ".xml")
    assert entry.pdf_digest == hashlib.sha256(pdf).hexdigest()
    assert entry.xml_digest == hashlib.sha256(xml).hexdigest()
    schema = xmlschema.XMLSchema(SCHEMA)
    told = schema.to_dict(io.BytesIO(xml))
    assert told["case"][0]["words"] == "村口三盏路灯不亮𠮷晚上看不见 #panic(1) *不*"
    assert told["case"][0]["person"][0]["telephone"] == "13800001111"
    [file] = told["files"]["file"]
    body = found[f"D30/{file['@path']}"]
    assert file["@sha256"] == hashlib.sha256(body).hexdigest()
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for word in (
        "王㐂",
        "13800001111",
        "村口三盏路灯不亮𠮷",
        "#panic(1) *不*",
        case.number,
    ):
        assert word in text
    assert entry.pdf_a and b"pdfaid" in pdf
    sheet = openpyxl.load_workbook(io.BytesIO(found["归档文件目录.xlsx"])).active
    head, row = list(sheet.iter_rows(values_only=True))
    assert head[:4] == ("序号", "档号", "年度", "保管期限")
    assert row[:4] == (1, entry.number, 2025, "30年")
    assert row[4:7] == (case.commitment.title, "2025-11-03", entry.pages)


def test_numbers_go_on_without_gaps_term_by_term(place):
    actor = place.staff("archivist")
    for text in ("一", "二", "三"):
        closed(place, text)
    for_good, _second, _third = archivable_by(actor, YEAR).order_by("pk")
    with pytest.raises(Refusal):
        actions.choose_term(for_good.pk, term=Term.PERMANENT, reason=" ", actor=actor)
    actions.choose_term(
        for_good.pk, term=Term.PERMANENT, reason="有领导批示", actor=actor
    )
    assert entries_of(for_good)[0].code == "archive.term_chosen"
    first = begin(place, terms=["30"])
    make(place, first)
    closed(place, "四")
    make(place, begin(place))
    numbers = list(Entry.objects.order_by("pk").values_list("term", "serial"))
    assert numbers == [("30", 1), ("30", 2), ("permanent", 1), ("30", 3)]
    assert Entry.objects.get(term="permanent").due_on is None
    assert set(Entry.objects.filter(term="30").values_list("due_on", flat=True)) == {
        date(2056, 1, 1)
    }
    with pytest.raises(Refusal):
        begin(place)
    with pytest.raises(Refusal):
        actions.choose_term(for_good.pk, term=Term.TEN, reason="x", actor=actor)


def test_a_category_has_its_term_and_its_source(place):
    actor = place.staff("archivist")
    told = {"term": Term.TEN, "in_force_since": date(2026, 1, 1), "actor": actor}
    with pytest.raises(Refusal):
        actions.set_term_rule(category_id=place.category.pk, source=" ", **told)
    actions.set_term_rule(category_id=place.category.pk, source="镇表", **told)
    actions.set_term_rule(
        category_id=None, source="镇表", **(told | {"term": Term.PERMANENT})
    )
    case, other = closed(place), closed(place)
    Commitment.objects.filter(pk=case.commitment_id).update(category=place.category)
    terms = dict(archivable_by(actor, YEAR).values_list("pk", "term"))
    assert terms == {case.commitment_id: "10", other.commitment_id: "permanent"}


def test_the_year_is_that_of_china(place):
    case = closed(place, on="2024-12-31 23:59")
    other = closed(place, on="2025-01-01 00:01")
    actor = place.staff("archivist")
    years = [
        archivable_by(actor, year).values_list("pk", flat=True) for year in (2024, 2025)
    ]
    assert [list(one) for one in years] == [[case.commitment_id], [other.commitment_id]]


def test_a_year_that_runs_waits_and_what_is_done_again_is_put_away_again(place):
    case = closed(place)
    closed(place, "今年的", on="2026-02-02 10:00")
    with pytest.raises(Refusal) as refused:
        begin(place, year=2026)
    assert refused.value.code == "archive.year_runs"
    make(place, begin(place))
    with at("2027-01-04 09:00") as clock:
        # Done again since, and closed in the next year.
        Commitment.objects.filter(pk=case.commitment_id).update(
            closed_at=clock.moment - timedelta(days=60)
        )
        package = make(place, begin(place, year=2026))
    assert package.total == 2
    numbers = Entry.objects.filter(commitment=case.commitment_id).order_by("pk")
    assert [one.year for one in numbers] == [2025, 2026]


def test_what_is_sealed_is_in_no_package(place):
    kept, before, later = closed(place), closed(place, "甲"), closed(place, "乙说丙")
    seal_case(before.pk, kind="conduct", actor=place.staff("dispatcher"))
    package = begin(place)
    assert package.total == 2
    seal_case(later.pk, kind="conduct", actor=place.staff("dispatcher"))
    make(place, package)
    empty = Entry.objects.get(commitment=later.commitment_id)
    assert empty.left_out and not empty.pdf_digest
    whole = b"".join(members(package).values())
    assert "乙说丙".encode() not in whole
    actions.fetch_package(package.pk, actor=place.staff("archivist"))
    # Sealed once the file is there: the file is not given out any more.
    seal_case(kept.pk, kind="conduct", actor=place.staff("dispatcher"))
    with pytest.raises(Refusal):
        actions.fetch_package(package.pk, actor=place.staff("archivist"))
    actions.make_package_anew(package.pk, actor=place.staff("archivist"))
    make(place, package)
    assert not [name for name in members(package) if name.endswith(".pdf")]
    url = f"/{place.town.code}/work/archive/package/{package.pk}/"
    assert "路灯不亮" not in place.client("archivist").get(url).content.decode()


def test_reasons_of_the_archive_are_sealed_with_the_matter(place):
    case, actor = closed(place), place.staff("archivist")
    choice = {"term": Term.TEN, "reason": "琥珀十年", "actor": actor}
    actions.choose_term(case.commitment_id, **choice)
    make(place, begin(place))
    with at("2037-01-01 09:00"):
        actions.appraise_entry(
            Entry.objects.get().pk, keep=Term.TEN, reason="琥珀再留", actor=actor
        )
    assert rows_with("琥珀") != []
    matter = seal_case(case.pk, kind="conduct", actor=place.staff("dispatcher"))
    assert rows_with("琥珀") == []
    open_sealed(matter.pk, actor=place.staff("discipline"))
    case.commitment.refresh_from_db()
    assert case.commitment.term_choice.reason == "琥珀十年"
    assert Appraisal.objects.get().reason == "琥珀再留"


def test_a_stop_loses_one_file_and_going_on_makes_what_is_missing(
    place, clock, monkeypatch
):
    for text in ("一", "二", "三"):
        closed(place, text)
    package, real, seen = begin(place), making.told_of, []

    def breaks(entry):
        seen.append(entry.pk)
        if len(seen) == 2:
            raise OSError
        return real(entry)

    monkeypatch.setattr(making, "told_of", breaks)
    with pytest.raises(OSError):
        make(place, package)
    package.refresh_from_db()
    assert (package.state, package.fault) == ("broken", "OSError")
    assert Entry.objects.exclude(made_at=None).count() == 1
    make(place, package)
    assert seen[1:] == sorted({*seen} - {seen[0]})[:1] + sorted({*seen})[1:]
    assert len([name for name in members(package) if name.endswith(".xml")]) == 3
    assert make(place, package) is None, "it is whole"
    # Killed in the midst: only after a silence does another process take over.
    Package.objects.filter(pk=package.pk).update(state="making")
    assert make(place, package) is None
    clock.tick(timedelta(minutes=3))
    assert make(place, package).state == "whole"


def test_a_character_without_a_picture_costs_the_standard_not_the_file(place):
    closed(place, "看不见的字\U000f0000")
    package = make(place, begin(place))
    entry = Entry.objects.get()
    assert not entry.pdf_a and entry.pages == 1
    sheet = openpyxl.load_workbook(
        io.BytesIO(members(package)["归档文件目录.xlsx"])
    ).active
    assert "PDF/A" in list(sheet.iter_rows(values_only=True))[1][9]


def test_pages_are_counted_as_a_reader_counts_them(place):
    closed(place, "很长的话。" * 1900)
    package = make(place, begin(place))
    pdf = one_with(members(package), ".pdf")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == pages_in(pdf) == Entry.objects.get().pages > 2
    document.close()


def test_what_is_archived_is_not_erased_until_it_was_let_go(place, clock):
    case = closed(place, phone="13800001111", answer="sms")
    actor, dispatcher = place.staff("archivist"), place.staff("dispatcher")
    make(place, begin(place))
    for erase in (erase_case, erase_contacts):
        with pytest.raises(Refusal) as refused:
            erase(case.pk, reason="asked", actor=dispatcher)
        assert refused.value.code == "cases.kept_in_archive"
    assert Case.objects.get(pk=case.pk).text == "路灯不亮"
    entry = Entry.objects.get()
    decide = {"keep": None, "reason": "没有保管价值", "actor": actor}
    with pytest.raises(Refusal):
        actions.appraise_entry(entry.pk, **decide)
    assert due_entries(actor) == []
    with at("2056-01-01 09:00"):
        assert due_entries(actor) == [entry]
        assert due_entries(place.staff("administrator")) == []
        with pytest.raises(NotAllowed):
            actions.appraise_entry(
                entry.pk, **(decide | {"actor": place.staff("administrator")})
            )
        actions.appraise_entry(entry.pk, **(decide | {"keep": Term.TEN}))
        entry.refresh_from_db()
        assert entry.due_on == date(2066, 1, 1)
        with pytest.raises(Refusal):
            erase_case(case.pk, reason="asked", actor=dispatcher)
    with at("2066-02-01 09:00"):
        actions.appraise_entry(entry.pk, **decide)
        assert entries_of(case.commitment)[0].code == "archive.let_go"
        erase_case(case.pk, reason="asked", actor=dispatcher)
    assert Case.objects.get(pk=case.pk).text == ""
    outcomes = Appraisal.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["keep", "let_go"]


def test_the_file_goes_after_a_week_and_can_be_made_anew(
    place, clock, django_capture_on_commit_callbacks
):
    closed(place)
    package = make(place, begin(place))
    clock.tick(timedelta(days=6))
    assert actions.remove_old_files() == 0
    clock.tick(timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remove_old_files() == 1
    assert not zip_of(package).exists()
    with pytest.raises(Refusal):
        actions.fetch_package(package.pk, actor=place.staff("archivist"))
    removed = TrailEntry.objects.get(code="archive.removed")
    assert removed.actor_kind == SCHEDULER.kind
    number = Entry.objects.get().number
    actions.make_package_anew(package.pk, actor=place.staff("archivist"))
    make(place, package)
    assert Entry.objects.get().number == number
    assert TrailEntry.objects.filter(code="archive.put_in").count() == 1
    assert oct(zip_of(package).stat().st_mode)[-3:] == "600"


def test_the_pages_lead_from_what_waits_to_what_was_decided(place, monkeypatch):
    case = closed(place)
    started = []
    monkeypatch.setattr(
        "luoshi.archive.views.packages.start_making",
        lambda package, person: started.append(package.pk),
    )
    base, client = f"/{place.town.code}/work/archive", place.client("archivist")
    page = client.get(f"{base}/waiting/2025/").content.decode()
    assert case.commitment.title in page
    url = f"{base}/term/{case.commitment.number}/"
    assert client.post(url, {"term": "10", "reason": ""}).status_code == 422
    assert client.post(url, {"term": "10", "reason": "小事"}).status_code == 302
    told = {"category": "", "term": "30", "source": "", "in_force_since": "2026-01-01"}
    assert client.post(f"{base}/terms/", told).status_code == 422
    assert client.post(f"{base}/terms/", told | {"source": "镇表"}).status_code == 302
    assert client.post(f"{base}/begin/", {"year": 2025}).status_code == 422
    answer = client.post(f"{base}/begin/", {"year": 2025, "terms": ["10", "30"]})
    package = Package.objects.get()
    assert answer["Location"] == f"{base}/package/{package.pk}/"
    assert started == [package.pk]
    assert 'http-equiv="refresh"' in client.get(answer["Location"]).content.decode()
    make(place, package)
    page = client.get(answer["Location"]).content.decode()
    assert 'http-equiv="refresh"' not in page and package.digest in page
    entry = Entry.objects.get()
    with at("2036-01-02 09:00"):
        url = f"{base}/appraise/{entry.pk}/"
        assert entry.number in client.get(f"{base}/appraise/").content.decode()
        told = {"keep": "let_go", "reason": "没有保管价值"}
        assert client.post(url, told | {"reason": ""}).status_code == 422
        assert client.post(url, told).status_code == 302
        assert client.get(url).status_code == 404
