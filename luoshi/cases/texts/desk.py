"""The sentences of the desk: templates, views, several matters at once."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.refusals import register_refusals
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.template_added": _("%(actor)s added the reply template “%(title)s”."),
        "cases.template_changed": _(
            "%(actor)s changed the reply template “%(title)s”."
        ),
        "cases.template_retired": _(
            "%(actor)s retired the reply template “%(title)s”."
        ),
        "cases.view_saved": _("%(actor)s saved the view “%(name)s”."),
        "cases.view_renamed": _("%(actor)s renamed a view to “%(name)s”."),
        "cases.view_moved": _("%(actor)s moved the view “%(name)s”."),
        "cases.view_removed": _("%(actor)s removed the view “%(name)s”."),
    }
)
register_refusals(
    {
        "cases.template_not_yours": _(
            "You can change the templates of your own office. "
            "Those of every office are the dispatcher's."
        ),
        "cases.template_empty": _("Write a title and the text of the reply."),
        "cases.placeholder_unknown": _(
            "%(named)s cannot be filled in. These can: "
            "{number}, {office}, {due}, {phone}."
        ),
        "cases.placeholder_left": _(
            "%(named)s is not filled in. Write what belongs there, then send it."
        ),
        "cases.category_not_said": _(
            "It has no category yet. Choose one for all, or dispatch it by itself."
        ),
        "cases.office_not_said": _(
            "The category %(category)s has no office. Choose the office for all."
        ),
        "cases.view_name_missing": _("Give the view a name, 30 characters at most."),
        "cases.views_enough": _(
            "You have %(most)d views already. Remove one that you do not use."
        ),
        "cases.view_too_narrow": _("Take away a filter, then save the view."),
        "cases.view_filter_gone": _(
            "The view names something that is no longer there: %(names)s. "
            "Look at it again, then save it."
        ),
    }
)
