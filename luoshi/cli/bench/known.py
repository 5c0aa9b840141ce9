"""Says what a bench may ask of a town: a village, a case, words of each kind."""

import json
import os
import re
from collections import Counter
from itertools import pairwise

from luoshi.cli.bench.asked import ABSENT

# Of the newest so many texts the words are taken; so many rare ones are tried, and so
# many of a kind are asked for.
TEXTS, TRIED, EACH = 2000, 30, 10
# Characters that no text of a fill has: any two of them are an absent word.
STRANGE = "鼹鼬鼯鼷鼱鼢鼩鼫鼧鼨鼪"


def known() -> dict[str, object]:
    """Return names out of the only town."""
    from django_scopes import scope

    from luoshi.cases.models import Case
    from luoshi.core.models import Town, Village
    from luoshi.core.search import Words, find_titles_first

    town = Town.objects.get()
    with scope(town=town):
        newest = Case.objects.order_by("-pk")
        texts = list(newest.values_list("text", flat=True)[:TEXTS])
        pairs = Counter(
            text[at : at + 2] for text in texts for at in range(len(text) - 1)
        )
        words = [word for word, _count in pairs.most_common() if word.isalpha()]

        def hits(word: str) -> int:
            asked = Words(town, word, "case")
            return len(find_titles_first(asked, visibility=("internal",), most=500))

        tried = sorted(words[-TRIED:], key=hits)
        singles = Counter(sign for text in texts for sign in text if sign > "一")
        mixed = Counter(found for text in texts for found in re.findall("\\d+号", text))
        working = newest.filter(commitment__state="in_hand").first() or newest[0]
        return {
            "village": str(Village.objects.values_list("pk", flat=True)[0]),
            "number": working.number,
            "words": [words[0], tried[0]],
            "by_kind": {
                "common": words[:EACH],
                "rare": tried[:EACH],
                "one rare character": [sign for sign, _n in singles.most_common()][
                    -EACH:
                ],
                "number and character": [one for one, _n in mixed.most_common(EACH)],
                "two words": [f"{words[at]} {tried[at]}" for at in range(EACH)],
                "absent": [ABSENT, *map("".join, pairwise(STRANGE))],
            },
        }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    print(json.dumps(known()))
