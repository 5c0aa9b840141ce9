"""Whose duty a matter is: refused first, then passed on or done with a reason."""

import openpyxl
import pytest

from luoshi.cases.actions import receive_case
from luoshi.cases.tests.test_main_job import dispatched, do
from luoshi.commitments import actions
from luoshi.commitments.duty_sheet import read_duties, tier_in
from luoshi.commitments.models import Category, Commitment, DutyItem, Ending, State
from luoshi.commitments.queries import whose_duty
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Notice, Organisation, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import words_of

GAS = {
    "title": "燃气经营企业安全检查",
    "lead_body": "县住建局",
    "lead_phone": "6002014",
}


@pytest.fixture
def gas(place):
    """Give the category of what the county took back."""
    duty = DutyItem.objects.create(town=place.town, tier="withdrawn", **GAS)
    return Category.objects.create(town=place.town, name="燃气", duty=duty)


@pytest.fixture
def case(place):
    told = {"text": "隔壁店里煤气瓶乱放", "actor": RESIDENT, "channel": "web"}
    return receive_case(town=place.town, village=place.village, **told).case


def dispatch(place, case, category, office="Roads", **told):
    return actions.dispatch_commitment(
        case.commitment_id,
        organisation_id=place.office(office).pk,
        category_id=category.pk,
        actor=place.staff("dispatcher"),
        **told,
    )


def test_what_the_county_took_back_stays_there_unless_it_is_said_why(place, gas, case):
    with pytest.raises(Refusal) as refused:
        dispatch(place, case, gas, why_here="  ")
    assert refused.value.code == "commitments.withdrawn"
    assert "县住建局" in refused.value.sentence
    assert Commitment.objects.get().state == State.RECEIVED
    assert Notice.objects.filter(code="commitments.given_to_you").count() == 0
    dispatch(place, case, gas, why_here="先去疏散，县里的人下午到", words="马上去")
    assert Commitment.objects.get().state == State.ASSIGNED
    entry = TrailEntry.objects.get(code="commitments.dispatched_here")
    assert words_of(entry) == "先去疏散，县里的人下午到\n马上去"
    assert Notice.objects.filter(code="commitments.given_to_you").count() == 1


def test_a_body_outside_the_town_gets_it_without_a_reason(place, gas, case):
    Organisation.objects.filter(name="Roads").update(kind="outside")
    dispatch(place, case, gas)
    assert TrailEntry.objects.filter(code="commitments.dispatched").count() == 1


@pytest.mark.parametrize(
    ("tier", "said"),
    [
        ("basic", "镇里自己的事"),
        ("shared", "县住建局牵头"),
        ("withdrawn", "不归镇里管"),
    ],
)
def test_one_sentence_says_whose_duty_it_is(place, gas, case, tier, said):
    DutyItem.objects.update(tier=tier)
    Commitment.objects.update(category=gas)
    client, base = place.client("dispatcher"), f"/{place.town.code}/work/"
    desk = client.get(f"{base}dispatch/{case.number}/").content.decode()
    step = client.get(f"{base}case/{case.number}/do/dispatch/").content.decode()
    for page in (desk, step):
        assert said in page
        assert ("转给县住建局 6002014" in page) == (tier == "withdrawn")
    if tier != "withdrawn":
        dispatch(place, case, gas)
        assert Commitment.objects.get().state == State.ASSIGNED


def test_a_category_without_a_line_says_nothing(place):
    assert whose_duty(place.category) is None
    assert whose_duty(None) is None


def test_the_refusal_leads_to_passing_it_on(place, gas, case):
    told = {"category": gas.pk, "organisation": place.office("Roads").pk}
    url = f"/{place.town.code}/work/case/{case.number}/do/"
    answer = place.client("dispatcher").post(f"{url}dispatch/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "为什么还由镇里办" in page
    link = f"{url}pass_on/?category={gas.pk}"
    assert link in page
    pass_on = place.client("dispatcher").get(link).content.decode()
    assert 'value="县住建局 6002014"' in pass_on
    destination = {"destination": "县住建局 6002014", "category": gas.pk}
    commitment = do(place, "dispatcher", case, "pass_on", **destination)
    assert commitment.ending == Ending.DESTINATION
    assert commitment.category == gas


def test_the_reason_typed_on_the_page_lets_it_through(place, gas, case):
    told = {"category": gas.pk, "organisation": place.office("Roads").pk}
    why = {"why_here": "县里托镇里先看"}
    commitment = do(place, "dispatcher", case, "dispatch", **told, **why)
    assert commitment.state == State.ASSIGNED


def test_an_upheld_objection_checks_whose_duty_it_is(place, gas, case):
    dispatch(place, case, gas, office="Water", why_here="先看一眼")
    actions.hand_back_commitment(
        case.commitment_id, reason="不归水站", actor=place.staff("water")
    )
    told = {"upheld": "yes", "organisation": place.office("Roads").pk, "answer": "对"}
    url = f"/{place.town.code}/work/case/{case.number}/do/decide_handback/"
    refused = place.client("dispatcher").post(url, told)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "为什么还由镇里办" in page
    assert f"pass_on/?category={gas.pk}" in page
    moved = Commitment.objects.get()
    assert moved.owner_organisation.name == "Water"
    assert moved.handback.decided_at is None
    told["why_here"] = "县里明天才到"
    moved = do(place, "dispatcher", case, "decide_handback", **told)
    assert moved.owner_organisation.name == "Roads"
    entry = TrailEntry.objects.get(code="commitments.handback_upheld")
    assert words_of(entry) == "县里明天才到\n对"


def write(tmp_path, *rows):
    book = openpyxl.Workbook()
    book.active.append(["事项", "类型", "主管部门", "关键词"])
    for row in rows:
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("told", "tier"),
    [
        ("基本履职事项清单", "basic"),
        ("配合履职事项", "shared"),
        ("上级部门收回事项", "withdrawn"),
        ("上级收回", "withdrawn"),
        ("以后再说", ""),
    ],
)
def test_kinds_as_lists_write_them(told, tier):
    assert tier_in(told) == tier


