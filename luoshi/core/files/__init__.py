"""Files that people hand in: checked by their bytes, cleaned, kept apart."""

from luoshi.core.files.check import BadFile, check_upload, open_photo
from luoshi.core.files.keep import (
    drop_files,
    files_of,
    keep_files,
    path_of,
    register_file_owner,
    seal_files,
)

__all__ = [
    "BadFile",
    "check_upload",
    "drop_files",
    "files_of",
    "keep_files",
    "open_photo",
    "path_of",
    "register_file_owner",
    "seal_files",
]
