"""A backup of the SQLite file while it is in use: one consistent file, looked through before it has its name."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
"""What a file system says that knows no second name for a file."""


class BackupError(Exception):
    """No backup was made; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written: its size in bytes, and how long that took in seconds."""

    file: Path
    size: int
    seconds: float


def back_up(database: Path, file: Path) -> Backup:
    """Copies a database into a new file that only its owner can read, whoever writes meanwhile. Raises `BackupError`.

    All that was committed before it began is in it. Nothing is overwritten; a power cut leaves all of it or none.
    """
    began = monotonic()
    if not database.is_file():
        raise BackupError(f"there is no file {database}")
    if os.path.lexists(file):
        raise BackupError(f"{file} is there already, nothing is overwritten")
    try:
        with _scratch(file) as part:
            _copy(database, part)
            _reach_disk(part)
            _name(part, file)
        _reach_disk(file.resolve().parent)
    except FileExistsError as error:
        raise BackupError(f"{error.filename2 or error.filename} is there already, nothing is overwritten") from error
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file}: {getattr(error, 'strerror', None) or error}") from error
    return Backup(file, file.stat().st_size, monotonic() - began)


@contextmanager
def _scratch(file: Path) -> Iterator[Path]:
    """A file beside the wanted one that nobody else can read; it is gone at the end."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{part}{ending}").unlink(missing_ok=True)


def _copy(database: Path, part: Path) -> None:
    source = sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True, timeout=30)
    with closing(source), closing(sqlite3.connect(part)) as target:
        # All pages in one step: one reading transaction, which no writer can make begin again.
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        (verdict,) = target.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise BackupError(f"the copy is damaged, and so is {database}: {verdict}")
        if target.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError(f"a row of {database} refers to one that is not there")


def _name(part: Path, file: Path) -> None:
    """Gives it its name, if nobody else has taken that meanwhile."""
    try:
        os.link(part, file)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(file)


def _reach_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
