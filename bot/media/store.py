"""The media store: contents sealed with the house's key, named by a digest that only that key can make."""

import asyncio
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag

from bot.media.folder import FolderStore
from bot.settings import Settings, SettingsError
from models.db import engine_url
from models.vault import Vault


class MediaMissingError(Exception):
    """The store does not have this content, or it was altered."""


class MediaStore(Protocol):
    """Sealed contents by digest; the calls may block, and are made outside the event loop."""

    def put(self, digest: str, sealed: bytes) -> None:
        """Keeps a content; the same again changes nothing."""
        ...

    def get(self, digest: str) -> bytes:
        """The sealed content; raises `FileNotFoundError`."""
        ...

    def delete(self, digest: str) -> None:
        """Forgets a content; one that is not there is no error."""
        ...


class Media:
    """Contents, sealed on their way into the store."""

    def __init__(self, store: MediaStore, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    async def keep(self, content: bytes) -> str:
        """Keeps a content for good; its digest."""
        digest = self._vault.index_bytes(content, "media").hex()
        await asyncio.to_thread(self._store.put, digest, self._vault.seal_bytes(content, digest))
        return digest

    async def content(self, digest: str) -> bytes:
        """The content again. Raises `MediaMissingError`."""
        try:
            return self._vault.open_bytes(await asyncio.to_thread(self._store.get, digest), digest)
        except (FileNotFoundError, InvalidTag) as error:
            raise MediaMissingError(digest) from error

    async def forget(self, digest: str) -> None:
        """Deletes a content."""
        await asyncio.to_thread(self._store.delete, digest)


def open_media(settings: Settings, vault: Vault) -> Media:
    """The store of the settings. Raises `SettingsError`."""
    place = settings.media.store
    if place is not None and place.startswith("s3://"):
        return Media(_s3(settings), vault)
    return Media(FolderStore(Path(place) if place else _beside(settings)), vault)


def _beside(settings: Settings) -> Path:
    url = engine_url(settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(".media")
    return Path("gridbot.media")


def _s3(settings: Settings) -> MediaStore:
    try:
        from bot.media.s3 import S3Store
    except ModuleNotFoundError as error:
        raise SettingsError("GRIDBOT_MEDIA__STORE: S3 needs its library: pip install 'gridbot[s3]'") from error
    chosen = settings.media
    parts = urlsplit(chosen.store or "")
    return S3Store(
        parts.netloc,
        parts.path.strip("/"),
        endpoint=chosen.endpoint,
        region=chosen.region,
        key=chosen.key,
        secret=chosen.secret.get_secret_value() if chosen.secret else None,
    )
