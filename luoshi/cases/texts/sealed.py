"""The sentences of what is sealed: trail, notices, refusals."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.sealed": _("It was sealed."),
        "cases.unsealed": _("%(actor)s opened it again: it was sealed by mistake."),
        "cases.sealed_read": _("%(actor)s read what is under the seal."),
        "cases.sealed_done": _("%(actor)s wrote down how it was dealt with."),
    }
)
# Nothing of the matter is in them: they lie in rows, mails and on screens.
register_notice_texts(
    {
        "cases.sealed_came": _(
            "Something sealed came in that you keep. "
            "Look at the page “Sealed matters” today."
        ),
        "cases.sealed_added": _(
            "The person who asked added a word to something sealed that you keep."
        ),
        "cases.sealed_nobody": _(
            "Something sealed came in, and nobody is named to read it. "
            "Give the post to somebody today."
        ),
        "cases.unsealed": _("%(number)s is in your hands again: %(title)s"),
    }
)
register_notice_words(
    {
        "cases.sealed_came": _("sealed, and yours to keep"),
        "cases.sealed_added": _("a word more on something sealed"),
        "cases.sealed_nobody": _("sealed, and nobody is named to read it"),
        "cases.unsealed": _("in your hands again"),
    }
)
register_refusals({"cases.seal_kind": _("Say what it is: conduct, or a minor.")})
