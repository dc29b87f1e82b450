"""Secrets that are made once and kept beside the data."""

import contextlib
import os
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

FIELD_KEY_BYTES = 32


def kept_key(file: Path, *, size_bytes: int) -> str:
    """The key in `file`, which is made first when there is none: random, as URL-safe base64.

    Two processes that start at once agree on one key: each writes a file of its own and links it
    to the name, which the file system lets only the first one do; both then read what is there.
    """
    if not file.exists():
        handle, own = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mode 0600
        try:
            with os.fdopen(handle, "w") as draft:
                draft.write(f"{urlsafe_b64encode(os.urandom(size_bytes)).decode()}\n")
                draft.flush()
                # On disk before anything is encrypted with it: a lost key means lost answers.
                os.fsync(draft.fileno())
            with contextlib.suppress(FileExistsError):  # another process was first
                os.link(own, file)
        finally:
            Path(own).unlink()
    return file.read_text().strip()


def is_field_key(key: str) -> bool:
    """Whether it can encrypt a field: 32 bytes as URL-safe base64, as `kept_key` makes them."""
    try:
        return len(urlsafe_b64decode(key.encode("ascii"))) == FIELD_KEY_BYTES
    except ValueError:
        return False
