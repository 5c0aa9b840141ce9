"""What projects tell the layers below: sentences, adapter, navigation."""

from django.utils.translation import gettext_lazy as _

from luoshi.cases.registrations import follow_move, judges_of, url_of
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.models import Kind
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.slots import NavItem, register_nav, register_part
from luoshi.core.trail import register_codes
from luoshi.projects import texts_votes
from luoshi.projects.keeping import beside_asset
from luoshi.projects.queries import to_look_at
from luoshi.projects.rules import SEE
from luoshi.projects.texts import CODES, NOTICES, REFUSALS, WORDS

register_codes(CODES | texts_votes.CODES)
register_notice_texts(NOTICES)
register_notice_words(WORDS)
register_refusals(REFUSALS | texts_votes.REFUSALS)
register_adapter(Adapter(Kind.MILESTONE, Judge.NONE, url_of, judges_of, follow_move))
register_part("asset", beside_asset)
register_nav(
    NavItem("projects:board", _("Projects"), frozenset(SEE), waiting=to_look_at)
)
