"""The plate: a defect reported in two taps, with the place already known."""

import pytest

from luoshi.cases.models import Case
from luoshi.commitments import actions
from luoshi.commitments.models import Kind, State
from luoshi.conftest import Browser
from luoshi.core.clock import today
from luoshi.core.refusals import Refusal
from luoshi.upkeep.actions import Reported, fresh_token, report_defect, retire_asset
from luoshi.upkeep.models import Defect
from luoshi.upkeep.queries import Chosen, assets_for, public_page, village_page
from luoshi.upkeep.tests.play import add


def test_two_taps_and_the_place_is_known(place, lamp):
    browser = Browser()
    plate = browser.get(f"/q/s/{lamp.code.lower()}")
    assert plate.headers["Location"] == f"/qinghe/asset/{lamp.code}/"
    page = browser.get(f"/qinghe/asset/{lamp.code}/")
    assert "不亮" in page.content.decode()
    form = browser.get(f"/qinghe/asset/{lamp.code}/report/?fault=0").context["form"]
    told = {name: form.initial[name] for name in ("words", "token")}
    assert told["words"] == "不亮"
    sent = browser.post(f"/qinghe/asset/{lamp.code}/report/?fault=0", told)
    assert sent.headers["Location"] == "/qinghe/receipt/"
    case = Case.objects.get()
    assert (case.channel, case.village) == (Case.Channel.PLATE, place.village)
    assert case.subject == "村口路灯：不亮"
    assert case.commitment.kind == Kind.CASE
    defect = Defect.objects.get()
    assert (defect.asset, defect.case, defect.severity) == (lamp, case, "")
    assert browser.get("/qinghe/receipt/").status_code == 200
    # Sent twice by a shaky hand: one matter.
    browser.post(f"/qinghe/asset/{lamp.code}/report/?fault=0", told)
    assert Case.objects.count() == Defect.objects.count() == 1


def test_what_cannot_be_sent_is_said(place, lamp):
    browser = Browser()
    address = f"/qinghe/asset/{lamp.code}/report/"
    token = fresh_token()
    assert browser.post(address, {"token": token, "words": " "}).status_code == 422
    assert browser.post(address, {"token": "x", "words": "坏了"}).status_code == 422
    bad = {"token": token, "words": "坏了", "phone": "12"}
    assert browser.post(address, bad).status_code == 422
    with pytest.raises(Refusal):
        report_defect(lamp.pk, Reported("长" * 3000, token))
    assert not Case.objects.exists()
    assert browser.get(f"{address}?fault=99").status_code == 200
    assert browser.get(f"{address}?fault=x").status_code == 200
    assert browser.get("/qinghe/asset/00000000/").status_code == 404
    assert browser.get("/q/s/00000000").status_code == 302


def test_words_about_how_somebody_behaves_are_asked_about_first(place, lamp):
    browser = Browser()
    told = {"token": fresh_token(), "words": "村支书收了五百元红包才给修灯"}
    sent = browser.post(f"/qinghe/asset/{lamp.code}/report/", told)
    assert sent.headers["Location"] == "/qinghe/report/check/"
    assert not Case.objects.exists()
    page = browser.get("/qinghe/report/check/").content.decode()
    assert told["words"] in page and "村口路灯" in page


def asked_first(lamp, browser):
    """Tell at the plate what is asked about before it is sent."""
    told = {"token": fresh_token(), "danger": "on"}
    told["words"] = "村主任说没钱修，灯一直不亮，收了五百元红包也没修"
    browser.post(f"/qinghe/asset/{lamp.code}/report/", told)


def test_what_is_sent_after_the_asking_still_belongs_to_the_facility(place, lamp):
    browser = Browser()
    asked_first(lamp, browser)
    browser.post("/qinghe/report/check/", {"about": "matter"})
    [defect] = lamp.defects.all()
    case = defect.case
    assert (case.channel, case.commitment.urgent) == ("plate", True)
    assert defect.inspection is None


