"""axe-core finds nothing on any page, in either language, and nothing scrolls aside."""

import pytest

from luoshi.cli import screens

pytestmark = pytest.mark.own_instance
# The words of English are long: they are looked at where there is least room for them.
NARROW, HEIGHT = 320, 900
WIDTHS = {"zh-hans": (NARROW, 1280), "en": (NARROW,)}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_shuts_anybody_out(demo, language, tmp_path):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    faults, axe = [], Axe()

    class Checker(screens.Look):
        """Looks at each page in its widths for what shuts people out."""

        def shoot(self, page, name):
            for width in WIDTHS[language]:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                found = axe.run(page)
                faults.extend(
                    f"{name} at {width}: {one['id']} {one['nodes'][0]['html'][:120]}"
                    for one in found.response["violations"]
                )
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    faults.append(f"{name}: {wide} px wide at {width}")
            page.set_viewport_size({"width": NARROW, "height": HEIGHT})
            return name

    with sync_playwright() as play:
        browser = screens.chromium(play)
        look = Checker(browser, demo.address, NARROW, language, tmp_path)
        names = list(look.take())
        browser.close()
    assert len(names) > 20
    assert not faults, "\n".join(faults)
