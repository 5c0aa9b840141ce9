"""A small browser for walk-throughs: pages, forms and cookies, no scripts."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser

BOUNDARY = "-----luoshi-walk-through"


@dataclass
class Form:
    """A form with what is already filled in."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Reads forms, options and the state that a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.options: dict[str, str] = {}
        self.state = ""
        self.text: list[str] = []
        self._value: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """Take what a person would see as filled in."""
        said = {name: value or "" for name, value in pairs}
        self.state = said.get("data-state", self.state)
        if tag == "form":
            self.forms.append(Form(said.get("action", "")))
        elif tag == "option":
            self._value = said.get("value", "")
        elif tag == "textarea" and self.forms:
            self._area = said.get("name", "")
            self.forms[-1].fields[self._area] = ""
        elif tag == "input" and self.forms and said.get("name"):
            chosen = said.get("type") not in ("radio", "checkbox") or "checked" in said
            if chosen:
                self.forms[-1].fields[said["name"]] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Forget what has ended."""
        if tag == "option":
            self._value = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        """Keep options by their words, and all text."""
        if self._value is not None:
            self.options[data.strip()] = self._value
        elif self._area and self.forms:
            self.forms[-1].fields[self._area] += data
        else:
            self.text.append(data)


class Page:
    """A page as it came."""

    def __init__(self, url: str, status: int, body: str) -> None:
        self.url, self.status, self.body = url, status, body
        self.reader = _Reader()
        self.reader.feed(body)

    @property
    def state(self) -> str:
        """Return the state that the page shows."""
        return self.reader.state

    def option(self, words: str) -> str:
        """Return the value of the choice with these words."""
        return self.reader.options[words]

    def form(self, ending: str = "") -> Form:
        """Return the last form whose action ends so; main forms come last."""
        for form in reversed(self.reader.forms):
            path = urllib.parse.urlsplit(form.action).path
            if (path.endswith(ending) if ending else not path) and not path.startswith(
                "/ui/"
            ):
                return form
        raise LookupError(f"{self.url} has no form {ending or 'of its own'}")


class Browser:
    """One person's browser."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self.page = Page("", 0, "")

    def open(self, path: str, data: dict[str, str] | None = None) -> Page:
        """Open a page, or send a form to it."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        return self._ask(path, body, {})

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        url = urllib.parse.urljoin(self.page.url or self.address, path)
        url = urllib.parse.quote(url, safe=":/?&=%#")
        request = urllib.request.Request(url, body, {"Referer": url, **headers})
        try:
            with self._opener.open(request, timeout=120) as answer:
                text = answer.read().decode()
                self.page = Page(answer.url, answer.status, text)
        except urllib.error.HTTPError as error:
            self.page = Page(url, error.code, error.read().decode())
        return self.page

    def send(self, told: dict[str, str], ending: str = "") -> Page:
        """Fill in the page's form and send it."""
        form = self.page.form(ending)
        return self.open(form.action or self.page.url, form.fields | told)

    def send_file(self, field: str, name: str, text: str) -> Page:
        """Choose a file of text in the page's form and send it."""
        form = self.page.form()
        parts = [
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; "
            f'name="{key}"\r\n\r\n{value}'
            for key, value in form.fields.items()
            if key != field
        ]
        parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; '
            f'filename="{name}"\r\nContent-Type: text/csv\r\n\r\n{text}'
        )
        body = "\r\n".join([*parts, f"--{BOUNDARY}--", ""]).encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self._ask(form.action or self.page.url, body, kind)
