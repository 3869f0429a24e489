"""Where photos and files are kept: sealed, under a name that tells nothing of them."""

from bot.media.store import Media, MediaMissingError, MediaStore, open_media

__all__ = ["Media", "MediaMissingError", "MediaStore", "open_media"]
