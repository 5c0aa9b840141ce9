"""`luoshi run` as an operator starts it, with a real browser, and a whole case."""

import json
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from luoshi.cli import screens
from luoshi.cli.instance import COMMAND, DEMO_COPY, throwaway, wait_until_ready

pytestmark = pytest.mark.own_instance


@pytest.fixture
def instance():
    """Give an empty instance."""
    with throwaway() as one:
        yield one


def start(instance, *words):
    process = subprocess.Popen([*COMMAND, "run", *words], env=instance.env)
    wait_until_ready(f"{instance.address}/health", process)
    return process


def test_it_starts_serves_a_report_in_chromium_and_ends_cleanly(instance):
    from playwright.sync_api import sync_playwright

    process = start(instance, "--demo")
    assert Path(screens.CHROMIUM).exists(), (
        "Chromium is missing: apt-get install chromium"
    )
    with sync_playwright() as play:
        browser = screens.chromium(play)
        page = browser.new_page(viewport={"width": 375, "height": 800})
        page.set_default_timeout(screens.PATIENCE_MS)
        page.goto(f"{instance.address}/qinghe/")
        page.get_by_role("link", name="反映一件事").first.click()
        page.locator("textarea").fill("村口三盏路灯不亮")
        page.get_by_role("button", name="下一步").click()
        page.get_by_label("青溪村").check()
        page.get_by_role("button", name="下一步").click()
        page.get_by_role("button", name="下一步").click()
        page.get_by_role("button", name="交给镇里").click()
        assert page.get_by_role("heading", name="收到了").is_visible()
        assert page.locator(".code").inner_text().startswith("QH-")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 375
        browser.close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    report = json.loads(instance.command("verify-trail", "--json"))
    assert report["ok"]


def test_a_taken_port_is_said_with_the_way_out(instance):
    instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇")
    with socket.socket() as other:
        other.bind(("127.0.0.1", instance.port))
        other.listen()
        second = subprocess.run(
            [*COMMAND, "run"], env=instance.env, capture_output=True, text=True
        )
    assert second.returncode == 1
    assert "LUOSHI_PORT" in second.stdout


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("case", "closed"),
        ("consultations", "True"),
        ("ledger", "closed"),
        ("projects", "done"),
        ("town", "handed_over"),
        ("upkeep", "closed"),
    ],
)
def test_a_walk_goes_through_the_pages(demo_copy, instance, name, state):
    walked = subprocess.run(
        [*COMMAND, "walk-through", name, "--json"],
        env=instance.env | {DEMO_COPY: str(demo_copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(walked.stdout)
    assert walked.returncode == 0, told
    assert state in [step["state"] for step in told["steps"]]