def test_the_list_comes_in_once_and_says_what_is_wrong(place, tmp_path):
    path = write(
        tmp_path,
        ["修路", "基本", "", "路面、坑"],
        ["饮水安全", "配合", "县水利局", ""],
        ["", "基本", "", ""],
        ["修路", "基本", "", ""],
        ["护林", "别的", "", ""],
        ["查燃气", "上级收回", "", ""],
        ["长" * 201, "基本", "", ""],
    )
    rows = read_duties(path).rows
    assert [bool(row.fault) for row in rows] == [False, False] + [True] * 5
    assert len({row.fault for row in rows}) == 6
    with pytest.raises(NotAllowed):
        actions.bring_duties(rows, actor=place.staff("dispatcher"))
    assert DutyItem.objects.count() == 0
    administrator = place.staff("administrator")
    brought = actions.bring_duties(rows, actor=administrator)
    assert (brought.added, brought.changed, brought.unchanged) == (2, 0, 0)
    assert DutyItem.objects.get(title="修路").keywords == ["路面", "坑"]
    again = actions.bring_duties(rows, actor=administrator)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert TrailEntry.objects.filter(code="commitments.duties_brought").count() == 1
    anew = read_duties(write(tmp_path, ["修路", "配合", "县交通局", ""])).rows
    assert actions.bring_duties(anew, actor=administrator).changed == 1
    assert DutyItem.objects.get(title="修路").lead_body == "县交通局"
    one = read_duties(write(tmp_path, ["修桥", "基本", "", ""])).rows
    assert actions.bring_duties(one, actor=administrator).stayed == 2
    assert DutyItem.objects.count() == 3


def test_the_pages_of_the_list(place, gas, tmp_path):
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/duties/"
    with write(tmp_path, ["修路", "基本", "", "路面"]).open("rb") as file:
        look = client.post(f"{base}bring/", {"sheet": file}).headers["Location"]
    assert "修路" in client.get(look).content.decode()
    client.post(look)
    found = place.client("handler").get(base, {"q": "路面"}).content.decode()
    assert "修路" in found
    assert GAS["title"] not in found
    road = DutyItem.objects.get(title="修路")
    used = client.post(f"{base}{gas.duty_id}/remove/")
    assert (used.status_code, DutyItem.objects.count()) == (409, 2)
    assert place.client("handler").post(f"{base}{road.pk}/remove/").status_code == 403
    client.post(f"{base}{road.pk}/remove/")
    assert list(DutyItem.objects.all()) == [gas.duty]
    assert TrailEntry.objects.filter(code="commitments.duty_removed").count() == 1


def told(**more):
    fields = {
        "name": "Roads",
        "term_amount": 2,
        "term_unit": "days",
        "urgent_amount": 3,
        "urgent_unit": "hours",
    }
    return fields | more


def test_a_change_of_a_category_moves_no_promise(place, clock):
    pk = dispatched(place).case.commitment_id
    before = Commitment.objects.get(pk=pk).due_at
    changed = actions.CategoryTold(**told())
    with pytest.raises(NotAllowed):
        actions.change_category(
            place.category.pk, changed, actor=place.staff("dispatcher")
        )
    administrator = place.staff("administrator")
    actions.change_category(place.category.pk, changed, actor=administrator)
    actions.recount_due_dates(place.town, actor=administrator)
    assert Commitment.objects.get(pk=pk).due_at == before
    entry = TrailEntry.objects.get(code="commitments.category_changed")
    assert entry.data["term_amount"] == [7, 2]
    fresh = dispatched(place).case.commitment_id
    assert Commitment.objects.get(pk=fresh).due_at < before


def test_categories_through_the_pages(place):
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/categories/"
    assert client.post(base, told()).status_code == 422
    wrong = client.post(base, told(name="Wells", term_amount=0))
    assert wrong.status_code == 422
    office = place.office("Water").pk
    assert client.post(base, told(name="Wells", organisation=office)).status_code == 302
    wells = Category.objects.get(name="Wells")
    assert wells.organisation_id == office
    changed = client.post(f"{base}{wells.pk}/", told(name="Wells", term_amount=9))
    assert changed.status_code == 302
    wells.refresh_from_db()
    assert (wells.term_amount, wells.organisation) == (9, None)
    assert "以前答应的，期限不变" in client.get(f"{base}{wells.pk}/").content.decode()


def test_what_is_switched_off_cannot_be_dispatched(place, case):
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/categories/{place.category.pk}/"
    assert place.client("dispatcher").post(f"{base}off/").status_code == 403
    client.post(f"{base}off/")
    with pytest.raises(Refusal) as refused:
        dispatch(place, case, place.category)
    assert refused.value.code == "commitments.category_is_off"
    client.post(f"{base}on/")
    dispatch(place, case, place.category)
    codes = TrailEntry.objects.filter(code__startswith="commitments.category_")
    assert list(codes.order_by("pk").values_list("code", flat=True)) == [
        "commitments.category_off",
        "commitments.category_on",
    ]
