"""The keys of the staff pages, as hands press them in a real browser."""

import pytest

from luoshi.cli.screens import PATIENCE_MS, chromium
from luoshi.demo.town import PASSWORD

pytestmark = pytest.mark.own_instance
COMPOSING = """key => document.body.dispatchEvent(new KeyboardEvent(
    "keydown", { key, bubbles: true, isComposing: true }))"""


@pytest.fixture(scope="module")
def desk(demo):
    """Give a page on which the demo's dispatcher is signed in."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = chromium(play)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"{demo.address}/sign-in/")
        page.fill("[name=username]", "dispatcher")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.work = f"{demo.address}/qinghe/work/"
        yield page
        browser.close()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def focused(page):
    return page.evaluate("document.activeElement.id")


def current(page):
    return page.evaluate(
        "[...document.querySelectorAll('[data-row]')]"
        ".findIndex(one => one.classList.contains('current'))"
    )


def test_keys_go_to_today_inbox_desk_and_search(desk):
    desk.goto(f"{desk.work}keys/")
    for keys, path in (("gi", "inbox/"), ("gt", ""), ("gd", "dispatch/")):
        press(desk, *keys)
        desk.wait_for_url(f"{desk.work}{path}")
    desk.goto(f"{desk.work}inbox/")
    press(desk, "/")
    assert focused(desk) == "q"
    desk.keyboard.type("gtj?1")
    assert desk.input_value("#q") == "gtj?1"
    assert desk.url == f"{desk.work}inbox/"


def test_the_list_of_keys_opens_over_the_page(desk):
    desk.goto(f"{desk.work}inbox/")
    press(desk, "?")
    desk.wait_for_selector("dialog[open] table")
    press(desk, "j", "x")
    assert current(desk) == -1
    press(desk, "Escape")
    desk.wait_for_selector("dialog", state="detached")
    assert desk.url == f"{desk.work}inbox/"


def test_j_k_x_and_enter_walk_the_inbox_and_the_way_back_finds_the_row(desk):
    desk.goto(f"{desk.work}inbox/")
    assert not desk.locator(".bulk").is_visible()
    press(desk, "j", "j", "j", "k", "x")
    assert current(desk) == 1
    assert desk.locator("[data-row] input:checked").count() == 1
    assert "1" in desk.inner_text(".bulk output")
    press(desk, "x")
    assert not desk.locator(".bulk").is_visible()
    desk.evaluate(COMPOSING, "j")
    assert current(desk) == 1
    press(desk, "Enter")
    desk.wait_for_url("**/case/**")
    press(desk, "Escape")
    desk.wait_for_url(f"{desk.work}inbox/")
    desk.wait_for_function("document.querySelector('[data-row].current')")
    assert current(desk) == 1


def test_v_saves_a_view_and_a_digit_opens_it(desk):
    desk.goto(f"{desk.work}inbox/?view=late")
    # The head of the page has an "own" of its own, with the key "?".
    before = desk.locator(".tabs.own [data-key]").count()
    press(desk, "v")
    assert focused(desk) == "view-name"
    desk.keyboard.type("v1 j")
    press(desk, "Enter")
    desk.wait_for_selector(f".tabs.own [data-key='{before + 1}']")
    desk.goto(f"{desk.work}inbox/")
    press(desk, str(before + 1))
    desk.wait_for_url("**view=late**")
    assert desk.inner_text(".tabs.own [aria-current] span:first-child") == "v1 j"


def test_the_case_page_has_its_keys_and_a_template_goes_in_in_place(desk):
    desk.goto(f"{desk.work}inbox/?view=open")
    press(desk, "j", "Enter")
    desk.wait_for_url("**/case/**")
    case = desk.url
    press(desk, "n")
    assert focused(desk) == "note"
    press(desk, "Escape", "r")
    assert focused(desk) == "reply"
    desk.keyboard.type("您好。n")
    desk.select_option("#begin", index=1)
    desk.click("[data-insert]")
    text = desk.input_value("#reply")
    assert text.startswith("您好。n") and case.split("/")[-2] in text
    assert desk.url == case
    press(desk, "Escape", "p")
    desk.wait_for_url("**/print/")
    press(desk, "Escape")
    desk.wait_for_url(case)


def test_the_dispatch_desk_is_done_by_keys(desk):
    desk.goto(f"{desk.work}dispatch/")
    first = desk.get_attribute(".list [aria-current]", "href")
    press(desk, "j")
    desk.wait_for_url("**/dispatch/*/")
    press(desk, "k")
    desk.wait_for_url(f"**{first}")
    # The first matter may be urgent already: the key is a switch.
    urgent = desk.is_checked("#id_urgent")
    press(desk, "u")
    assert desk.is_checked("#id_urgent") is not urgent
    # With which it is to be done may be named already.
    for key, path in (("b", "**/pass_on/"), ("m", "**/merge/**")):
        press(desk, key)
        desk.wait_for_url(path)
        desk.go_back()
        desk.wait_for_url("**/dispatch/*/")
    waiting = desk.locator(".list a").count()
    desk.select_option("#id_category", index=1)
    press(desk, "Control+Enter")
    desk.wait_for_url(f"{desk.work}dispatch/")
    assert desk.locator(".list a").count() == waiting - 1


def test_who_switches_them_off_has_none(desk):
    desk.goto(f"{desk.work}keys/")
    desk.click("main form button")
    desk.wait_for_selector("html[data-keys=off]")
    desk.goto(f"{desk.work}inbox/")
    press(desk, "j", "x", "/", "g", "t", "?")
    assert desk.url == f"{desk.work}inbox/"
    assert (current(desk), focused(desk)) == (-1, "")
    assert not desk.locator("dialog").count()
    desk.goto(f"{desk.work}keys/")
    desk.click("main form button")
    desk.wait_for_selector("html:not([data-keys])")


def test_two_keys_put_a_proposal_right_and_send_it_off(desk):
    desk.goto(f"{desk.work}dispatch/")
    assert 2 <= desk.locator("input[name=suggested]").count() <= 3
    waiting = desk.locator("nav.list [aria-current]").get_attribute("href")
    press(desk, "2")
    chosen = desk.locator("input[name=suggested]:checked")
    assert chosen.get_attribute("data-key") == "2"
    said = desk.locator("label:has(input[name=suggested]:checked) > span").first
    category = said.inner_text().splitlines()[0]
    press(desk, "Control+Enter")
    desk.wait_for_function(
        "gone => document.querySelector('nav.list [aria-current]')"
        "?.getAttribute('href') !== gone",
        arg=waiting,
    )
    assert desk.locator(f"nav.list [href='{waiting}']").count() == 0
    desk.goto(f"{desk.work}case/{waiting.rstrip('/').split('/')[-1]}/")
    assert category in desk.inner_text("main")
