"""axe-core finds nothing on any page, in either language, and nothing scrolls aside."""

import pytest

from luoshi.cli import screens

pytestmark = pytest.mark.own_instance


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_shuts_anybody_out(demo, language, width, tmp_path):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    faults, axe = [], Axe()

    class Checker(screens.Look):
        """Looks for what shuts people out instead of taking pictures."""

        def shoot(self, page, name):
            found = axe.run(page)
            faults.extend(
                f"{name}: {one['id']} {one['nodes'][0]['html'][:120]}"
                for one in found.response["violations"]
            )
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > self.width:
                faults.append(f"{name}: {wide} px wide at {self.width}")
            return name

    with sync_playwright() as play:
        browser = screens.chromium(play)
        look = Checker(browser, demo.address, width, language, tmp_path)
        names = list(look.take())
        browser.close()
    assert len(names) > 20
    assert not faults, "\n".join(faults)
