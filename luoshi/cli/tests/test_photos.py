"""A large photo leaves the phone small, and a chosen one can be taken out again."""

import pytest
from PIL import Image

from luoshi.cli.screens import PATIENCE_MS, chromium

pytestmark = pytest.mark.own_instance
FILES = "[...document.querySelector('input[type=file]').files]"
SIZES = f"() => {FILES}.map(file => file.size)"
CORNER = f"""async () => {{
  const picture = await createImageBitmap({FILES}[0]);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  return [{FILES}[0].type, ...pen.getImageData(2, 2, 1, 1).data];
}}"""
# Making a photo smaller takes as long as the test says.
SLOWLY = """
  const quick = HTMLCanvasElement.prototype.toBlob;
  window.go = new Promise((done) => { window.letGo = done; });
  HTMLCanvasElement.prototype.toBlob = function (done, ...how) {
    window.go.then(() => quick.call(this, done, ...how));
  };
"""
# Keeps the size of the first file at the moment when the form leaves.
WATCHED = f"""window.addEventListener("submit", (event) => {{
  if (!event.defaultPrevented) localStorage.setItem("left", {FILES}[0].size);
}})"""
# What a browser of 2020 does not know.
OLD = "delete Element.prototype.replaceChildren;"


def photo(path, mode="RGB"):
    """Write a picture that does not compress well, with alpha half of it clear."""
    picture = Image.effect_noise((2400, 1800), 90).convert(mode)
    if mode == "RGBA":
        picture.paste((0, 0, 0, 0), (0, 0, 1200, 1800))
        picture.save(path)
    else:
        picture.save(path, quality=95)
    return path


@pytest.fixture
def address(demo):
    """Give the address of the town's pages."""
    return f"{demo.address}/qinghe"


@pytest.fixture
def page(address):
    """Open the page on which photos are chosen, in a browser of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = chromium(play)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(OLD)
        page.goto(f"{address}/report/")
        page.fill("textarea", "村口三盏路灯不亮。")
        page.click("main form button.main")
        page.locator("input[type=radio]").first.check()
        page.click("main form button.main")
        page.click("main form button.main")
        yield page
        browser.close()


def until_smaller(page, size):
    """Wait until the first file is smaller than so many bytes."""
    for _try in range(PATIENCE_MS // 100):
        if page.evaluate(SIZES)[0] < size:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate(SIZES)[0]} bytes")


def test_a_photo_is_shrunk_before_it_is_sent(page, address, tmp_path):
    big = photo(tmp_path / "a.jpg")
    note = tmp_path / "b.pdf"
    note.write_bytes(b"%PDF-1.4\n")
    page.set_input_files("input[type=file]", [big, note])
    until_smaller(page, big.stat().st_size // 2)
    assert page.evaluate(SIZES)[1] == note.stat().st_size
    page.locator("input[type=file] + ul button").last.click()
    assert len(page.evaluate(SIZES)) == 1
    page.click("main form button.main")
    page.wait_for_selector(".code")
    page.goto(f"{address}/matter/")
    assert page.locator("main img").count() == 1


def test_what_is_see_through_turns_white(page, tmp_path):
    clear = photo(tmp_path / "a.png", "RGBA")
    page.set_input_files("input[type=file]", [clear])
    until_smaller(page, clear.stat().st_size // 2)
    kind, *colour = page.evaluate(CORNER)
    assert kind == "image/jpeg"
    assert min(colour) >= 250


def test_a_photo_taken_out_while_it_shrinks_stays_out(page, tmp_path):
    page.evaluate(SLOWLY)
    both = [photo(tmp_path / name) for name in ("a.jpg", "b.jpg")]
    page.set_input_files("input[type=file]", both)
    page.locator("input[type=file] + ul button").first.click()
    page.evaluate("window.letGo()")
    until_smaller(page, both[0].stat().st_size // 2)
    page.wait_for_timeout(300)
    assert page.locator("input[type=file] + ul li").count() == 1
    assert page.evaluate(f"() => {FILES}.map(file => file.name)") == ["b.jpg"]


def test_a_form_sent_early_waits_for_the_small_photo(page, tmp_path):
    page.evaluate(SLOWLY)
    big = photo(tmp_path / "a.jpg")
    page.set_input_files("input[type=file]", [big])
    sent = []
    page.on("request", lambda one: sent.append(one) if one.method == "POST" else None)
    page.evaluate(WATCHED)
    page.locator("main form button.main").click()
    page.locator("main form button.main").click()
    page.wait_for_timeout(300)
    assert not sent
    page.evaluate("window.letGo()")
    page.wait_for_selector(".code")
    assert len(sent) == 1
    left = int(page.evaluate("localStorage.getItem('left')"))
    assert left < big.stat().st_size // 2
