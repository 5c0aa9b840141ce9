"""What every page needs to know of its reader's choices and browser."""

from django.http import HttpRequest

SIZES = ("standard", "large", "largest")


def screen(request: HttpRequest) -> dict[str, object]:
    """Return the text size that the reader chose, and the language of the page."""
    size = request.COOKIES.get("size", "")
    language = getattr(request, "LANGUAGE_CODE", "zh-hans")
    return {
        "text_size": size if size in SIZES else "standard",
        # Its pages keep no file and print nothing; what to do instead is said.
        "in_wechat": "MicroMessenger" in request.headers.get("User-Agent", ""),
        "page_language": "en" if language == "en" else "zh-Hans",
    }
