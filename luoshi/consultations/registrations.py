"""What consultations tell the layers below: adapter, sentences, navigation."""

from luoshi.cases.registrations import follow_move, judges_of, url_of
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.models import Kind

register_adapter(Adapter(Kind.CONSULTATION, Judge.NONE, url_of, judges_of, follow_move))
