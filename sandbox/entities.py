"""Message entities: which stretch of a text is bold, a link, a command. Offsets count UTF-16 code units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad_request

GIVEN = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "custom_emoji",
    }
)
# Kinds a call may give but Telegram finds itself, or the sandbox does not keep.
IGNORED = frozenset(
    {"text_mention", "date_time", "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)

_FINDABLE = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)。，；：！？）])"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})\b"
    r"|(?<![\w#])(?P<hashtag>\#\w*[^\W\d_]\w*)"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One stretch of a text; `url` for a text_link, `language` for a pre."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.offset + self.length

    def as_json(self) -> dict[str, Any]:
        """The MessageEntity of the Bot API."""
        found: dict[str, Any] = {"offset": self.offset, "length": self.length, "type": self.type}
        for name in ("url", "language", "custom_emoji_id"):
            if (value := getattr(self, name)) is not None:
                found[name] = value
        return found


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text with its entities, outer before inner."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_entities(given: Any, text: str) -> tuple[Entity, ...]:
    """The `entities` parameter of a call; links, commands and the like are dropped, as Telegram finds them itself.

    Raises ApiError for what is no MessageEntity; a stretch outside the text is dropped.
    """
    if not isinstance(given, list):
        return ()
    length = units(text)
    read = (_read_entity(item) for item in given)
    return tuple(e for e in read if e.type in GIVEN and e.offset >= 0 and e.length > 0 and e.end <= length)


def _read_entity(item: Any) -> Entity:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = item.get("type"), item.get("offset"), item.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request('can\'t parse MessageEntity: Field "offset" and "length" must be a Number')
    if not isinstance(kind, str) or kind not in GIVEN | IGNORED:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    url, language, emoji = (_text_or_none(item.get(name)) for name in ("url", "language", "custom_emoji_id"))
    return Entity(kind, offset, length, url, language, emoji)


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def find_entities(text: str, given: tuple[Entity, ...] = ()) -> tuple[Entity, ...]:
    """`given` plus the links, commands, mentions and hashtags in `text`, sorted; none is found in code or links."""
    found = [] if not any(mark in text for mark in "/@#") else list(_search(text, given))
    return tuple(sorted((*given, *found), key=lambda e: (e.offset, -e.length)))


def _search(text: str, given: tuple[Entity, ...]) -> Iterable[Entity]:
    closed = [e for e in given if e.type in {"code", "pre", "text_link"}]
    for match in _FINDABLE.finditer(text):
        kind = str(match.lastgroup)
        offset, length = units(text[: match.start()]), units(match.group())
        if all(offset >= e.end or offset + length <= e.offset for e in closed):
            yield Entity(kind, offset, length)


def with_links(text: str) -> FormattedText:
    """A text with the addresses in it, which is all that WeChat and WeCom find."""
    return FormattedText(text, tuple(one for one in find_entities(text) if one.type == "url"))


def strip(formatted: FormattedText) -> FormattedText:
    """Without white space at both ends, as Telegram stores every text; entities move and shrink along."""
    text = formatted.text.strip()
    if text == formatted.text:
        return formatted
    cut = units(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    length = units(text)
    kept = []
    for e in formatted.entities:
        start, end = max(e.offset - cut, 0), min(e.end - cut, length)
        if end > start:
            kept.append(Entity(e.type, start, end - start, e.url, e.language, e.custom_emoji_id))
    return FormattedText(text, tuple(kept))
