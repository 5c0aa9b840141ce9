"""Keeps files under random names beside the database and says who may see them."""

import os
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.files.check import MOST_FILES, BadFile, check_upload
from luoshi.core.models import StoredFile
from luoshi.core.secrets import seal_bytes, unseal_bytes

# The fields that name bytes, and whether those are the small picture's.
NAMES = {"stored_name": False, "thumbnail_name": True}
MaySee = Callable[[HttpRequest, StoredFile], bool]
Files = dict[int, tuple[StoredFile, ...]]
_OWNERS: dict[str, MaySee] = {}


def register_file_owner(label: str, may_see: MaySee) -> None:
    """Let a domain say who sees the files of one of its models."""
    _OWNERS[label] = may_see


def may_see_file(request: HttpRequest, file: StoredFile) -> bool:
    """Ask the owner's domain; a file nobody answers for is seen by nobody."""
    rule = _OWNERS.get(file.owner_kind)
    return rule is not None and rule(request, file)


def path_of(name: str) -> Path:
    """Return where a stored name lies."""
    return settings.DATA / "files" / name[:2] / name


def _write(content: bytes, suffix: str) -> str:
    name = f"{secrets.token_urlsafe(24)}.{suffix}"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return name


def keep_files(
    uploads: Iterable[UploadedFile], *, owner: models.Model, purpose: str, actor: Actor
) -> list[StoredFile]:
    """Check and keep files for an owner; `BadFile` names the one that is wrong."""
    checked = [check_upload(upload) for upload in uploads]
    if len(checked) > MOST_FILES:
        raise BadFile(_("Six files at most. Leave some out."))
    return [
        StoredFile.objects.create(
            town_id=owner.town_id,  # type: ignore[attr-defined]
            kind=one.kind,
            stored_name=_write(one.content, one.suffix),
            thumbnail_name=_write(one.thumbnail, "jpg") if one.thumbnail else "",
            shown_name=one.name or one.kind,
            content_type=one.content_type,
            size=len(one.content),
            width=one.width,
            height=one.height,
            seconds=one.seconds,
            owner_kind=owner._meta.label_lower,
            owner_id=owner.pk,
            purpose=purpose,
            added_at=now(),
            added_by=actor.person,
        )
        for one in checked
    ]


def files_of(owner: models.Model, purpose: str | None = None) -> list[StoredFile]:
    """Return an owner's files in the order in which they came."""
    files = StoredFile.objects.filter(
        owner_kind=owner._meta.label_lower, owner_id=owner.pk
    )
    if purpose is not None:
        files = files.filter(purpose=purpose)
    return list(files.order_by("pk"))


def files_of_all(model: type[models.Model], ids: Iterable[int]) -> Files:
    """Return the files of many owners of one kind, by the owner's id."""
    found: Files = {}
    rows = StoredFile.objects.filter(
        owner_kind=model._meta.label_lower, owner_id__in=list(ids)
    )
    for file in rows.order_by("pk"):
        found[file.owner_id] = (*found.get(file.owner_id, ()), file)
    return found


def find_file(stored_name: str) -> StoredFile | None:
    """Return the file of a name in an address, if there is one in this town."""
    return StoredFile.objects.filter(stored_name=stored_name).first()


def drop_files(owner: models.Model) -> int:
    """Delete an owner's files; the bytes go once the transaction holds."""
    files = files_of(owner)
    for file in files:
        for name in filter(None, (file.stored_name, file.thumbnail_name)):
            transaction.on_commit(partial(_unlink, name))
        file.delete()
    return len(files)


def content_of(file: StoredFile, *, small: bool = False) -> IO[bytes]:
    """Open a file's bytes, or those of its small picture, decrypted where sealed."""
    name = file.thumbnail_name if small else file.stored_name
    if not file.sealed:
        return path_of(name).open("rb")
    cipher = path_of(name).read_bytes()
    place = _place(file, small)
    return BytesIO(unseal_bytes(cipher, town_id=file.town_id, place=place))


def seal_files(files: Iterable[StoredFile], *, sealed: bool = True) -> None:
    """Encrypt files where they lie, or open them again; old bytes go on commit.

    The name in the address changes as well, so that no address seen before opens it.
    """
    for file in files:
        if file.sealed == sealed:
            continue
        kept = {
            field: content_of(file, small=small).read()
            for field, small in NAMES.items()
            if getattr(file, field)
        }
        file.sealed = sealed
        for field, content in kept.items():
            old, place = getattr(file, field), _place(file, NAMES[field])
            if sealed:
                content = seal_bytes(content, town_id=file.town_id, place=place)
            setattr(file, field, _write(content, old.rpartition(".")[2]))
            transaction.on_commit(partial(_unlink, old))
        file.save(update_fields=["sealed", *NAMES])


def _place(file: StoredFile, small: bool) -> str:
    return f"core.storedfile:{file.pk}:{'small' if small else 'bytes'}"


def _unlink(name: str) -> None:
    path_of(name).unlink(missing_ok=True)
