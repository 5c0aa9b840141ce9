"""What the trail says of the desk's suggestions, and when they are learnt."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.cases.suggest.nights import Nights
from luoshi.cases.suggest.told import told_of_suggestions
from luoshi.commitments.hooks import register_about_categories
from luoshi.core.scheduler import register_task
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.suggestions_learnt": _(
            "What the dispatch desk is proposed was learnt "
            "from %(decisions)d decisions."
        ),
        "cases.suggestions_from_names": _(
            "The dispatch desk is proposed what names say: %(decisions)d decisions "
            "are too few to learn from."
        ),
    }
)
register_about_categories(told_of_suggestions)
register_task("suggestions", timedelta(minutes=1), Nights().go_on)
