"""The duty roster: brought in, shown, swapped, taken over, handed on, given out."""

import io
from datetime import date, time

import openpyxl
import pytest
from icalendar import Calendar

from luoshi.cases.tests.night_play import NIGHT, at_night, come_in, on_roster
from luoshi.commitments import actions
from luoshi.commitments.models import Shift
from luoshi.commitments.queries.roster import holes_ahead, phone_of
from luoshi.commitments.roster_sheet import day_in, hours_in, read_roster, roster_sheet
from luoshi.core.actions import Successor, end_post, hand_posts_over
from luoshi.core.clock import moment_of
from luoshi.core.models import Notice, Tenure, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.sheets import sheet_bytes

HEADER = ["日期", "班次", "值班人员", "带班领导", "电话"]
ROWS = [
    ["2026-03-02", "夜班", "handler、water", "leader", "0570-6001234"],
    ["3月3日（星期二）", "18:00-次日8:00", "colleague", "", ""],
    # The same shift as above, and the leader above: cells were merged.
    ["", "", "water", "", "138 0000 1111"],
    ["2026/3/7", "", "handler", "leader（镇长）", ""],
]


def file_of(tmp_path, *rows):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(sheet_bytes([["青禾镇3月值班表"], HEADER, *rows]))
    return path


def read(place, tmp_path, *rows):
    return read_roster(file_of(tmp_path, *rows), place.town)


def bring(place, tmp_path, *rows):
    found = read(place, tmp_path, *rows)
    return actions.bring_roster(found.rows, actor=place.staff("administrator"))


def counted(brought):
    return brought.added, brought.changed, brought.unchanged


def names():
    return [
        (one.starts_at, one.ends_at, one.person.name, getattr(one.leader, "name", ""))
        for one in Shift.objects.select_related("person", "leader")
    ]


def test_a_roster_as_offices_write_it(place, tmp_path):
    found = read(place, tmp_path, *ROWS)
    assert [row.fault for row in found.rows] == ["", "", "", ""]
    with pytest.raises(NotAllowed):
        actions.bring_roster(found.rows, actor=place.staff("dispatcher"))
    assert not Shift.objects.exists()
    assert counted(bring(place, tmp_path, *ROWS)) == (5, 0, 0)
    night = (moment_of(NIGHT[0]), moment_of(NIGHT[1]))
    second = (moment_of("2026-03-03 18:00"), moment_of("2026-03-04 08:00"))
    whole = (moment_of("2026-03-07 08:30"), moment_of("2026-03-08 08:30"))
    assert names() == [
        (*night, "handler", "leader"),
        (*night, "water", "leader"),
        (*second, "colleague", "leader"),
        (*second, "water", "leader"),
        (*whole, "handler", "leader"),
    ]
    phones = [phone_of(one) for one in Shift.objects.all()]
    assert phones == ["05706001234", "05706001234", "", "13800001111", ""]
    entry = TrailEntry.objects.get(code="commitments.roster_brought")
    assert entry.data == {"added": 5, "changed": 0}
    told = Notice.objects.get(code="commitments.on_roster", person__name="handler")
    assert told.data == {"count": 2, "day": "2026-03-02"}


def test_the_same_file_again_changes_nothing_even_after_a_swap(place, tmp_path, clock):
    bring(place, tmp_path, *ROWS)
    assert counted(bring(place, tmp_path, *ROWS)) == (0, 0, 5)
    first = Shift.objects.first()
    inspector = place.staff("inspector").person
    actions.swap_shift(first.pk, person_id=inspector.pk, actor=place.staff("handler"))
    assert counted(bring(place, tmp_path, *ROWS)) == (0, 0, 5)
    assert Shift.objects.first().person == inspector
    # Also when part of it is over.
    at_night(clock, "2026-03-03 09:00")
    assert counted(bring(place, tmp_path, *ROWS)) == (0, 0, 5)
    assert TrailEntry.objects.filter(code="commitments.roster_brought").count() == 1


