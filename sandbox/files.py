"""Photos, documents and voices, kept once; a bot knows each by an id of its own, as at Telegram."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from sandbox.errors import bad_request
from sandbox.images import picture_size, picture_type

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_VOICE = 2 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LONGEST_SIDES = 10_000
STEEPEST_RATIO = 20
LONGEST_VOICE = 60
"""Seconds."""

Kind = Literal["photo", "document", "voice"]
_MARKS: dict[Kind, str] = {"photo": "AgAC", "document": "BQAC", "voice": "AwAC"}

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the server; width and height in pixels are those of a photo, seconds those of a voice; else 0."""

    key: str
    number: int
    kind: Kind
    name: str
    mime: str
    content: bytes
    width: int = 0
    height: int = 0
    seconds: int = 0

    @property
    def path(self) -> str:
        """The `file_path` of getFile."""
        return f"{self.kind}s/file_{self.number}{PurePosixPath(self.name).suffix}"

    def file_id(self, bot_id: int) -> str:
        """The id under which the bot `bot_id`, and only that, may use it."""
        return f"{_MARKS[self.kind]}{bot_id:x}-{self.key}"

    def _common(self, bot_id: int) -> dict[str, Any]:
        return {"file_id": self.file_id(bot_id), "file_unique_id": self.key[:16], "file_size": len(self.content)}

    def photo_sizes(self, bot_id: int) -> list[dict[str, Any]]:
        """The list of PhotoSize (one: the sandbox makes no thumbnails)."""
        return [{**self._common(bot_id), "width": self.width, "height": self.height}]

    def document(self, bot_id: int) -> dict[str, Any]:
        """The Document of the Bot API."""
        return {**self._common(bot_id), "file_name": self.name, "mime_type": self.mime}

    def voice(self, bot_id: int) -> dict[str, Any]:
        """The Voice of the Bot API."""
        return {**self._common(bot_id), "duration": self.seconds, "mime_type": self.mime}

    def as_telegram(self, bot_id: int) -> Any:
        """What stands in a message of the Bot API under the name of its kind."""
        make = {"photo": self.photo_sizes, "document": self.document, "voice": self.voice}[self.kind]
        return make(bot_id)

    def file(self, bot_id: int) -> dict[str, Any]:
        """The File of getFile."""
        return {**self._common(bot_id), "file_path": self.path}


class Files:
    """All files of the world."""

    def __init__(self) -> None:
        self._by_key: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add_photo(self, content: bytes) -> StoredFile:
        """Keep a picture. Raises ApiError in Telegram's words when it is none or too large."""
        if len(content) > LARGEST_PHOTO:
            raise bad_request(
                f"file of size {len(content)} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
            )
        size = picture_size(content)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > LONGEST_SIDES or max(size) > STEEPEST_RATIO * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        mime = picture_type(content) or "image/jpeg"
        return self._keep("photo", f"photo.{EXTENSIONS[mime]}", mime, content, width=size[0], height=size[1])

    def add_document(self, name: str, content: bytes, mime: str | None = None) -> StoredFile:
        """Keep a file under its name. Raises ApiError when it is empty or too large."""
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > LARGEST_UPLOAD:
            raise bad_request("file is too big")
        guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._keep("document", PurePosixPath(name).name or "file", guessed, content)

    def add_voice(self, content: bytes, seconds: int) -> StoredFile:
        """Keep what somebody spoke. Raises ApiError when it is empty, too large or too long."""
        if not content or len(content) > LARGEST_VOICE or not 1 <= seconds <= LONGEST_VOICE:
            raise bad_request(f"a voice is 1 to {LONGEST_VOICE} seconds and at most {LARGEST_VOICE} bytes")
        return self._keep("voice", "voice.amr", "audio/amr", content, seconds=seconds)

    def _keep(self, kind: Kind, name: str, mime: str, content: bytes, **measures: int) -> StoredFile:
        key = secrets.token_urlsafe(18)
        stored = StoredFile(key, len(self._by_key) + 1, kind, name, mime, content, **measures)
        self._by_key[key] = self._by_path[stored.path] = stored
        return stored

    def of_bot(self, bot_id: int, file_id: str) -> StoredFile | None:
        """The file a bot means by `file_id`; None for another bot's id or one never given."""
        stored = self._by_key.get(file_id.partition("-")[2])
        return stored if stored and stored.file_id(bot_id) == file_id else None

    def by_key(self, key: str) -> StoredFile | None:
        """The file behind a link of the page."""
        return self._by_key.get(key)

    def by_path(self, path: str) -> StoredFile | None:
        """The file behind a `file_path`."""
        return self._by_path.get(path)
