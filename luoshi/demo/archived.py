"""What must be kept for good of last year lies in the archive; the rest waits."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from luoshi.archive.actions import begin_package, set_term_rule
from luoshi.archive.making.package import make_package
from luoshi.archive.models import Term
from luoshi.archive.queries import archivable_by
from luoshi.commitments.models import Category
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI, at
from luoshi.core.models import Person, Town
from luoshi.core.staff import staff_of_person

TABLE = "青禾镇机关文件材料归档范围和文书档案保管期限表（2024年）"
# One kind is kept for good, one for ten years only.
KEPT = {0: Term.PERMANENT, 1: Term.TEN}


def put_a_year_away(town: Town, archivist: Person, end: datetime) -> None:
    """Write the town's terms down and make last year's package of what stays."""
    actor = staff_of_person(archivist)
    year = end.astimezone(SHANGHAI).year - 1
    with at(end - timedelta(hours=20)), override(settings.LANGUAGE_CODE):
        for place, category in enumerate(Category.objects.order_by("position")[:2]):
            _rule(category.pk, KEPT[place], actor)
        _rule(None, Term.THIRTY, actor)
        waiting = archivable_by(actor, year).filter(term=Term.PERMANENT)
        if waiting.exists():
            package = begin_package(year=year, terms=[Term.PERMANENT], actor=actor)
            make_package(package.pk, actor=actor)


def _rule(category_id: int | None, term: Term, actor: Staff) -> None:
    set_term_rule(
        category_id=category_id,
        term=term,
        source=TABLE,
        in_force_since=date(2024, 1, 1),
        actor=actor,
    )
