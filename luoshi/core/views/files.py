"""Serves files, each after a permission check."""

import os
import re
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from luoshi.core.access import open_to_all
from luoshi.core.files.keep import content_of, find_file, may_see_file
from luoshi.core.models import StoredFile

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@open_to_all
@require_safe
def serve_file(request: HttpRequest, stored_name: str) -> HttpResponseBase:
    """Serve a file to who may see it; hidden and missing look alike."""
    file = find_file(stored_name)
    if file is None or not may_see_file(request, file):
        raise Http404
    small = bool(request.GET.get("small")) and bool(file.thumbnail_name)
    response = _answer(request, file, content_of(file, small=small))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    kept = "no-store" if file.sealed else "private, max-age=86400"
    response["Cache-Control"] = kept
    return response


def _answer(
    request: HttpRequest, file: StoredFile, content: IO[bytes]
) -> HttpResponseBase:
    """Answer with all of it, or with the part of a recording that was asked for."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and file.kind == StoredFile.Kind.AUDIO:
        return _part(file, content, *asked.groups())
    response = FileResponse(
        content,
        as_attachment=file.kind == StoredFile.Kind.DOCUMENT,
        filename=file.shown_name,
        content_type=file.content_type,
    )
    if file.kind == StoredFile.Kind.AUDIO:
        response["Accept-Ranges"] = "bytes"
    return response


def _part(
    file: StoredFile, content: IO[bytes], first: str, last: str
) -> HttpResponseBase:
    """Answer with some bytes: a telephone's player plays nothing without them."""
    with content:
        size = content.seek(0, os.SEEK_END)
        begin = int(first) if first else max(0, size - int(last or 0))
        end = min(int(last), size - 1) if first and last else size - 1
        if begin > end:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{size}"
            return response
        content.seek(begin)
        part = content.read(end - begin + 1)
    response = HttpResponse(part, status=206, content_type=file.content_type)
    response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response
