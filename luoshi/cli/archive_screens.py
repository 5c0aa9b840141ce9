"""Pictures of the yearly archive, and of villages that become one."""

from collections.abc import Iterator
from typing import Any

from luoshi.cli.shot import Shot

ARCHIVE = [
    Shot("join", "/qinghe/work/manage/villages/join/", "admin"),
    Shot("joined", "/qinghe/work/manage/villages/joined/1/", "admin"),
    Shot("archive", "/qinghe/work/archive/", "archivist"),
    Shot("archive-package", "/qinghe/work/archive/package/1/", "archivist"),
    Shot("archive-waiting", "/qinghe/work/archive/waiting/2026/", "archivist"),
    Shot("archive-terms", "/qinghe/work/archive/terms/", "archivist"),
    Shot("archive-due", "/qinghe/work/archive/appraise/", "archivist"),
]


def join_shots(look: Any) -> Iterator[str]:
    """Look at what would follow if two villages became one."""
    page = look.window("admin")
    page.goto(f"{look.address}/qinghe/work/manage/villages/join/")
    for box in page.locator("[name=ended]").all()[:2]:
        box.check()
    page.fill("[name=name]", "新溪村")
    page.click("main form button.main")
    yield look.shoot(page, "join-looked")
