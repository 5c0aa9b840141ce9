"""Reads of categories and of the list of duties, and whose duty a matter is."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luoshi.commitments.models import Category, DutyItem


@dataclass(frozen=True)
class Whose:
    """Whose duty the matters of a category are."""

    category_id: int
    sentence: str
    withdrawn: bool
    # Who does it, and how to reach them; empty where the town does.
    destination: str


def whose_duty(category: Category | None) -> Whose | None:
    """Say in one sentence whose duty it is; None where no line says so."""
    duty = category.duty if category else None
    if category is None or duty is None:
        return None
    withdrawn = duty.tier == DutyItem.Tier.WITHDRAWN
    destination = " ".join(filter(None, [duty.lead_body, duty.lead_phone]))
    return Whose(category.pk, _sentence(duty), withdrawn, destination)


def _sentence(duty: DutyItem) -> str:
    told = {"title": duty.title, "body": duty.lead_body}
    match duty.tier:
        case DutyItem.Tier.WITHDRAWN:
            return _("Not the town's duty: %(body)s does it (%(title)s).") % told
        case DutyItem.Tier.SHARED:
            return _("%(body)s leads, the town assists (%(title)s).") % told
    return _("The town's own duty (%(title)s).") % told


def all_categories() -> QuerySet[Category]:
    """Return every category, those switched off too."""
    return Category.objects.select_related("organisation", "duty")


def category_of(category_id: int) -> Category | None:
    """Return a category of this town."""
    return all_categories().filter(pk=category_id).first()


def all_duties() -> QuerySet[DutyItem]:
    """Return the list of duties in the order in which it came."""
    return DutyItem.objects.all()


def find_duties(words: str) -> list[DutyItem]:
    """Return the duties whose title, department or words have all that is asked."""
    asked = words.lower().split()
    return [
        duty
        for duty in all_duties().prefetch_related("categories")
        if all(
            word in " ".join([duty.title, duty.lead_body, *duty.keywords]).lower()
            for word in asked
        )
    ]
