"""A large photo leaves the phone small, and a chosen one can be taken out again."""

import pytest
from PIL import Image

from luoshi.cli.instance import COMMAND, served, throwaway
from luoshi.cli.screens import CHROMIUM

pytestmark = pytest.mark.own_instance
SIZES = "() => [...document.querySelector('input[type=file]').files].map(f => f.size)"


def photo(path):
    """Write a picture that does not compress well."""
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(path, quality=95)
    return path


def test_a_photo_is_shrunk_before_it_is_sent(tmp_path):
    from playwright.sync_api import sync_playwright

    big = photo(tmp_path / "a.jpg")
    note = tmp_path / "b.pdf"
    note.write_bytes(b"%PDF-1.4\n")
    with throwaway() as instance, sync_playwright() as play:
        instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇", "--demo")
        with served([*COMMAND, "run"], instance.env, f"{instance.address}/health"):
            browser = play.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page()
            page.goto(f"{instance.address}/qinghe/report/")
            page.fill("textarea", "村口三盏路灯不亮。")
            page.click("main form button.main")
            page.locator("input[type=radio]").first.check()
            page.click("main form button.main")
            page.click("main form button.main")
            page.set_input_files("input[type=file]", [big, note])
            for _try in range(100):
                if page.evaluate(SIZES)[0] < big.stat().st_size // 2:
                    break
                page.wait_for_timeout(100)
            sizes = page.evaluate(SIZES)
            assert sizes[0] < big.stat().st_size // 2
            assert sizes[1] == note.stat().st_size
            page.locator("input[type=file] + ul button").last.click()
            assert len(page.evaluate(SIZES)) == 1
            page.click("main form button.main")
            page.wait_for_selector(".code")
            page.goto(f"{instance.address}/qinghe/matter/")
            assert page.locator("main img").count() == 1
            browser.close()