def test_a_new_file_moves_the_days_that_it_names(place, tmp_path):
    bring(place, tmp_path, *ROWS)
    changed = [
        ["2026-03-02", "夜班", "inspector", "leader", "0570-6001234"],
        ["2026-03-03", "夜班", "colleague", "leader", ""],
    ]
    # One person less and another on the 2nd; another span, one person, on the 3rd.
    assert counted(bring(place, tmp_path, *changed)) == (1, 4, 0)
    assert [one[2] for one in names()] == ["inspector", "colleague", "handler"]
    off = Notice.objects.filter(code="commitments.off_roster")
    assert sorted(off.values_list("person__name", flat=True)) == [
        *("colleague", "handler", "water", "water")
    ]
    # A day of which one row cannot be read loses nothing.
    wrong = [["2026-03-07", "白班", "handler", "leader", ""]]
    wrong += [["2026-03-07", "夜班", "nobody", "leader", ""]]
    assert counted(bring(place, tmp_path, *wrong)) == (1, 0, 0)
    assert len(names()) == 4


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["32日", "夜班", "handler", "", ""], "日期看不懂"),
        (["2026-03-09", "中班", "handler", "", ""], "“中班”看不懂"),
        (["2026-03-09", "25:00-26:00", "handler", "", ""], "看不懂"),
        (["2026-03-09", "夜班", "", "", ""], "没有写值班人员"),
        (["2026-03-09", "夜班", "张三", "", ""], "没有“张三”"),
        (["2026-03-09", "夜班", "handler", "张三", ""], "没有“张三”"),
        (["2026-03-09", "夜班", "handler", "", "12"], "号"),
        (["2026-03-09", "夜班", "handler,water,leader", "", "0570-1、0570-2"], "号"),
        (
            ["2026-03-09", "夜班", "handler,water,leader", "", "6001234、6001235"],
            "3个人写了2个电话",
        ),
        (["2026-03-01", "夜班", "handler", "", ""], "已经过去了"),
    ],
)
def test_what_cannot_be_read_stays_out_with_its_reason(place, tmp_path, row, says):
    found = read(place, tmp_path, row)
    assert found.faulty == 1
    assert says in found.rows[0].fault
    with pytest.raises(Refusal):
        bring(place, tmp_path, row)


def test_two_of_one_name_are_told_apart_by_the_office(place, tmp_path):
    water = place.staff("water").person
    water.name = "handler"
    water.save(update_fields=["name"])
    row = ["2026-03-09", "夜班", "handler", "", ""]
    assert "单位" in read(place, tmp_path, row).rows[0].fault
    path = tmp_path / "offices.csv"
    path.write_text("日期,值班人员,单位\n2026-03-09,handler,Water\n")
    [told] = read_roster(path, place.town).rows
    assert told.people == (water.pk,)
    twice = [[*row[:2], "colleague", "", ""]] * 2
    assert "重了" in read(place, tmp_path, *twice).rows[1].fault


def test_days_and_hours_as_they_are_written():
    near = date(2026, 12, 20)
    for told, day in [
        ("2026.3.2", date(2026, 3, 2)),
        ("1月3日", date(2027, 1, 3)),
        ("11-24（周二）", date(2026, 11, 24)),
        ("2月29日", date(2028, 2, 29)),
        (11.24, None),
        ("节前", None),
    ]:
        assert day_in(told, near if told != "2月29日" else date(2028, 1, 1)) == day
    day, night = time(8, 30), time(17, 30)
    for told, hours in [
        ("白班", (day, night)),
        ("夜 班", (night, day)),
        ("", (day, day)),
        ("夜班（18:00～次日8:00）", (time(18), time(8))),
        ("8时-18时", (time(8), time(18))),
        ("8:30至24:00", (day, time(0))),
        ("上午", None),
    ]:
        assert hours_in(told, day, night) == hours, told


def test_what_is_given_out_can_be_brought_in_and_changes_nothing(place, tmp_path):
    bring(place, tmp_path, *ROWS)
    client = place.client("colleague")
    answer = client.get("/qinghe/work/roster/sheet/?month=2026-03")
    path = tmp_path / "again.xlsx"
    path.write_bytes(answer.content)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 6
    found = read_roster(path, place.town)
    assert not found.faulty
    administrator = place.staff("administrator")
    assert counted(actions.bring_roster(found.rows, actor=administrator)) == (0, 0, 5)
    rows = list(roster_sheet(Shift.objects.all(), place.town))
    assert rows[3][2] == "18:00-次日8:00"


