"""The questionnaire and who was heard, through their pages."""

import io

import openpyxl
import pytest

from luoshi.conftest import Browser
from luoshi.consultations import actions
from luoshi.consultations.actions.replying import Told
from luoshi.consultations.habits.heard import heard_of
from luoshi.consultations.models import (
    Choice,
    HouseholdCost,
    Questionnaire,
    Reply,
    Voter,
)
from luoshi.consultations.tests.play import AGREE, again, answered, code, opened
from luoshi.consultations.tests.test_habits import (
    asking,
    begun,
    lived_in,
    options,
    over,
    told,
)
from luoshi.core.models import Village


def _at(place, made, page):
    return f"/{place.town.code}/consultations/{made.number}/{page}"


def _desk(place, made, page):
    return f"/{place.town.code}/work/consultations/{made.number}/{page}"


def _text(answer):
    return answer.content.decode()


def test_somebody_fills_it_in_with_scripts_off(place):
    made = begun(place)
    browser, url = Browser(), _at(place, made, "habits/")
    page = _text(browser.get(url))
    assert "几点浇地？" in page and "一年的水费" in page and "收入" not in page
    assert browser.post(url, {}).status_code == 422
    assert not Voter.objects.exists()
    early, late = options(made, 1)
    question = made.questionnaire.questions.first().pk
    sent = {
        f"question-{question}": [early, late],
        "can": "tight",
        "form": "labour",
        "village": place.village.pk,
        "sex": "female",
        "band": "60-74",
    }
    assert browser.post(url, sent).status_code == 302
    reply = Reply.objects.get()
    assert (reply.can, reply.form, reply.sex) == ("tight", "labour", "female")
    assert (reply.age_from, reply.age_to) == (60, 74)
    assert Choice.objects.count() == 2
    # What was told stands there to be changed, on this phone and on no other.
    assert 'value="tight"' in _text(browser.get(url))
    assert _text(browser.get(url)).count("checked") == 6
    assert "checked" not in _text(Browser().get(url))
    browser.post(url, {"can": "no"})
    assert Reply.objects.get().can == "no"
    assert not Choice.objects.exists()


def test_one_code_holds_reactions_and_habits(place):
    made = begun(place)
    browser = Browser()
    browser.get(_at(place, made, "answer/"))
    statement = made.statements.first()
    browser.post(_at(place, made, "answer/"), {"statement": statement.pk, "value": 1})
    browser.post(_at(place, made, "habits/"), {"can": "yes"})
    assert Voter.objects.get().reply.can == "yes"


def test_a_value_that_is_not_there_is_not_kept(place):
    made = begun(place)
    far = Village.objects.create(town=place.town, name="Far", position=9)
    made.villages.set([place.village])
    for wrong in ({"can": "rich"}, {"village": far.pk}, {"band": "0-999"}):
        answer = Browser().post(_at(place, made, "habits/"), wrong)
        assert answer.status_code == 422
    assert not Reply.objects.exists()


def test_after_the_last_day_the_results_are_read(place, clock):
    made = begun(place)
    told(made, 12, can="no", village=place.village)
    url = _at(place, made, "lived/")
    # While it is open ten are counted, and no village.
    page = _text(Browser().get(url))
    assert "前10份" in page and "Qingxi" not in page
    over(clock)
    answer = Browser().get(_at(place, made, "habits/"))
    assert answer.headers["Location"] == url
    page = _text(Browser().get(url))
    assert "12人里有12人" in page and "Qingxi" in page


