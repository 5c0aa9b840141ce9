"""One text in the forms in which it leaves: message, chat, loudspeaker."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.alerts.models import GroupNotice
from luoshi.alerts.spoken import sentences
from luoshi.ui.wording import moment

# Chinese messages hold 70 units of UTF-16; of several parts, each holds 67.
ONE, EACH = 70, 67
MOST_TEXT = 500


@dataclass(frozen=True)
class Length:
    """How long a message is, and in how many parts it is sent and paid for."""

    units: int
    parts: int
    # How many units the last part still has room for.
    left: int


def units_in(text: str) -> int:
    """Count as telephones do: a rare character, or an emoji, counts twice."""
    return sum(2 if ord(one) > 0xFFFF else 1 for one in text)


def length_of(text: str) -> Length:
    """Count the parts of a message; no character is cut in two."""
    units = units_in(text)
    if units <= ONE:
        return Length(units, 1, ONE - units)
    parts, used = 1, 0
    for one in text:
        width = 2 if ord(one) > 0xFFFF else 1
        if used + width > EACH:
            parts, used = parts + 1, 0
        used += width
    return Length(units, parts, EACH - used)


def signed(town_name: str) -> str:
    """Return the signature that begins each message, as operators ask for it."""
    return f"【{town_name}】"


def for_message(notice: GroupNotice) -> str:
    """Return the text of the message to each telephone."""
    return signed(notice.town.name) + one_line(notice.text)


def one_line(text: str) -> str:
    """Return a text without its line breaks, which some telephones drop."""
    return "".join(line.strip() for line in text.splitlines())


def for_chat(notice: GroupNotice, link: str) -> str:
    """Return the text to paste into a chat group."""
    with override(settings.LANGUAGE_CODE):
        said = _("%(town)s, %(at)s") % {
            "town": notice.town.name,
            "at": moment(notice.released_at or notice.written_at),
        }
        more = _("Read it again, or show it to others: %(link)s") % {"link": link}
    return "\n".join([notice.title, "", notice.text, "", said, more])


def for_loudspeaker(notice: GroupNotice) -> list[str]:
    """Return what is read aloud, sentence by sentence, all of it twice."""
    with override(settings.LANGUAGE_CODE):
        begin = _("To everybody: here is a notice of %(town)s.") % {
            "town": notice.town.name
        }
        again = _("Here it is once more.")
        end = _("That was the notice of %(town)s.") % {"town": notice.town.name}
    said = sentences(f"{notice.title}。{notice.text}")
    return [begin, *said, again, *said, end]
