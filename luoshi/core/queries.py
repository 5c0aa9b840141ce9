"""Reads of people and places for the pages of an administrator."""

from django.db.models import QuerySet

from luoshi.core.models import DayOverride, Organisation, Person, Tenure, User, Village


def people() -> QuerySet[Person]:
    """Return who works for the town now."""
    return Person.objects.filter(left_at=None).order_by("name", "pk")


def offices() -> QuerySet[Organisation]:
    """Return the offices that exist."""
    return Organisation.objects.filter(closed_at=None)


def villages() -> QuerySet[Village]:
    """Return the villages in their order."""
    return Village.objects.all()


def days() -> QuerySet[DayOverride]:
    """Return the days of the town's own calendar, the latest first."""
    return DayOverride.objects.order_by("-day")


def posts() -> list[Tenure]:
    """Return who holds which post, by office."""
    return list(
        Tenure.objects.filter(until=None)
        .select_related("person__account", "post__organisation")
        .order_by("post__organisation__position", "pk")
    )


def post_held(tenure_id: int) -> Tenure | None:
    """Return an open tenure of this town."""
    return (
        Tenure.objects.filter(pk=tenure_id, until=None)
        .select_related("person", "post__organisation")
        .first()
    )


def account_of(user_id: int, town_id: int) -> User | None:
    """Return an account of this town."""
    return User.objects.filter(pk=user_id, person__town_id=town_id).first()
