"""The sentences of core's own trail codes, and its scheduled tasks."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from luoshi.core.files.aside import drop_old
from luoshi.core.heads import keep_heads
from luoshi.core.models import Town
from luoshi.core.notices import register_notice_texts, sweep
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.scheduler import register_task
from luoshi.core.slots import NavItem, register_nav, register_tabs
from luoshi.core.statistics import freshen_statistics
from luoshi.core.tally import forget_old
from luoshi.core.trail import register_codes, seal_entries

register_codes(
    {
        "core.post_given": _("%(actor)s gave %(person)s the post %(post)s."),
        "core.post_ended": _("%(actor)s ended the post %(post)s of %(person)s."),
        "core.post_changed_hands": _(
            "%(actor)s handed the post %(post)s over from %(giver)s to %(taker)s "
            "from %(day)s."
        ),
        "core.password_reset": _("%(actor)s reset the password of %(person)s."),
        "core.factor_set": _("%(actor)s set up a second factor."),
        "core.factor_reset": _("%(actor)s reset the second factor of %(person)s."),
        "core.village_added": _("%(actor)s added the village %(name)s."),
        "core.villages_joined": _(
            "%(actor)s wrote down that %(former)s became part of %(name)s on %(day)s."
        ),
        "core.villages_parted": _(
            "%(actor)s undid that %(former)s became part of %(name)s."
        ),
        "core.post_carried": _(
            "The post %(post)s of %(person)s goes on at %(office)s, "
            "written down by %(actor)s."
        ),
        "core.groups_added": _("%(actor)s added to %(village)s the groups %(names)s."),
        "core.population_brought": _(
            "%(actor)s brought in how many people live there: "
            "%(added)d figures are new, %(changed)d changed."
        ),
        "core.place_added": _("%(actor)s added the place %(name)s."),
        "core.place_removed": _("%(actor)s took the place %(name)s off the list."),
        "core.places_brought": _(
            "%(actor)s brought in names of places: %(added)d new, %(changed)d changed."
        ),
        "core.office_added": _("%(actor)s added the office %(name)s."),
        "core.key_rotated": _(
            "Names and telephones were encrypted anew (key %(key)s)."
        ),
        "core.email_set": _("%(actor)s changed where notices are mailed to."),
        "core.keys_set": _("%(actor)s switched the keys on or off."),
        "core.robot_set": _("%(actor)s changed the group robot."),
        "core.signed_in": _("%(actor)s signed in."),
        "core.town_changed": _("%(actor)s changed the town's settings."),
        "core.day_set": _("%(actor)s set the town's calendar for %(day)s."),
    }
)

register_notice_texts(
    {
        "core.digest": _("The news of a day, in one mail"),
        "core.villages_joined": _(
            "%(former)s is part of %(name)s now. Posts and open matters went along."
        ),
        "core.villages_parted": _(
            "%(former)s is no part of %(name)s any more: that was undone."
        ),
    }
)

register_refusals(
    {
        "core.administrators_only": _("Only an administrator of the town may do that."),
        "core.old_password_wrong": _("The password until now is wrong."),
        "core.email_missing": _("Write where the mail is to go, or choose no mail."),
        "core.robot_address": _(
            "The address must begin with https:// and lead to the robot. "
            "Copy it from the group's settings."
        ),
        "core.no_such_role": _("Choose roles from the list."),
        "core.name_missing": _("Write the name and the user name."),
        "core.username_taken": _(
            "The user name %(username)s is taken. Choose another."
        ),
        "core.place_missing": _("Write what the place is called."),
        "core.name_taken": _("%(name)s is there already."),
        "core.village_gone": _(
            "One of these villages is no village of its own any more. "
            "Look at the page again."
        ),
        "core.villages_few": _(
            "Choose the villages that end: one that goes into another, "
            "or two at least that become a new one."
        ),
        "core.village_into_itself": _(
            "%(name)s cannot end and go on. Take it out of those that end."
        ),
        "core.village_unnamed": _("Write what the new village is called."),
        "core.merge_day_to_come": _(
            "It holds at once. Write it down on the day itself, or write a day before."
        ),
        "core.villages_went_on": _("It cannot be undone any more. %(why)s"),
        "core.group_missing": _("Write the name of a group."),
        "core.nothing_to_bring": _(
            "No row of the file can be brought in. Mend the rows and choose it again."
        ),
        "core.not_oneself": _("Somebody else must end your own post."),
        "core.nobody_comes": _("Choose at least one post and who comes into it."),
        "core.post_gone": _("That post changed hands already. Look at the page again."),
        "core.day_to_come": _(
            "Access ends at once. Hand over on the day itself, or write a day before."
        ),
        "core.day_before_post": _(
            "%(name)s has had the post since %(on)s only. "
            "Write that day or a later one."
        ),
        "core.newcomer_unnamed": _(
            "Write the name and the user name of who comes into the post %(post)s."
        ),
        "core.holds_already": _(
            "%(name)s holds the post %(post)s already. Choose somebody else."
        ),
        "core.handed_in_a_ring": _(
            "Some give to each other what they have. Hand over one post first, "
            "then the other."
        ),
        "core.work_left": _(
            "%(count)d matters are still open. Choose who takes them over."
        ),
    }
)


def seal_all_towns() -> int:
    """Seal the waiting entries of every town."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            count += seal_entries(town)
    return count


register_task("aside", timedelta(hours=1), drop_old)
register_task("seal", timedelta(seconds=20), seal_all_towns)
register_task("notices", timedelta(seconds=2), sweep)
register_task("heads", timedelta(days=1), keep_heads)
register_task("sessions", timedelta(days=1), SessionStore.clear_expired)
register_task("tallies", timedelta(days=1), forget_old)
register_task("statistics", timedelta(days=1), freshen_statistics)

register_nav(
    NavItem(
        *("manage:people", _("Manage"), frozenset({ADMINISTRATOR})),
        last=True,
        kept=True,
    )
)
register_tabs(
    NavItem("manage:people", _("People and posts")),
    NavItem("manage:offices", _("Offices")),
    NavItem("manage:villages", _("Villages")),
    NavItem("manage:places", _("Names of places")),
    NavItem("manage:calendar", _("Calendar"), last=True),
    NavItem("manage:settings", _("The town"), last=True),
    NavItem("manage:robot", _("Group robot"), last=True),
)
