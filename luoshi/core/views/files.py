"""Serves files, each after a permission check."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from luoshi.core.access import open_to_all
from luoshi.core.files.keep import content_of, find_file, may_see_file
from luoshi.core.models import StoredFile


@open_to_all
@require_safe
def serve_file(request: HttpRequest, stored_name: str) -> FileResponse:
    """Serve a file to who may see it; hidden and missing look alike."""
    file = find_file(stored_name)
    if file is None or not may_see_file(request, file):
        raise Http404
    small = bool(request.GET.get("small")) and bool(file.thumbnail_name)
    response = FileResponse(
        content_of(file, small=small),
        as_attachment=file.kind == StoredFile.Kind.DOCUMENT,
        filename=file.shown_name,
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    kept = "no-store" if file.sealed else "private, max-age=86400"
    response["Cache-Control"] = kept
    return response
