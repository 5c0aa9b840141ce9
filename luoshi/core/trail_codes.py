"""The sentences of core's own trail codes, and its scheduled tasks."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from luoshi.core.models import Town
from luoshi.core.notices import sweep
from luoshi.core.scheduler import register_task
from luoshi.core.trail import register_codes, seal_entries

register_codes(
    {
        "core.post_given": _("%(actor)s gave %(person)s the post %(post)s."),
        "core.post_ended": _("%(actor)s ended the post %(post)s of %(person)s."),
        "core.password_reset": _("%(actor)s reset the password of %(person)s."),
        "core.signed_in": _("%(actor)s signed in."),
        "core.town_changed": _("%(actor)s changed the town's settings."),
        "core.day_set": _("%(actor)s set the town's calendar for %(day)s."),
    }
)


def seal_all_towns() -> int:
    """Seal the waiting entries of every town."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            count += seal_entries(town)
    return count


register_task("seal", timedelta(seconds=20), seal_all_towns)
register_task("notices", timedelta(seconds=2), sweep)
