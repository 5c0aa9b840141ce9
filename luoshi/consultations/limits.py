"""How much comes from one network or one browser: more is refused or said to staff.

Many phones of a village stand behind one address, so that the limits are wide; paper
and visits are open to whoever meets one.
"""

from django.utils.crypto import salted_hmac

from luoshi.core.tally import count_up

HOUR_S = 3600
DAY_S = 24 * 3600
MOST_NEW = 200
MOST_SAID = 60
MOST_SAID_EACH = 10
MOST_TRIED = 30


def too_many_new(network: str) -> bool:
    """Tell whether more sets of answers began from a network than people would."""
    return count_up(f"answers:{network}", HOUR_S) > MOST_NEW


def too_much_said(network: str, code: str) -> bool:
    """Tell whether a browser or a network says more than it should."""
    one = salted_hmac("luoshi.consultations.limits", code).hexdigest()
    each = count_up(f"said:{one}", DAY_S) > MOST_SAID_EACH
    return count_up(f"said:{network}", HOUR_S) > MOST_SAID or each


def too_many_codes(network: str) -> bool:
    """Tell whether somebody tries codes that are not theirs."""
    return count_up(f"answer-codes:{network}", HOUR_S) > MOST_TRIED
