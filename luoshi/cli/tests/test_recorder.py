"""A page records by itself where the browser can, and its form waits for the end."""

import pytest

from luoshi.cli.screens import CHROMIUM, PATIENCE_MS

pytestmark = pytest.mark.own_instance
# A microphone that hums; nobody is asked whether it may be heard.
HUM = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
BLIND = "delete window.MediaRecorder;"
DEAF = (
    """navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error("no"));"""
)
NAMES = "() => [...document.querySelector('#id_recording').files].map((f) => f.name)"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *HUM]
        )
        yield browser
        browser.close()


def open_report(browser, demo, script=""):
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(script)
    page.goto(f"{demo.address}/qinghe/report/")
    return page


def test_what_is_recorded_here_is_sent_even_in_the_middle_of_it(browser, demo):
    page = open_report(browser, demo)
    page.click(".recorder button")
    page.wait_for_selector("[role=timer]:has-text('/ 5:00')")
    page.click(".recorder button")
    page.wait_for_selector(".recorder audio:not([hidden])")
    assert len(page.evaluate(NAMES)) == 1
    page.click("#id_recording + ul button")
    page.wait_for_selector(".recorder audio", state="hidden")
    assert page.evaluate(NAMES) == []
    page.click(".recorder button")
    page.wait_for_selector("[role=timer]:has-text('0:01')")
    page.click("main form button.main")
    page.wait_for_url("**/where/")
    page.goto(f"{demo.address}/qinghe/report/")
    assert page.locator("[name=without]").count() == 1


def test_without_a_recorder_or_a_microphone_the_file_box_does(browser, demo):
    page = open_report(browser, demo, BLIND)
    assert page.locator(".recorder").count() == 0
    assert page.locator("#id_recording").count() == 1
    page = open_report(browser, demo, DEAF)
    page.click(".recorder button")
    page.wait_for_selector("[role=status]:has-text('录音机')")