def test_the_calendar_file_has_ones_own_shifts_or_the_month(place, tmp_path):
    bring(place, tmp_path, *ROWS)
    client = place.client("handler")
    own = Calendar.from_ical(client.get("/qinghe/work/roster/calendar/").content)
    starts = sorted(event.decoded("dtstart") for event in own.walk("VEVENT"))
    assert starts == [moment_of(NIGHT[0]), moment_of("2026-03-07 08:30")]
    assert "0570" not in own.to_ical().decode()
    month = client.get("/qinghe/work/roster/calendar/?month=2026-03").content
    events = Calendar.from_ical(month).walk("VEVENT")
    assert len(events) == len({event["uid"] for event in events}) == 5


def test_who_may_swap_a_shift_and_with_whom(place, clock):
    shift = on_roster(place, "handler", phone="13800001234")
    later = ("2026-03-03 17:30", "2026-03-04 08:30")
    other = on_roster(place, "water", later, phone="13800009999")
    water = place.staff("water").person
    told = {"person_id": water.pk, "in_return_id": other.pk}
    with pytest.raises(NotAllowed):
        actions.swap_shift(shift.pk, actor=place.staff("colleague"), **told)
    url = f"/qinghe/work/roster/{shift.pk}/swap/"
    assert place.client("colleague").get(url).status_code == 404
    form = {"place": "person", "person": water.pk, "in_return": other.pk}
    assert place.client("handler").post(url, form).status_code == 302
    shift.refresh_from_db()
    other.refresh_from_db()
    assert (shift.person, shift.listed.name) == (water, "handler")
    assert (other.person.name, other.listed) == ("handler", water)
    # Whoever stands in is reached by their own telephone, which nobody types.
    assert (phone_of(shift), phone_of(other)) == ("13800009999", "13800001234")
    page = place.client("leader").get("/qinghe/work/roster/").content.decode()
    assert "替handler" in page
    entries = TrailEntry.objects.filter(code="commitments.shift_swapped")
    assert entries.count() == 2
    told = Notice.objects.filter(code="commitments.shift_swapped")
    heard = set(told.values_list("person__name", flat=True))
    assert heard == {"water", "leader"}


def test_nobody_is_on_duty_twice_at_once_or_in_what_is_over(place, clock):
    shift = on_roster(place, "handler")
    on_roster(place, "water", position=1)
    admin = place.staff("administrator")
    for who in ("water", "leader", "handler"):
        with pytest.raises(Refusal) as refused:
            person = place.staff(who).person
            actions.swap_shift(shift.pk, person_id=person.pk, actor=admin)
        assert refused.value.code == "commitments.on_duty_then"
    colleague = place.staff("colleague").person
    not_theirs = on_roster(place, "water", ("2026-03-05 17:30", "2026-03-06 08:30"))
    with pytest.raises(Refusal):
        actions.swap_shift(
            shift.pk, person_id=colleague.pk, in_return_id=not_theirs.pk, actor=admin
        )
    inspector = place.staff("inspector").person
    actions.swap_shift(shift.pk, person_id=inspector.pk, leader=True, actor=admin)
    shift.refresh_from_db()
    assert (shift.leader, shift.person.name) == (inspector, "handler")
    at_night(clock, "2026-03-03 08:30")
    with pytest.raises(Refusal):
        actions.swap_shift(shift.pk, person_id=colleague.pk, actor=admin)


