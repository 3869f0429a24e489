"""The encryption key: the setting, else a key file beside the database."""

import os
import secrets
from pathlib import Path

import structlog

from bot.settings import Settings, SettingsError
from models.db import engine_url

log = structlog.get_logger()


def encryption_key(settings: Settings) -> bytes:
    """The secret behind everything sealed; a key file is made (mode 0600) when there is none, with a warning.

    Raises `SettingsError` when the setting is too short or the file cannot be read.
    """
    if settings.encryption_key:
        key = settings.encryption_key.get_secret_value().encode()
        if len(key) < 16:
            raise SettingsError("GRIDBOT_ENCRYPTION_KEY: at least 16 characters")
        return key
    path = key_file(settings.database_url.get_secret_value())
    try:
        if path.exists():
            return bytes.fromhex(path.read_text(encoding="ascii").strip())
        return _make(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"the key file {path} cannot be used: {error}") from error


def key_file(database_url: str) -> Path:
    """Where the key is kept: beside a SQLite file, else in the working folder."""
    url = engine_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(".key")
    return Path("gridbot.key")


def _make(path: Path) -> bytes:
    key = secrets.token_bytes(32)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex())
    log.warning("a new encryption key was made: keep a copy, without it phones cannot be read", file=str(path))
    return key
