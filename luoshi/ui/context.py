"""What every page needs to know of its reader's choices."""

from django.http import HttpRequest

SIZES = ("standard", "large", "largest")


def screen(request: HttpRequest) -> dict[str, object]:
    """Return the text size that the reader chose, and the language of the page."""
    size = request.COOKIES.get("size", "")
    language = getattr(request, "LANGUAGE_CODE", "zh-hans")
    return {
        "text_size": size if size in SIZES else "standard",
        "page_language": "en" if language == "en" else "zh-Hans",
    }
