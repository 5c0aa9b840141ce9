"""A case on paper: no names unless asked for, and then the trail says who looked."""

from luoshi.cases.actions import add_note, reply_to_reporters
from luoshi.cases.tests.test_main_job import dispatched, handed_in, report
from luoshi.conftest import Browser
from luoshi.core.models import TrailEntry


def url(place, case):
    return f"/{place.town.code}/work/case/{case.number}/print/"


def seen():
    return TrailEntry.objects.filter(code="cases.contact_seen").count()


def test_names_are_printed_only_for_who_may_and_asks(place):
    from luoshi.commitments import actions

    case = report(place, Browser())
    actions.dispatch_commitment(
        case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    for who in ("handler", "leader", "dispatcher"):
        page = place.client(who).get(url(place, case)).content.decode()
        assert "王建国" not in page and "13800001111" not in page
    assert place.client("leader").post(url(place, case)).status_code == 404
    assert seen() == 0
    page = place.client("handler").post(url(place, case)).content.decode()
    assert "王建国" in page and "13800001111" in page
    assert seen() == 1
    assert 'method="post"' not in page.split("<main")[0].split("<body")[1]


def test_it_holds_the_story_from_the_first_word_and_no_notes(place):
    case = handed_in(place).case
    handler = place.staff("handler")
    add_note(case.pk, text="只给同事看", actor=handler)
    reply_to_reporters(case.pk, text="灯换好了", actor=handler)
    page = place.client("handler").get(url(place, case))
    text = page.content.decode()
    assert "只给同事看" not in text
    for wanted in ("路灯不亮", "灯换好了", "换了灯", case.number, "Roads", "<svg"):
        assert wanted in text
    # A code with a size of its own is cut off by a smaller place.
    assert "viewBox" in page.context["code"] and "width" not in page.context["code"]
    moments = [line.at for line in page.context["lines"]]
    assert moments == sorted(moments)
    link = f"http://testserver/{place.town.code}/work/case/{case.number}/"
    assert page.context["link"] == link


def test_the_sheet_needs_no_more_queries_for_a_longer_story(
    place, django_assert_max_num_queries
):
    case = dispatched(place).case
    client, handler = place.client("handler"), place.staff("handler")
    client.get(url(place, case))
    with django_assert_max_num_queries(30):
        client.get(url(place, case))
    for number in range(20):
        add_note(case.pk, text=str(number), actor=handler)
    with django_assert_max_num_queries(30):
        client.get(url(place, case))
