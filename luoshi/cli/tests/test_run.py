"""`luoshi run` as an operator starts it, and a report in a real browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "luoshi.cli.main"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """Start an instance of its own; give its address, and its process."""
    port = free_port()
    env = os.environ | {"LUOSHI_DATA": str(tmp_path), "LUOSHI_PORT": str(port)}
    env.pop("LUOSHI_DATABASE_URL", None)
    process = subprocess.Popen([*COMMAND, "run", "--demo"], env=env)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health", process)
        yield address, process, env
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def wait_for(url: str, process) -> None:
    """Ask until it answers; a server that ended fails at once."""
    for _try in range(600):
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.mark.browser
def test_it_starts_serves_a_report_in_chromium_and_ends_cleanly(server):
    from playwright.sync_api import sync_playwright

    address, process, env = server
    chromium = Path("/usr/bin/chromium")
    assert chromium.exists(), "Chromium is missing: apt-get install chromium"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 375, "height": 800})
        page.goto(f"{address}/qinghe/")
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
    assert process.wait(5) == 0
    trail = subprocess.run([*COMMAND, "verify-trail", "--json"], env=env, check=False)
    assert trail.returncode == 0
