"""Where a town's routers lie: files beside the database, named by the newest run.

A run names each file with its digest. What is missing, damaged or another than the run
says is not used: the desk goes on with names alone until the next night.
"""

import hashlib
import logging
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from luoshi.cases.models import RoutingRun
from luoshi.core.models import Town
from luoshi.engines.routing import (
    CatalogueRouter,
    ModelFileError,
    Router,
    load,
    load_catalogue,
)

logger = logging.getLogger(__name__)
CATEGORY, OFFICE, URGENCY = "category", "office", "urgency"
# So many files one process keeps open in memory, three a town.
KEPT_IN_MEMORY = 30


@dataclass
class Shelf:
    """The routers in use; `faults` names the kinds whose file cannot be used."""

    category: CatalogueRouter | None = None
    office: Router | None = None
    urgency: Router | None = None
    faults: list[str] = field(default_factory=list)


def folder_of(town: Town) -> Path:
    """Return where a town's routers lie, made if it is missing."""
    folder: Path = settings.DATA / "routing" / str(town.pk)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def newest_run() -> RoutingRun | None:
    """Return the run that says what is in use."""
    return RoutingRun.objects.order_by("-at", "-pk").first()


def shelf_of(town: Town, run: RoutingRun | None) -> Shelf:
    """Open what a run put into use."""
    shelf = Shelf()
    for kind, told in (run.routers if run else {}).items():
        try:
            opened = _opened(kind, str(folder_of(town) / told["file"]), told["digest"])
        except (ModelFileError, OSError) as error:
            logger.warning("The router %s of %s is not used: %s", kind, town, error)
            shelf.faults.append(kind)
        else:
            setattr(shelf, kind, opened)
    return shelf


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _opened(kind: str, path: str, digest: str) -> CatalogueRouter | Router:
    if hashlib.sha256(Path(path).read_bytes()).hexdigest() != digest:
        raise ModelFileError("The file is not the one that was learnt.")
    return load_catalogue(path) if kind == CATEGORY else load(path)


def put_on_shelf(
    town: Town, kind: str, router: CatalogueRouter | Router
) -> dict[str, Any]:
    """Write a router under a name of its own; what is in use stays as it is."""
    path = folder_of(town) / f"{kind}-{secrets.token_hex(8)}.router"
    router.save(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"file": path.name, "digest": digest}


def clear_shelf(town: Town, run: RoutingRun) -> None:
    """Remove every file that a run does not name."""
    named = {told["file"] for told in run.routers.values()}
    for path in folder_of(town).glob("*.router*"):
        if path.name not in named:
            path.unlink(missing_ok=True)
