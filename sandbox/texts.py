"""Texts and captions of calls: parsed, trimmed, measured."""

from __future__ import annotations

from typing import Any

from sandbox.entities import FormattedText, find_entities, read_entities, strip
from sandbox.errors import bad_request
from sandbox.html_parsing import parse_html

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_SOURCE_BYTES = 1 << 15


def format_text(source: str, parse_mode: str, entities: Any = None) -> FormattedText:
    """The text a call gave, by its parse_mode ("" or "HTML") or entities. Raises ApiError for what cannot be read."""
    if len(source) * 4 > LONGEST_SOURCE_BYTES and len(source.encode("utf-8", "surrogatepass")) > LONGEST_SOURCE_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode == "html":
        formatted = parse_html(source)
    elif mode in {"", "none"}:
        formatted = FormattedText(source, read_entities(entities, source) if entities else ())
    else:
        raise bad_request("unsupported parse_mode")
    stripped = strip(formatted)
    return FormattedText(stripped.text, find_entities(stripped.text, stripped.entities))


def message_text(source: str, parse_mode: str, entities: Any = None) -> FormattedText:
    """A message's text: 1 to 4096 characters after parsing. Raises ApiError."""
    formatted = format_text(source, parse_mode, entities)
    if not formatted.text:
        raise bad_request("message text is empty")
    if len(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def caption_text(source: str, parse_mode: str, entities: Any = None) -> FormattedText:
    """A caption: 0 to 1024 characters after parsing. Raises ApiError."""
    formatted = format_text(source, parse_mode, entities)
    if len(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted
