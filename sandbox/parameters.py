"""The parameters of a Bot API call, however they came: JSON, form, multipart or query string."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import bad_request

CHAT_ID = re.compile(r"-?[0-9]{1,15}")
YES = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    mime: str | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named values as they came (strings from forms, anything from JSON), read as the method expects them."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """As a string; JSON numbers and booleans as they are written."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """As a whole number; what is none counts as the default, as at Telegram."""
        value = self.values.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError, OverflowError):
            return default

    def boolean(self, name: str) -> bool:
        """True for true, yes and 1."""
        return self.text(name).strip().lower() in YES

    def structure(self, name: str, called: str) -> Any:
        """As a JSON value, decoded when it came as a string; None when absent. Raises ApiError for broken JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {called} JSON object") from None

    def chat_id(self) -> int | None:
        """The numeric chat_id; None when there is a name instead. Raises ApiError when it is missing."""
        text = self.text("chat_id").strip()
        if not text:
            raise bad_request("chat_id is empty")
        return int(text) if CHAT_ID.fullmatch(text) else None

    def upload(self, name: str) -> Upload | None:
        """The file for `name`, sent under that name or referred to as attach://other."""
        if name in self.uploads:
            return self.uploads[name]
        value = self.text(name)
        return self.uploads.get(value.removeprefix("attach://")) if value.startswith("attach://") else None
