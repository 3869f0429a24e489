"""A folder of sealed contents, readable by the service alone."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


class FolderStore:
    """Files below `root`, in a folder for each first byte of the digest."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, digest: str, sealed: bytes) -> None:
        """Whole or not at all: written beside, flushed to the disk, then renamed."""
        path = self._path(digest)
        if path.exists():
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=path.parent)  # mode 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(beside).unlink()
            raise

    def get(self, digest: str) -> bytes:
        """The file; raises `FileNotFoundError`."""
        return self._path(digest).read_bytes()

    def delete(self, digest: str) -> None:
        """Removes the file."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest
