"""Photos and files: what is taken, told by the content itself and never by its name."""

from datetime import timedelta
from enum import StrEnum

LARGEST = {
    "image/jpeg": 10_000_000,
    "image/png": 10_000_000,
    "image/webp": 10_000_000,
    "application/pdf": 20_000_000,
    "audio/amr": 2_000_000,
}
"""Bytes by type. Telegram takes pictures of 10 MB, and gives files of up to 20 MB to a bot."""

KEEP_PHOTOS = timedelta(days=90)
"""Longer than two quarantines one after the other, and than any question about them."""
KEEP_EXPORTS = timedelta(days=1)
"""A workbook full of names is not left lying about."""
KEEP_NOTICE_FILES = timedelta(days=365)
"""What goes with a notice that is repeated for a season is still there at its end, and in what stays on record."""
RECENT = timedelta(hours=12)
"""A photo this old still belongs to an alarm: the slot before."""

_SIGNATURES = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"%PDF-", 0, "application/pdf"),
    (b"#!AMR", 0, "audio/amr"),
)
"""First bytes, where they stand, and the type (the formats' own specifications)."""


class MediaState(StrEnum):
    """Where a content stands that is fetched or made after the commit."""

    OWED = "owed"
    KEPT = "kept"
    REFUSED = "refused"
    GONE = "gone"


def is_voice(mime: str) -> bool:
    """Whether it is heard, and not looked at."""
    return mime.startswith("audio/")


def type_of(content: bytes) -> str | None:
    """The type of a content that is taken here; None for any other, and for one that is too large."""
    for signature, at, mime in _SIGNATURES:
        if content[at : at + len(signature)] == signature:
            return mime if len(content) <= LARGEST[mime] else None
    return None
