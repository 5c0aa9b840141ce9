"""Counts the queries of pages; run as a process of its own, it prints JSON."""

import json
import os
import sys


def count(pages: list[list[str]]) -> dict[str, int]:
    """Return the number of queries of each page: [name, role, path]."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django_scopes import scopes_disabled

    from luoshi.core.models import User

    found = {}
    for name, role, path in pages:
        client = Client(SERVER_NAME="127.0.0.1")
        if role:
            with scopes_disabled():
                client.force_login(User.objects.get(username=role))
        client.get(path)
        with CaptureQueriesContext(connection) as context:
            answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
        found[name] = len(context)
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    print(json.dumps(count(json.loads(sys.argv[1]))))
