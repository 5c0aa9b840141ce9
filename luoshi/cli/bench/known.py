"""Says what a bench may ask of a town: a village, a case, a common and a rare word."""

import json
import os
from collections import Counter

# Of the newest so many texts the words are taken; so many rare ones are tried.
TEXTS, TRIED = 2000, 30


def known() -> dict[str, object]:
    """Return names out of the only town."""
    from django_scopes import scope

    from luoshi.cases.models import Case
    from luoshi.core.models import Town, Village
    from luoshi.core.search import Words, find_newest

    town = Town.objects.get()
    with scope(town=town):
        newest = Case.objects.order_by("-pk")
        texts = list(newest.values_list("subject", flat=True)[:TEXTS])
        pairs = Counter(
            text[at : at + 2] for text in texts for at in range(len(text) - 1)
        )
        words = [word for word, _count in pairs.most_common() if word.isalpha()]

        def hits(word: str) -> int:
            asked = Words(town, word, "case")
            return len(find_newest(asked, visibility=("internal",), most=500))

        working = newest.filter(commitment__state="in_hand").first() or newest[0]
        return {
            "village": str(Village.objects.values_list("pk", flat=True)[0]),
            "number": working.number,
            "words": [words[0], min(words[-TRIED:], key=hits)],
        }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    print(json.dumps(known()))
