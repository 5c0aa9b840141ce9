"""Times look-ups of what is alike in the only town, search included; prints them.

The texts are of open cases of the town, each asked for once: as a resident tells it,
and as the dispatcher has it at the desk.
"""

import json
import os
import sys
from functools import partial


def look_ups(most: int) -> dict[str, dict[str, float]]:
    """Return the times of up to so many look-ups of each sort."""
    from django_scopes import scope

    from luoshi.cases.alike import alike_at_desk, alike_while_telling, heads_open
    from luoshi.cases.common import learn_common
    from luoshi.cases.queries import cases_visible_to
    from luoshi.cli.bench.costs import clocked, spread
    from luoshi.core.models import Town, User
    from luoshi.core.staff import staff_of

    town = Town.objects.get()
    with scope(town=town):
        staff = staff_of(User.objects.get(username="dispatcher"))
        assert staff is not None
        # Spread over all that is open: villages with much and with little.
        opened = heads_open().filter(commitment__kind="case", village__isnull=False)
        ids = list(opened.order_by("pk").values_list("pk", flat=True))
        chosen = ids[:: max(len(ids) // most, 1)][:most]
        cases = list(
            opened.filter(pk__in=chosen).select_related("commitment__town", "village")
        )
        # As the night before did.
        learn_common(town)
        times: dict[str, dict[str, float]] = {}
        sorts = {
            "while it is told": lambda case: alike_while_telling(
                town, case.text, case.village
            ),
            "at the desk": lambda case: alike_at_desk(case, cases_visible_to(staff)),
        }
        for name, asked in sorts.items():
            # What is loaded once in a process is no part of a look-up.
            asked(cases[0])
            times[name] = spread([clocked(partial(asked, case)) for case in cases])
        return times


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    print(json.dumps(look_ups(int(sys.argv[1]))))
