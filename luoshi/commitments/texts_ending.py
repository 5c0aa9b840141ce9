"""The sentences of ends that are lawful and solve nothing."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.trail import register_codes

register_codes(
    {
        "commitments.asked_refuse": _(
            "%(actor)s found that by the rules it cannot be done; "
            "it lies with %(person)s, who signs that or returns it."
        ),
        "commitments.word_refuse": _("%(actor)s signed that it cannot be done."),
        "commitments.word_refuse_for": _(
            "%(actor)s signed for %(person)s that it cannot be done."
        ),
        "commitments.refused": _(
            "By the rules it cannot be done; %(signed)s signed that."
        ),
        "commitments.moved_to_route": _(
            "%(actor)s: the law has a route of its own for it."
        ),
        "commitments.withdrawal_noted": _(
            "%(actor)s noted that the person who asked withdrew it."
        ),
        "commitments.withdrawn_by_code": _("The person who asked withdrew it."),
    }
)
register_notice_texts(
    {
        "commitments.refusal_signed": _(
            "It was signed that %(number)s cannot be done by the rules: %(title)s"
        ),
        "commitments.moved_to_route": _(
            "%(number)s was moved to a lawful route: %(title)s"
        ),
        "commitments.withdrawn_by_person": _(
            "The person who asked withdrew %(number)s: %(title)s"
        ),
    }
)
register_notice_words(
    {
        "commitments.refusal_signed": _("signed that it cannot be done"),
        "commitments.moved_to_route": _("moved to a lawful route"),
        "commitments.withdrawn_by_person": _("withdrawn by the person"),
    }
)
register_refusals(
    {
        "commitments.ground_missing": _("Write the rule and why it stands against it."),
        "commitments.remedy_missing": _("Write what the person can do against it."),
        "commitments.route_missing": _("Choose the lawful route."),
        "commitments.not_to_withdraw": _(
            "It cannot be withdrawn here. Call the town: others asked for the same, "
            "or there is a result to judge."
        ),
    }
)
