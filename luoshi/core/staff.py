"""From an account to what its person may do today."""

from django_scopes import scope

from luoshi.core.actors import Staff
from luoshi.core.hooks import on_duty_now
from luoshi.core.models import Organisation, Person, Tenure, User
from luoshi.core.roles import DUTY_OFFICER


def staff_of_person(person: Person) -> Staff:
    """Return a person with the powers of today's posts, and of being on duty now."""
    tenures = list(
        Tenure.objects.filter(person=person, until__isnull=True)
        .select_related("post__organisation")
        .prefetch_related("post__oversees")
        .order_by("pk")
    )
    offices = {tenure.post.organisation for tenure in tenures}
    roles = {role for tenure in tenures for role in tenure.post.roles}
    # Who holds no post any more is on duty no more either.
    on_duty = bool(tenures) and on_duty_now(person)
    return Staff(
        person=person,
        town=person.town,
        roles=frozenset(roles | {DUTY_OFFICER} if on_duty else roles),
        organisations=frozenset({one.pk for one in offices} | _former(offices)),
        oversees=frozenset(
            office.pk for tenure in tenures for office in tenure.post.oversees.all()
        ),
        posts=tuple(
            f"{tenure.post.organisation.name} {tenure.post.title}" for tenure in tenures
        ),
        on_duty=on_duty,
    )


def _former(offices: set[Organisation]) -> set[int]:
    """Return the closed offices of former villages, whose matters are read on."""
    villages = {one.village_id for one in offices if one.village_id}
    if not villages:
        return set()
    closed = Organisation.objects.filter(village__head__in=villages)
    return set(closed.exclude(closed_at=None).values_list("pk", flat=True))


def staff_of(user: User) -> Staff | None:
    """Return who an account acts as; None for one whose person left."""
    person = user.person if user.is_active else None
    if person is None or person.left_at is not None:
        return None
    # Signing in happens outside any town.
    with scope(town=person.town):
        return staff_of_person(person)