def test_a_sealed_matter_and_another_place_are_tied_to_nothing(place, lamp):
    browser = Browser()
    asked_first(lamp, browser)
    browser.post("/qinghe/report/check/", {"about": "conduct"})
    assert Case.with_sealed.count() == 1 and not Defect.objects.exists()
    browser = Browser()
    asked_first(lamp, browser)
    elsewhere = {"village": place.village.pk, "place": "学校门口"}
    browser.post("/qinghe/report/where/", elsewhere)
    browser.post("/qinghe/report/contact/", {"answer": "none"})
    browser.post("/qinghe/report/check/", {"about": "matter"})
    assert Case.objects.get().place == "学校门口"
    assert not Defect.objects.exists()


def test_a_machine_that_fills_everything_in_is_held_and_not_lost(place, lamp):
    told = {"token": fresh_token(), "words": "灯坏了", "website": "http://x"}
    Browser().post(f"/qinghe/asset/{lamp.code}/report/", told)
    assert Case.objects.get().held


def test_the_public_page_names_no_person_and_no_sealed_matter(place, lamp):
    receipt = report_defect(
        lamp.pk, Reported("不亮", fresh_token(), phone="13900002222")
    )
    page = Browser().get(f"/qinghe/asset/{lamp.code}/").content.decode()
    assert "13900002222" not in page and receipt.case.number not in page
    assert public_page(lamp).being_done == 1
    case = receipt.case
    case.visibility = case.commitment.visibility = "sealed"
    case.save(update_fields=["visibility"])
    case.commitment.save(update_fields=["visibility"])
    assert public_page(lamp).being_done == 0
    [row], _more = assets_for(place.staff("handler"), Chosen())
    assert row.open_defects == 0


def test_a_village_shows_its_facilities_and_what_is_being_mended(place, kinds):
    lamp = add(place, kinds["路灯"], "L-1", name="灯一")
    add(place, kinds["公厕"], "C-1", name="公厕一")
    gone = add(place, kinds["路灯"], "L-2", name="旧灯")
    retire_asset(gone.pk, why="拆了", actor=place.staff("handler"))
    report_defect(lamp.pk, Reported("不亮", fresh_token(), phone="13900002222"))
    browser, address = Browser(), f"/qinghe/asset/in/{place.village.pk}/"
    page = browser.get(address).content.decode()
    assert "灯一" in page and "公厕一" in page and "旧灯" not in page
    assert "有1件" in page and "13900002222" not in page
    lamps = browser.get(f"{address}?kind={kinds['路灯'].pk}").content.decode()
    assert "灯一" in lamps and "公厕一" not in lamps
    assert "灯一" in browser.get(f"{address}?kind=999999").content.decode()
    assert browser.get("/qinghe/asset/in/999999/").status_code == 404
    [found] = [row for row in village_page(place.village).rows if row.being_done]
    # It lies at the desk still: nobody promised a day.
    assert (found.asset, found.due) == (lamp, None)
    village = browser.get(f"/qinghe/village/{place.village.pk}/").content.decode()
    assert address in village


def test_what_was_mended_stands_at_the_facility(place, lamp):
    receipt = report_defect(lamp.pk, Reported("不亮", fresh_token()))
    pk = receipt.case.commitment_id
    handler = place.staff("handler")
    actions.dispatch_commitment(
        pk,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="换了灯泡", actor=handler)
    lamp.refresh_from_db()
    assert lamp.last_works_on is None
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    lamp.refresh_from_db()
    assert lamp.last_works_on == today()
    receipt.case.commitment.refresh_from_db()
    assert receipt.case.commitment.state == State.AWAITING


def test_plates_are_printed_eight_a_sheet(place, kinds):
    for number in range(9):
        add(place, kinds["路灯"], f"L-{number}", name='#[bad] "quote" \\ 𠮷')
    client = place.client("handler")
    answer = client.get("/qinghe/work/upkeep/plates.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    import pypdfium2

    document = pypdfium2.PdfDocument(answer.content)
    assert len(document) == 2
    document.close()
    assert client.get("/qinghe/work/upkeep/plates.pdf?from=9").status_code == 404
    signed_out = Browser().get("/qinghe/work/upkeep/plates.pdf")
    assert "/sign-in/" in signed_out.headers["Location"]
