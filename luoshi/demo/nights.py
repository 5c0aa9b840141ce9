"""The demo town's duty roster, and two urgent matters that came in at night."""

from datetime import date, datetime, time, timedelta

from luoshi.cases.actions import add_note, receive_case
from luoshi.cases.models import Case
from luoshi.commitments import actions
from luoshi.commitments.actions.roster import set_phone
from luoshi.commitments.models import Category, Shift
from luoshi.commitments.queries.roster import month_end
from luoshi.commitments.terms import calendar_of
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import SHANGHAI, at
from luoshi.core.models import Person, Town, Village
from luoshi.core.staff import staff_of_person
from luoshi.core.worktime.deadlines import local

DAY = timedelta(days=1)
LOGINS = ("handler", "inspector")
OFFICES = ("农业农村办", "环卫所", "民政办", "水利站", "财政所")
LAST_NIGHT = "青溪村口的电线被风刮断，垂到路面上，有人路过很危险。"
TAKEN_LATE = "下洋村的水管爆了，水往两户人家院子里灌。"


def keep_nights(town: Town, leader: Person, end: datetime) -> None:
    """Put everybody on the roster till the month's end, and let a night go by."""
    people = _people()
    today = end.astimezone(SHANGHAI).date()
    first = min(today.replace(day=1), today - 4 * DAY)
    calendar = calendar_of(town)
    day, turn = first, 0
    while day <= month_end(today):
        works = calendar.is_workday(day)
        begin = calendar.closes if works else calendar.opens
        shift = Shift(
            town=town,
            name="夜班" if works else "全天",
            starts_at=local(day, begin),
            ends_at=local(day + DAY, calendar.opens),
            person=people[turn % len(people)],
            leader=leader,
            listed=people[turn % len(people)],
            listed_leader=leader,
        )
        set_phone(shift, f"1390000{turn % 10}12{turn % 7}")
        shift.save(force_insert=True)
        day, turn = day + DAY, turn + 1
    _night(town, today - DAY)
    _swap(end)


def _people() -> list[Person]:
    """Return who takes turns: two who can sign in, and one of some offices."""
    own = [Person.objects.get(account__username=name) for name in LOGINS]
    held = Person.objects.filter(
        tenures__post__organisation__name__in=OFFICES,
        tenures__until=None,
        left_at=None,
        account=None,
    )
    return [*own, *held.distinct().order_by("pk")]


def _night(town: Town, day: date) -> None:
    """Let two urgent matters come in: one taken at once, one not till the leader."""
    night = local(day, time(21, 10))
    quick = _come_in(town, LAST_NIGHT, night, "青溪村")
    late = night + timedelta(hours=2)
    slow = _come_in(town, TAKEN_LATE, late, "下洋村")
    with at(night + timedelta(minutes=6)):
        officer = staff_of_person(quick.commitment.owner)
        actions.take_on_duty(quick.commitment_id, actor=officer)
        said = "供电所值班的人已经出发，先拉了警戒线。"
        add_note(quick.pk, text=said, actor=officer)
    with at(night + timedelta(minutes=20)):
        _dispatch(quick, "路灯", officer)
    with at(late + timedelta(minutes=31)):
        actions.carry_nights_in(town)
    with at(late + timedelta(minutes=40)):
        slow.commitment.refresh_from_db()
        leads = staff_of_person(slow.commitment.owner)
        actions.take_on_duty(slow.commitment_id, actor=leads)
        _dispatch(slow, "供水", leads)


def _come_in(town: Town, text: str, moment: datetime, village: str) -> Case:
    with at(moment):
        receipt = receive_case(
            town=town,
            text=text,
            actor=RESIDENT,
            channel="phone",
            village=Village.objects.get(name=village),
            urgent=True,
        )
    return receipt.case


def _dispatch(case: Case, category: str, actor: Staff) -> None:
    chosen = Category.objects.get(name=category)
    assert chosen.organisation is not None
    actions.dispatch_commitment(
        case.commitment_id,
        organisation_id=chosen.organisation.pk,
        category_id=chosen.pk,
        urgent=True,
        actor=actor,
    )


def _swap(end: datetime) -> None:
    """Let two who come next swap, if two are still to come."""
    coming = list(Shift.objects.filter(starts_at__gt=end)[:2])
    if len(coming) < 2:
        return
    first, second = coming
    with at(end):
        actions.swap_shift(
            first.pk,
            person_id=second.person_id,
            in_return_id=second.pk,
            actor=staff_of_person(first.person),
        )
