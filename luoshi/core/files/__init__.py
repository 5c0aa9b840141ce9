"""Files that people hand in: checked by their bytes, cleaned, kept apart."""

from luoshi.core.files.aside import drop_aside, lay_aside, take_up
from luoshi.core.files.check import BadFile, check_recording, check_upload, open_photo
from luoshi.core.files.keep import (
    drop_files,
    files_of,
    files_of_all,
    keep_files,
    path_of,
    register_file_owner,
    seal_files,
)

__all__ = [
    "BadFile",
    "check_recording",
    "check_upload",
    "drop_aside",
    "drop_files",
    "files_of",
    "files_of_all",
    "keep_files",
    "lay_aside",
    "open_photo",
    "path_of",
    "register_file_owner",
    "seal_files",
    "take_up",
]
