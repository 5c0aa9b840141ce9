"""Reading aloud: offered only where there is a voice, and it stops when told to."""

import pytest

from luoshi.cases.tests.test_wechat import AGENTS
from luoshi.cli.screens import PATIENCE_MS, chromium

pytestmark = pytest.mark.own_instance
# A browser with one Chinese and one English voice, which writes down what it says.
VOICES = """
window.said = [];
const voices = [{ lang: "zh-CN", localService: true }, { lang: "en-US" }];
const speech = {
  getVoices: () => voices,
  addEventListener: () => {},
  cancel: () => { speech.waiting = null; },
  speak: (one) => { window.said.push([one.lang, one.text]); speech.waiting = one; },
};
window.finish = () => { const one = speech.waiting; if (one) one.onend(); };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class {
  constructor(text) { this.text = text; }
};
"""
DEAF = "delete window.speechSynthesis; delete window.SpeechSynthesisUtterance;"
BUTTON = "[data-aloud]"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = chromium(play)
        yield browser
        browser.close()


def opened(browser, demo, path, script="", language="zh-hans", **how):
    context = browser.new_context(viewport={"width": 375, "height": 800}, **how)
    cookie = {"name": "language", "value": language, "url": demo.address}
    context.add_cookies([cookie])
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(script)
    page.goto(demo.address + path)
    return page


@pytest.mark.parametrize("script", [DEAF, VOICES.replace("zh-CN", "fr-FR")])
def test_without_a_voice_for_the_page_there_is_no_button(browser, demo, script):
    page = opened(browser, demo, "/qinghe/", script)
    page.wait_for_load_state("load")
    assert not page.locator(BUTTON).is_visible()
    assert opened(browser, demo, "/qinghe/", VOICES).locator(BUTTON).is_visible()


@pytest.mark.parametrize(
    ("language", "lang", "words"),
    [("zh-hans", "zh-CN", "有事，跟镇里说"), ("en", "en-US", "Something wrong?")],
)
def test_it_reads_what_is_seen_in_its_language_and_stops(
    browser, demo, language, lang, words
):
    page = opened(browser, demo, "/qinghe/", VOICES, language)
    assert page.evaluate("said") == [], "nothing begins by itself"
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    # More than the page has to say.
    for _piece in range(200):
        page.evaluate("finish()")
    said = page.evaluate("said")
    assert said[0][0] == lang and words in "".join(text for _lang, text in said)
    assert all(len(text) < 140 for _lang, text in said)
    page.click(BUTTON)
    before = page.locator(BUTTON).inner_text()
    page.click(BUTTON)
    count = page.evaluate("said.length")
    page.evaluate("finish()")
    assert page.evaluate("said.length") == count
    assert page.locator(BUTTON).inner_text() != before


def test_inside_wechat_a_report_goes_through_on_a_narrow_screen(browser, demo):
    how = {"user_agent": AGENTS[0], "is_mobile": True}
    page = opened(browser, demo, "/qinghe/report/", **how)
    page.context.add_cookies(
        [{"name": "size", "value": "largest", "url": demo.address}]
    )
    page.reload()
    assert page.locator("[data-wechat=record]").count() == 1
    page.fill("textarea", "村口三盏路灯不亮。")
    page.click("main form button.main")
    page.locator("input[type=radio]").first.check()
    page.click("main form button.main")
    page.click("details.helper summary")
    page.fill("[name=helper_name]", "李小川")
    page.fill("[name=helper_relation]", "孙子")
    page.click("main form button.main")
    assert "代填人" in page.inner_text("main")
    page.click("main form button.main")
    page.wait_for_selector("[data-wechat=picture]")
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.click("main a.button.main")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
