"""Two at once never get the same number, and what fails leaves no gap."""

import subprocess
import sys

import pytest

from luoshi.cli.instance import throwaway

pytestmark = pytest.mark.own_instance
PROCESSES, TIMES = 3, 12
# Takes numbers as fast as it can; every third transaction fails after it took one.
TAKES = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.conf.settings"
import django
django.setup()
from django.db import transaction
from luoshi.core.models import Town
from luoshi.papers.numbering import take_number
town = Town.objects.get()
for time in range({TIMES}):
    try:
        with transaction.atomic(durable=True):
            number = take_number(town, "answer", 2026)
            if time % 3 == 0:
                raise ZeroDivisionError
    except ZeroDivisionError:
        continue
    print(number.sequence)
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_many_at_once_count_without_a_gap(database):
    with throwaway(database) as instance:
        instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇")
        running = [
            subprocess.Popen(
                [sys.executable, "-c", TAKES],
                env=instance.env,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _one in range(PROCESSES)
        ]
        printed = [one.communicate(timeout=300)[0].split() for one in running]
    assert [one.returncode for one in running] == [0] * PROCESSES
    numbers = sorted(int(number) for lines in printed for number in lines)
    kept = PROCESSES * TIMES * 2 // 3
    assert numbers == list(range(1, kept + 1))