def test_staff_choose_what_is_asked(place):
    made = asking(place)
    url = _desk(place, made, "questionnaire/")
    assert place.client("inspector").get(url).status_code in (403, 404)
    client = place.client("handler")
    page = _text(client.get(url))
    assert "几点浇地？（可多选）" in page and "300" in page
    sent = {
        "version": made.version,
        "kit": ["cooking"],
        "own": "谁浇地？\n我\n他",
        "sum": "12.50",
        "sum_for": "一个月的水费",
    }
    wrong = sent | {"own": "一年收入多少？\n多\n少"}
    answer = client.post(url, wrong)
    assert answer.status_code == 422 and "不问谁家挣多少" in _text(answer)
    assert client.post(url, sent | {"sum": "x"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    asks = Questionnaire.objects.get()
    assert (asks.sum_fen, asks.asks_form) == (1250, False)
    lines = list(asks.questions.all())
    assert [one.several for one in lines] == [True, False]
    # What is asked comes back as it was chosen: the kit ticked, the own in words.
    page = _text(client.get(url))
    assert "谁浇地？\n我\n他" in page and "checked" in page
    page = _text(client.get(_desk(place, made, "means/")))
    assert "谁浇地？" in page and "12.50元" in page
    stale = client.post(url, sent)
    assert stale.status_code in (409, 422)


def test_costs_are_written_beside_the_answers(place, clock):
    made = begun(place)
    told(made, 12, can="no", village=place.village)
    over(clock)
    url = _desk(place, made, "means/")
    page = _text(place.client("inspector").get(url))
    assert "多数人出不起：12人里有12人" in page and "cost-" not in page
    # Where it is decided, it stands too.
    desk = _text(place.client("leader").get(_desk(place, made, "closing/")))
    assert "12人里有12人出不起300元" in desk
    client = place.client("handler")
    assert f'name="cost-{place.village.pk}"' in _text(client.get(url))
    sent = {f"cost-{place.village.pk}": "450"}
    assert place.client("inspector").post(f"{url}costs/", sent).status_code in (
        403,
        404,
    )
    assert not HouseholdCost.objects.exists()
    assert client.post(f"{url}costs/", sent).status_code == 302
    assert HouseholdCost.objects.get().fen == 45000
    assert "每户450元" in _text(client.get(url))
    assert client.post(f"{url}costs/", sent).status_code == 422


def test_a_sheet_is_typed_in_beside_its_reactions(place):
    made = begun(place)
    client = place.client("handler")
    url = _desk(place, made, "sheets/3/habits/")
    assert place.client("leader").get(url).status_code in (403, 404)
    assert client.post(url, {"channel": "visit"}).status_code == 422
    sent = {"channel": "visit", "can": "no", "band": "75-"}
    assert client.post(url, sent).status_code == 302
    voter = Voter.objects.get()
    assert (voter.sheet, voter.channel, voter.reply.age_to) == (3, "visit", None)
    assert 'value="75-"' in _text(client.get(url))
    page = _text(client.get(_desk(place, made, "sheets/3/")))
    assert url in page
    blank = _text(client.get(_desk(place, made, "sheets/blank/")))
    assert "谁管水泵？" in blank and "出不起" in blank


@pytest.fixture
def heard(place):
    """Give a consultation that was answered by the women of one village alone."""
    far = Village.objects.create(town=place.town, name="Far", position=9)
    lived_in(place, place.village, far)
    made = opened(place)
    told(made, 20, village=place.village, sex="female", band=(16, 59))
    return made


def test_who_has_not_been_heard_yet(place, heard):
    found = heard_of(heard)
    # Children below 16 are asked nothing: 2 villages x 2 sexes x 2 bands.
    assert (found.answers, found.told, found.people) == (20, 20, 800)
    assert len(found.cells) == len(found.nobody) == 7
    assert found.covered == 12
    village, sex, age = found.margins
    assert village.nobody == ["Far"]
    assert [row.how for row in sex.rows] == ["heard", "nobody"]
    assert age.nobody == ["60岁以上"]
    assert found.cells[0].more == 2


def test_who_only_reacted_is_heard_too_and_says_less(place, heard):
    answered(heard, heard.statements.first(), AGREE, AGREE, first=100)
    # The same person twice is one.
    answered(heard, heard.statements.first(), AGREE, first=0)
    found = heard_of(heard)
    assert (found.answers, found.told) == (22, 20)
    assert [margin.unsaid for margin in found.margins] == [2, 2, 2]


def test_the_page_of_who_was_heard_and_its_sheet(place, heard):
    url = _desk(place, heard, "heard/")
    assert Browser().get(url).status_code in (302, 403, 404)
    client = place.client("handler")
    page = _text(client.get(url))
    assert "还没有" in page and "Far" in page
    given = client.get(f"{url}sheet/").content
    rows = list(
        openpyxl.load_workbook(io.BytesIO(given)).active.iter_rows(values_only=True)
    )
    assert len(rows) == 1 + 7
    # Numbers of people who live there; never who answered, or how many of a few.
    assert all(row[3] == 100 for row in rows[1:])
    assert {row[4] for row in rows[1:]} == {"还没有"}


def test_a_town_without_a_table_says_so(place):
    made = begun(place)
    told(made, 2, sex="male")
    page = _text(place.client("handler").get(_desk(place, made, "heard/")))
    assert "还没有各村人口表" in page
    found = heard_of(again(made))
    assert (found.known, found.answers, found.cells) == (False, 2, [])
    given = place.client("handler").get(_desk(place, made, "heard/sheet/")).content
    assert openpyxl.load_workbook(io.BytesIO(given)).active.max_row == 1
    assert Browser().get(_at(place, made, "lived/")).status_code == 200


def test_bands_of_the_town_are_the_ones_asked(place):
    lived_in(place, place.village)
    made = begun(place)
    page = _text(Browser().get(_at(place, made, "habits/")))
    assert 'value="16-59"' in page and 'value="60-"' in page
    assert 'value="0-15"' not in page


def test_a_former_village_counts_for_what_it_is_part_of(place, heard):
    former = Village.objects.create(
        town=place.town,
        name="Old",
        position=9,
        ended_on="2026-01-01",
        head=place.village,
        head_name="Qingxi",
    )
    actions.tell_habits(
        heard.pk, Told(village=former, sex="male", band=(60, None)), code=code(500)
    )
    found = heard_of(heard)
    assert found.told == 21
    assert found.margins[0].rows[0].answers == 21
