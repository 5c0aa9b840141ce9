"""The administrator's pages of the spine: their tabs, and how the town works."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.refusals import register_refusals
from luoshi.core.slots import NavItem, register_tabs
from luoshi.core.trail import register_codes

register_codes(
    {
        "commitments.rules_changed": _(
            "%(actor)s changed when the daily mail goes out, "
            "or how much is looked at again."
        )
    }
)
register_refusals({"commitments.share_of_hundred": _("Write a number from 0 to 100.")})
register_tabs(
    NavItem("catalogue:categories", _("Categories")),
    NavItem("catalogue:duties", _("List of duties")),
    NavItem("catalogue:rules", _("Mail and samples"), last=True),
)
