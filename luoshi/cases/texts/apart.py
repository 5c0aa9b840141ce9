"""The sentences of splitting: trail, notices, refusals."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.notices import register_notice_texts
from luoshi.core.refusals import register_refusals
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.split_off": _(
            "%(actor)s took a second matter out of it: %(number)s goes its own way."
        ),
        "cases.split_from": _(
            "It was told together with another matter; "
            "%(actor)s made it a matter of its own."
        ),
    }
)
register_notice_texts(
    {
        "cases.split": _(
            "You told the town two things. “%(title)s” now has a number of its own: "
            "%(number)s. The code that you have shows both."
        )
    }
)
register_refusals(
    {
        "cases.nobody_told": _(
            "Nobody who told it is known any more. Write the second matter down anew."
        )
    }
)
