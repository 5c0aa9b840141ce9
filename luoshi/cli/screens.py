"""Writes a picture of each page: both widths, both languages, the demo town."""

import argparse
import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.cli.archive_screens import ARCHIVE, join_shots
from luoshi.cli.ask_screens import ASKED, ASKED_LIVED_IN, ASKED_PRINTED, ask_shots
from luoshi.cli.desk_screens import desk_shots
from luoshi.cli.ending_screens import ending_shots
from luoshi.cli.instance import COMMAND, Instance, served, throwaway
from luoshi.cli.lasting_screens import (
    LASTING,
    LASTING_LIVED_IN,
    LASTING_PUBLIC,
    lasting_shots,
)
from luoshi.cli.night_screens import NIGHTS, night_shots
from luoshi.cli.paper_screens import paper_shots
from luoshi.cli.place_screens import PLACES
from luoshi.cli.project_screens import (
    PROJECTS,
    PROJECTS_LIVED_IN,
    PROJECTS_PRINTED,
    PROJECTS_PUBLIC,
    project_shots,
)
from luoshi.cli.shot import Shot
from luoshi.cli.spoken_screens import above_shots, spoken_shots
from luoshi.cli.upkeep_screens import UPKEEP, upkeep_shots

WIDTHS = (375, 1280)
LANGUAGES = ("zh-hans", "en")
CHROMIUM = "/usr/bin/chromium"
# A page may take this long on a busy machine.
PATIENCE_MS = 180_000
# The width of A4 at 96 dots an inch; how many sheets are pictured, and how sharp.
A4_PX, SHEETS, SHEET_DPI = 794, 3, 96


RESIDENT = [
    Shot("front", "/qinghe/"),
    Shot("report-1", "/qinghe/report/"),
    Shot("track", "/qinghe/track/"),
    Shot("ledger", "/qinghe/open/"),
    Shot("ledger-none", "/qinghe/open/?q=没有的词"),
    Shot("open-data", "/qinghe/open/data/"),
    Shot("village", "/qinghe/village/1/"),
    Shot("ledger-former", "/qinghe/open/?q=石坎村"),
    Shot("proposals-public", "/qinghe/proposals/"),
    Shot("led-public", "/qinghe/led/"),
    Shot("notice-public", "/qinghe/notice/1/"),
    *LASTING_PUBLIC,
    *PROJECTS_PUBLIC,
    *[shot for shot in ASKED if not shot.role],
    Shot("opinions", "/qinghe/consultations/3/opinions/"),
    Shot("sign-in", "/sign-in/"),
    Shot("not-found", "/qinghe/nothing/"),
]
STAFF = [
    Shot("today-dispatcher", "/qinghe/work/", "dispatcher"),
    Shot("inbox", "/qinghe/work/inbox/", "dispatcher"),
    Shot("inbox-late", "/qinghe/work/inbox/?view=late", "dispatcher"),
    Shot("inbox-own-view", "/qinghe/work/inbox/?view=open&village=2", "dispatcher"),
    Shot("own-views", "/qinghe/work/inbox/views/", "dispatcher"),
    Shot("keys", "/qinghe/work/keys/", "dispatcher"),
    Shot("templates", "/qinghe/work/templates/", "dispatcher"),
    Shot("template", "/qinghe/work/templates/1/", "dispatcher"),
    Shot("dispatch", "/qinghe/work/dispatch/", "dispatcher"),
    Shot("enter", "/qinghe/work/enter/", "dispatcher"),
    Shot("import", "/qinghe/work/import/", "dispatcher"),
    Shot("orders", "/qinghe/work/orders/", "dispatcher"),
    Shot("orders-paste", "/qinghe/work/orders/paste/", "dispatcher"),
    Shot("orders-system", "/qinghe/work/orders/system/12345/", "dispatcher"),
    Shot("search", "/qinghe/work/search/?q=路灯", "dispatcher"),
    Shot("today-handler", "/qinghe/work/", "handler"),
    Shot("today-inspector", "/qinghe/work/", "inspector"),
    Shot("today-leader", "/qinghe/work/", "leader"),
    Shot("people", "/qinghe/work/manage/", "admin"),
    Shot("give-post", "/qinghe/work/manage/post/", "admin"),
    Shot("hand-over", "/qinghe/work/manage/hand-over/", "admin"),
    Shot("handed-over", "/qinghe/work/manage/hand-over/2/", "admin"),
    *PLACES,
    Shot("categories", "/qinghe/work/manage/categories/", "admin"),
    Shot("rules", "/qinghe/work/manage/rules/", "admin"),
    Shot("path", "/qinghe/work/manage/path/", "admin"),
    Shot("stand-ins", "/qinghe/work/manage/stand-ins/", "leader"),
    Shot("today-proposer", "/qinghe/work/", "proposer"),
    Shot("duties", "/qinghe/work/manage/duties/", "admin"),
    Shot("calendar", "/qinghe/work/manage/calendar/", "admin"),
    Shot("settings", "/qinghe/work/manage/settings/", "admin"),
    Shot("offices", "/qinghe/work/manage/offices/", "admin"),
    Shot("robot", "/qinghe/work/manage/robot/", "admin"),
    Shot("papers", "/qinghe/work/papers/", "leader"),
    Shot("document", "/qinghe/work/document/1/", "dispatcher"),
    Shot("paper-numbers", "/qinghe/work/register/", "dispatcher"),
    Shot("paper-scans", "/qinghe/work/scans/", "dispatcher"),
    Shot("paper-templates", "/qinghe/work/manage/paper-templates/", "admin"),
    Shot("paper-template", "/qinghe/work/manage/paper-templates/answer/", "admin"),
    Shot("post-paper", "/qinghe/work/papers/1/", "leader"),
    Shot("figures", "/qinghe/work/figures/?period=twelve", "leader"),
    Shot(
        "figures-received", "/qinghe/work/figures/?period=month&by=received", "leader"
    ),
    Shot("city-figures", "/qinghe/work/figures/city/", "dispatcher"),
    Shot("exports", "/qinghe/work/exports/", "dispatcher"),
    Shot("exports-none", "/qinghe/work/exports/", "handler"),
    Shot("release", "/qinghe/work/release/", "releaser"),
    Shot("poster", "/qinghe/work/poster/1/", "dispatcher"),
    Shot("own-mail", "/qinghe/work/manage/mail/", "handler"),
    Shot("emergency", "/qinghe/work/emergency/", "leader"),
    *NIGHTS,
    *UPKEEP,
    *[shot for shot in ASKED if shot.role],
    *ARCHIVE,
    *LASTING,
    *PROJECTS,
    Shot("leader", "/qinghe/work/first/", "leader"),
    Shot("inspector", "/qinghe/work/inspect/", "inspector"),
    Shot("list-late", "/qinghe/work/list/late/", "leader"),
    Shot("list-looked", "/qinghe/work/list/looked/", "inspector"),
    Shot("led", "/qinghe/work/led/", "leader"),
    Shot("proposals", "/qinghe/work/proposals/", "dispatcher"),
    Shot("proposal-new", "/qinghe/work/proposals/new/", "dispatcher"),
    Shot("today-discipline", "/qinghe/work/", "discipline"),
    Shot("sealed", "/qinghe/work/sealed/", "discipline"),
    Shot("sealed-minors", "/qinghe/work/sealed/", "minors"),
    Shot("sealed-days", "/qinghe/work/sealed/days/", "admin"),
    Shot("topics", "/qinghe/work/topics/", "dispatcher"),
    Shot("topics-rising", "/qinghe/work/topics/?view=rising", "leader"),
    Shot("topic", "/qinghe/work/topics/1/", "dispatcher"),
    Shot("topic-act", "/qinghe/work/topics/1/act/", "leader"),
    Shot("opinions-staff", "/qinghe/work/consultations/3/opinions/", "leader"),
    Shot("polis-bring", "/qinghe/work/consultations/polis/", "dispatcher"),
    Shot("unreached", "/qinghe/work/unreached/", "dispatcher"),
]
# What only a town has where something has happened.
LIVED_IN = (
    *("village", "poster", "handed-over", "post-paper", "document"),
    *("alert", "alert-call", "alert-go", "alert-moves", "alert-plan"),
    *("notice", "notice-sheet", "notice-public", "joined", "archive-package"),
    *("topic", "topic-act", "facilities-village"),
    *ASKED_LIVED_IN,
    *LASTING_LIVED_IN,
    *PROJECTS_LIVED_IN,
    *("opinions", "opinions-staff"),
)
# Printed on A4.
PRINTED = (
    *("ledger", "published", "village", "poster", "figures", "case-mine", "roster"),
    *("notice-sheet", "alert-list"),
    *ASKED_PRINTED,
    *PROJECTS_PRINTED,
)
# From which view of the inbox a case is opened, by whom, and a step to look at.
CASES = [
    ("case-review", "inspector", "review", "review"),
    ("case-awaiting", "dispatcher", "awaiting", "call"),
    ("case-mine", "handler", "open", "submit"),
    ("case-closed", "dispatcher", "closed", "erase"),
    ("case-paper", "handler", "open", "print"),
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", choices=["standard", "large", "largest"])
    parser.add_argument("--dark", action="store_true")
    parser.add_argument(
        "--print", action="store_true", help="print to PDF and picture the sheets"
    )
    parser.add_argument(
        "--empty", action="store_true", help="a town just set up, without a case"
    )
    parser.add_argument("--widths", type=int, nargs="*", default=WIDTHS)


def run(options: argparse.Namespace) -> int:
    """Take the pictures in a throw-away instance and list them in index.html."""
    from playwright.sync_api import sync_playwright

    options.out.mkdir(parents=True, exist_ok=True)
    with (
        throwaway() as instance,
        sync_playwright() as play,
        served(_command(instance, options), instance.env, f"{instance.address}/health"),
    ):
        browser = chromium(play)
        names = list(_all(browser, instance.address, options))
        browser.close()
    names = [name for name in names if name.endswith(".png")]
    _write_index(options.out, names)
    print(f"{len(names)} pictures: {options.out}/index.html")
    return 0


def chromium(play: Any) -> Any:
    """Start the browser in which pages are looked at."""
    return play.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
    )


def _command(instance: Instance, options: argparse.Namespace) -> list[str]:
    """Return how the server starts: with the demo town, or one just set up."""
    if not options.empty:
        return [*COMMAND, "run", "--demo"]
    told = ("--code", "qinghe", "--name", "青禾镇", "--demo-staff")
    instance.command("setup-town", *told)
    return [*COMMAND, "run"]


def _all(browser: Any, address: str, options: argparse.Namespace) -> Iterator[str]:
    how = How(options.size or "", options.dark, options.empty)
    kind = Printer if options.print else Look
    for width in [A4_PX] if options.print else options.widths:
        for language in LANGUAGES:
            look = kind(browser, address, width, language, options.out, how)
            yield from look.take()


@dataclass(frozen=True)
class How:
    """How the pages are looked at."""

    size: str = ""
    dark: bool = False
    empty: bool = False


class Look:
    """One width and one language: a window for residents, one for each role."""

    def __init__(
        self,
        browser: Any,
        address: str,
        width: int,
        language: str,
        out: Path,
        how: How | None = None,
    ) -> None:
        self.browser, self.address, self.out = browser, address, out
        self.width, self.language, self.how = width, language, how or How()
        self.windows: dict[str, Any] = {}

    def window(self, role: str) -> Any:
        """Return a window, signed in where a role is named."""
        if role not in self.windows:
            context = self.browser.new_context(
                viewport={"width": self.width, "height": 900},
                color_scheme="dark" if self.how.dark else "light",
            )
            cookies = {"language": self.language, "size": self.how.size}
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.address}
                    for name, value in cookies.items()
                    if value
                ]
            )
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            if role:
                self._sign_in(page, role)
            self.windows[role] = page
        return self.windows[role]

    def _sign_in(self, page: Any, role: str) -> None:
        from luoshi.demo.town import PASSWORD

        page.goto(f"{self.address}/sign-in/")
        page.fill("[name=username]", role)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        # Under load the next page must not be asked for before the cookie has come.
        page.wait_for_url(lambda url: not url.endswith("/sign-in/"))

    def shoot(self, page: Any, name: str) -> str:
        """Take the whole page."""
        file = f"{name}-{self.width}-{self.language}.png"
        page.screenshot(path=str(self.out / file), full_page=True)
        return file

    def take(self) -> Iterator[str]:
        """Take every picture of this width and language."""
        for shot in [*RESIDENT, *STAFF]:
            if self.how.empty and shot.name in LIVED_IN:
                continue
            page = self.window(shot.role)
            page.goto(self.address + shot.path)
            yield self.shoot(page, shot.name)
        yield from self._report()
        if not self.how.empty:
            yield from self._published()
            yield from self._cases()
            yield from desk_shots(self)
            yield from ending_shots(self)
            yield from night_shots(self)
            yield from paper_shots(self)
            yield from join_shots(self)
            yield from spoken_shots(self)
            yield from above_shots(self)
            yield from ask_shots(self)
            yield from lasting_shots(self)
            yield from project_shots(self)
            yield from upkeep_shots(self)
        for window in self.windows.values():
            window.context.close()

    def _published(self) -> Iterator[str]:
        """Look at one matter of the ledger."""
        page = self.window("")
        page.goto(f"{self.address}/qinghe/open/")
        first = page.locator("main ul.rows a").first.get_attribute("href")
        page.goto(f"{self.address}{first}")
        yield self.shoot(page, "published")

    def _cases(self) -> Iterator[str]:
        """Open a case of each view, and one step of it."""
        for name, role, view, step in CASES:
            page = self.window(role)
            page.goto(f"{self.address}/qinghe/work/inbox/?view={view}&whose=town")
            links = page.locator("td.title a")
            if not links.count():
                continue
            links.first.click()
            yield self.shoot(page, name)
            button = page.locator(f"a[href$='/{step}/']")
            if button.count():
                button.first.click()
                yield self.shoot(page, f"{name}-{step}")

    def _report(self) -> Iterator[str]:
        """Tell the town something, and look at each page on the way."""
        page = self.window("")
        page.goto(f"{self.address}/qinghe/report/")
        page.click("main form button.main")
        yield self.shoot(page, "report-1-error")
        page.fill("textarea", "村口三盏路灯不亮，老人晚上看不见。")
        page.click("main form button.main")
        yield self.shoot(page, "report-2")
        if self.how.empty:
            return
        page.locator("input[type=radio]").first.check()
        page.click("main form button.main")
        yield self.shoot(page, "report-3")
        page.click("details.helper summary")
        yield self.shoot(page, "report-3-helper")
        page.click("main form button.main")
        yield self.shoot(page, "report-4")
        page.click("main form button.main")
        yield self.shoot(page, "receipt")
        page.goto(f"{self.address}/qinghe/matter/")
        yield self.shoot(page, "tracking")


class Printer(Look):
    """Prints pages on A4 as a browser does, and pictures the first sheets."""

    def shoot(self, page: Any, name: str) -> str:
        """Print what is to be printed; the picture shows sheet beside sheet."""
        if name not in PRINTED:
            return f"{name}: not printed"
        import pypdfium2
        from PIL import Image

        file = self.out / f"{name}-{self.language}.pdf"
        page.pdf(path=str(file), format="A4", prefer_css_page_size=True)
        document = pypdfium2.PdfDocument(file)
        sheets = [
            document[number].render(scale=SHEET_DPI / 72).to_pil()
            for number in range(min(SHEETS, len(document)))
        ]
        document.close()
        wide = sum(sheet.width + 8 for sheet in sheets)
        row = Image.new("RGB", (wide, sheets[0].height), "grey")
        for number, sheet in enumerate(sheets):
            row.paste(sheet, (number * (sheet.width + 8), 0))
        picture = f"{name}-print-{self.language}.png"
        row.save(self.out / picture)
        return picture


def _write_index(out: Path, names: list[str]) -> None:
    rows = "".join(
        f'<figure><figcaption>{html.escape(name)}</figcaption><img src="{name}" '
        f'alt="{html.escape(name)}" loading="lazy" width="320"></figure>'
        for name in sorted(names)
    )
    (out / "index.html").write_text(f"<!doctype html><title>Screens</title>{rows}")
