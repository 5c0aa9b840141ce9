"""The gallery shows each part, in development only."""

from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent.parent / "templates" / "ui"
# Frames of whole pages, and the gallery itself.
FRAMES = {"base.html", "resident.html", "staff.html", "gallery.html"}


@pytest.mark.parametrize("kind", ["resident", "staff"])
def test_every_part_is_shown(settings, kind):
    assert Client().get("/ui/").status_code == 404
    settings.DEBUG = True
    answer = Client().get("/ui/", {"kind": kind})
    shown = {template.name for template in answer.templates}
    parts = {f"ui/{one.name}" for one in FOLDER.glob("*.html")}
    assert parts - shown <= {f"ui/{name}" for name in FRAMES}
    assert f'class="{kind}"' in answer.content.decode()