def test_who_comes_takes_the_shift_over_with_one_tap(place, clock):
    first = on_roster(place, "handler", ("2026-03-02 17:30", "2026-03-03 00:00"))
    second = on_roster(place, "water", ("2026-03-03 00:00", "2026-03-03 08:30"))
    at_night(clock)
    come_in(place)
    url = f"/qinghe/work/roster/{second.pk}/over/"
    client = place.client("water")
    assert client.post(url).status_code == 404
    at_night(clock, "2026-03-02 23:30")
    # A quarter of an hour before it is theirs they see that it comes, and not more.
    assert place.client("handler").post(url).status_code == 404
    assert client.post(url, {"words": "知道了，先去现场看"}).status_code == 302
    second.refresh_from_db()
    assert second.confirmed_at == clock.moment
    entry = TrailEntry.objects.get(code="commitments.shift_taken_over")
    assert entry.data == {"count": 1} and entry.content_digest
    assert client.post(url).status_code == 404
    at_night(clock, "2026-03-03 00:10")
    page = client.get("/qinghe/work/roster/now/").content.decode()
    assert "先去现场看" in page and "电线垂下来" in page
    outside = place.client("colleague").get("/qinghe/work/roster/now/")
    assert "先去现场看" not in outside.content.decode()
    # Nobody is asked why a shift was not confirmed.
    assert first.confirmed_at is None and not Notice.objects.filter(
        code__contains="confirm"
    )


def test_holes_are_said_in_advance_to_who_can_mend_them(place, clock):
    def said(who):
        page = place.client(who).get("/qinghe/work/").content.decode()
        return "没人值班" in page

    assert holes_ahead(place.town) == []
    assert not said("administrator")
    on_roster(place, "handler")
    assert said("administrator") and said("dispatcher")
    assert not said("handler")
    [first, *_rest] = holes_ahead(place.town)
    assert first == (
        moment_of("2026-03-03 17:30"),
        moment_of("2026-03-04 08:30"),
    )
    on_roster(place, "water", ("2026-03-03 17:30", "2026-03-20 08:30"))
    assert holes_ahead(place.town) == []
    # A roster that was given up nags nobody.
    at_night(clock, "2026-05-04 09:00")
    assert not said("administrator")


def test_shifts_to_come_go_over_with_the_office(place, clock):
    past = on_roster(place, "water", ("2026-03-01 08:30", "2026-03-02 08:30"))
    coming = on_roster(place, "water", leader="water")
    tenure = Tenure.objects.get(person=place.staff("water").person)
    newcomer = Successor(tenure.pk, name="新来的", username="newcomer")
    hand_posts_over(
        [newcomer], day=date(2026, 3, 2), actor=place.staff("administrator")
    )
    past.refresh_from_db()
    coming.refresh_from_db()
    assert past.person.name == "water"
    assert (coming.person.name, coming.leader.name) == ("新来的", "新来的")
    assert TrailEntry.objects.filter(code="commitments.shifts_handed_over").exists()


def test_who_leaves_leaves_no_shift_behind(place):
    on_roster(place, "water")
    tenure = Tenure.objects.get(person=place.staff("water").person)
    admin = place.staff("administrator")
    with pytest.raises(Refusal):
        end_post(tenure.pk, actor=admin)
    taker = place.staff("handler").person
    end_post(tenure.pk, actor=admin, successor_id=taker.pk)
    assert Shift.objects.get().person == taker


def test_the_whole_way_through_the_pages(place, tmp_path, clock):
    client = place.client("administrator")
    with file_of(tmp_path, *ROWS, ["2026-03-09", "夜班", "张三", "", ""]).open(
        "rb"
    ) as sheet:
        answer = client.post("/qinghe/work/roster/bring/", {"sheet": sheet})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "没有“张三”" in page and "夜班 03-02 17:30–03-03 08:30" in page
    assert client.post(answer.headers["Location"]).status_code == 302
    month = place.client("handler")
    page = month.get("/qinghe/work/roster/?month=2026-03").content.decode()
    assert page.count("调班") == 2 and "05706001234" in page
    assert (
        "还没有值班表"
        in month.get("/qinghe/work/roster/?month=2026-06").content.decode()
    )
    assert month.get("/qinghe/work/roster/?month=x").status_code == 200
    assert client.get("/qinghe/work/roster/bring/example/").status_code == 200


def test_a_full_month_needs_no_more_queries(
    place, clock, django_assert_max_num_queries
):
    client = place.client("dispatcher")
    for day in range(2, 30):
        on_roster(
            place, "handler", (f"2026-03-{day:02} 17:30", f"2026-03-{day:02} 23:30")
        )
    client.get("/qinghe/work/roster/")
    with django_assert_max_num_queries(16):
        assert client.get("/qinghe/work/roster/").status_code == 200
