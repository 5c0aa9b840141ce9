"""Two who send the same code at once: one ballot is in the box, one code is used."""

import json
import subprocess
import sys

import pytest

from luoshi.cli.instance import throwaway

pytestmark = pytest.mark.own_instance
CODES, AT_ONCE = 8, 4
# A town whose round is at its vote; each code is sent from several threads at once.
SENDS = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.conf.settings"
import django
django.setup()
import json, threading
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from django.test.utils import setup_test_environment
from django_scopes import scope
from luoshi.conftest import Browser, build_town
from luoshi.projects.models import Ballot, Code
from luoshi.projects.tests.play import COSTS, keys_of, round_with, wish
setup_test_environment()
place = build_town("qinghe")
with scope(town=place.town):
    election, codes = wish(place, round_with(place, *COSTS))
    keys = keys_of(election)

def send(code, key, gate):
    told = {{"code": code, "choice": [key], "stage": "cast"}}
    browser = Browser()
    gate.wait()
    answer = browser.post("/qinghe/vote/", told)
    connection.close()
    return answer.status_code

cast = []
with ThreadPoolExecutor({AT_ONCE}) as pool:
    for code in codes[:{CODES}]:
        gate = threading.Barrier({AT_ONCE})
        sent = [
            pool.submit(send, code, keys[number % len(keys)], gate)
            for number in range({AT_ONCE})
        ]
        cast.append(sorted(one.result() for one in sent))
with scope(town=place.town):
    used = Code.objects.exclude(used="").count()
    print(json.dumps([cast, used, Ballot.objects.count()]))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_several_at_once_with_one_code_one_is_counted(database):
    with throwaway(database) as instance:
        instance.command("setup-town", "--code", "other", "--name", "别的镇")
        sent = subprocess.run(
            [sys.executable, "-c", SENDS],
            env=instance.env,
            capture_output=True,
            text=True,
            check=False,
        )
    assert sent.returncode == 0, sent.stderr
    cast, used, ballots = json.loads(sent.stdout.splitlines()[-1])
    assert cast == [[302] + [422] * (AT_ONCE - 1)] * CODES
    assert (used, ballots) == (CODES, CODES)
