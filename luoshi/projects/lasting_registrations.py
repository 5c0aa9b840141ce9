"""What lasts, and what needs years: sentences, and what goes over with a post."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.core.hooks import Handing, register_handing, register_work
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.scheduler import register_task
from luoshi.core.trail import register_codes
from luoshi.projects.actions.ventures import (
    ask_for_words,
    hand_all_ventures,
    hand_ventures_over,
    open_ventures,
    ventures_of_post,
)

register_codes(
    {
        "projects.figure_told": _("%(actor)s wrote down what the figure rests on."),
        "projects.labels_released": _(
            "%(actor)s let everybody read the labels, by decision %(number)s."
        ),
        "projects.usual_changed": _("%(actor)s changed a kind's usual values."),
        "projects.method_changed": _("%(actor)s changed how figures are made."),
        "projects.remembered": _(
            "%(actor)s wrote down from the records of %(year)d: %(title)s."
        ),
        "projects.earlier_brought": _(
            "%(actor)s brought in lists of the years before: %(added)d new, "
            "%(changed)d changed."
        ),
        "projects.earlier_taken_off": _(
            "%(actor)s took a line of %(year)d off: %(title)s."
        ),
        "projects.venture_begun": _("%(actor)s began it."),
        "projects.word_asked": _("%(actor)s asked for the word of %(year)d."),
        "projects.venture_goes_on": _("%(actor)s wrote down: on in %(year)d."),
        "projects.venture_stopped": _("%(actor)s wrote down: stopped in %(year)d."),
        "projects.venture_handed": _("%(actor)s: now %(position)s answers for it."),
    }
)
register_notice_texts(
    {
        "projects.venture_yours": _(
            "You answer for what needs years, number %(number)s: %(title)s"
        ),
        "projects.word_due": _(
            "On or stop? This year's word for number %(number)s is still to come: "
            "%(title)s"
        ),
    }
)
register_notice_words(
    {
        "projects.venture_yours": _("answer for what needs years"),
        "projects.word_due": _("a yearly word is still to come"),
    }
)
register_refusals(
    {
        "projects.no_such_kind": _("There is no such kind of thing."),
        "projects.appearance_above_cost": _(
            "More would go into how it looks than it costs. Look at both again."
        ),
        "projects.hardship_above_all": _(
            "More households are in hardship than it reaches. Look at both again."
        ),
        "projects.people_in_order": _(
            "If few come, there are no more than if many come. Look at both again."
        ),
        "projects.people_outside": _(
            "%(people)d people a day are expected: that lies between few and many."
        ),
        "projects.figure_fixed": _(
            "Voting on it began: what people read of it stands still."
        ),
        "projects.figure_bad": _(
            "With these values no figure can be made. Look at them again."
        ),
        "projects.decision_missing": _("Name the decision by its number or day."),
        "projects.labels_released_already": _("Everybody may read them already."),
        "projects.year_not_over": _("Look at the year again: from %(first)d on."),
        "projects.year_has_round": _(
            "The round of %(year)d stands here already; it is compared by itself."
        ),
        "projects.source_missing": _("Write from where these values are known."),
        "projects.values_in_order": _(
            "Low, usual and high must ascend. Look at the values again."
        ),
        "projects.values_absurd": _(
            "A value is too large or too small. Look at them again."
        ),
        "projects.rate_absurd": _("A discount rate lies between 0 and 20 percent."),
        "projects.weight_absurd": _("It counts between once and ten times."),
        "projects.risk_missing": _("Write why the market may fail."),
        "projects.venture_bad": _(
            "These values do not fit. It lasts five to ten years, and "
            "income begins after the first of them."
        ),
        "projects.full_later": _(
            "It is fully grown when income begins or later, and within its years."
        ),
        "projects.sales_grow": _("Fully grown it sells no less than in the beginning."),
        "projects.no_leader": _("Only who holds a leader's post answers for it."),
        "projects.decider_missing": _("Write who decided."),
        "projects.word_early": _("That year has not begun."),
        "projects.word_missing": _("Write the reason; everybody reads it."),
        "projects.word_bounds": _("%(year)d is none of its years that want a word."),
        "projects.word_twice": _("%(year)d has its word already."),
        "projects.word_stopped": _("It was stopped before %(year)d."),
    }
)
register_handing(
    Handing(
        "ventures",
        _("What needs years"),
        lambda change: ventures_of_post(change).count(),
        hand_ventures_over,
    )
)
register_task("ventures", timedelta(hours=6), ask_for_words)
register_work(lambda person: open_ventures(person).count(), hand_all_ventures)
