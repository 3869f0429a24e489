"""parse_mode HTML as Telegram's servers read it, with their error texts; error offsets count UTF-8 bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NoReturn

from sandbox.entities import Entity, FormattedText, units
from sandbox.errors import bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def _decode(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return match.group()
    return chr(code)


def unescape(text: str) -> str:
    """The four named and all numeric character references replaced; anything else stays as written."""
    return _CHARACTER.sub(_decode, text) if "&" in text else text


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    expandable: bool
    offset: int
    piece: int


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> FormattedText:
        position = 0
        while (bracket := self.source.find("<", position)) >= 0:
            self._add(self.source[position:bracket])
            closing = self.source.startswith("/", bracket + 1)
            position = self._end_tag(bracket) if closing else self._start_tag(bracket)
        self._add(self.source[position:])
        if self.open:
            _fail(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda e: (e.offset, -e.length))
        return FormattedText("".join(self.pieces), tuple(self.entities))

    def _add(self, raw: str) -> None:
        if raw:
            text = unescape(raw)
            self.pieces.append(text)
            self.offset += units(text)

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _skip(self, pattern: re.Pattern[str], position: int) -> int:
        match = pattern.match(self.source, position)
        return match.end() if match else position

    def _start_tag(self, begin: int) -> int:
        position = self._skip(_TAG_NAME, begin + 1)
        tag = self.source[begin + 1 : position].lower()
        if position == len(self.source):
            _fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in TAGS:
            _fail(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        attributes: dict[str, str] = {}
        while not self.source.startswith(">", position := self._skip(_SPACE, position)):
            name, value, position = self._attribute(tag, begin, position)
            attributes[name] = value
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            _fail(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        argument = _argument(tag, attributes)
        self.open.append(_Open(tag, argument, "expandable" in attributes, self.offset, len(self.pieces)))
        return position + 1

    def _attribute(self, tag: str, begin: int, position: int) -> tuple[str, str, int]:
        start = position
        position = self._skip(_ATTRIBUTE_NAME, position)
        name = self.source[start:position]
        if not name:
            _fail(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
        position = self._skip(_SPACE, position)
        if not self.source.startswith("=", position):
            if tag == "blockquote" and name == "expandable" and position < len(self.source):
                return name, "", position
            _fail(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {self._bytes(begin)}"
            )
        position = self._skip(_SPACE, position + 1)
        if position == len(self.source):
            _fail(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
        value, position = self._value(position)
        if position >= len(self.source):
            _fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return name, value, position

    def _value(self, position: int) -> tuple[str, int]:
        quote = self.source[position]
        if quote in "'\"":
            end = self.source.find(quote, position + 1)
            if end < 0:
                return "", len(self.source)
            return unescape(self.source[position + 1 : end]), end + 1
        end = self._skip(_TOKEN, position)
        if end < len(self.source) and self.source[end] != ">" and not self.source[end].isspace():
            _fail(f"Unexpected end of name token at byte offset {self._bytes(position)}")
        return self.source[position:end].lower(), end

    def _end_tag(self, begin: int) -> int:
        if not self.open:
            _fail(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        position = self._skip(_TAG_NAME, begin + 2)
        found = self.source[begin + 2 : position].lower()
        position = self._skip(_SPACE, position)
        if not self.source.startswith(">", position):
            _fail(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        opened = self.open.pop()
        if found not in {"", opened.tag}:
            _fail(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)
        return position + 1

    def _close(self, opened: _Open) -> None:
        kind, length = TAGS[opened.tag], self.offset - opened.offset
        entity = Entity(kind, opened.offset, length)
        if kind == "text_link":
            url = _checked_link(opened.argument or "".join(self.pieces[opened.piece :]))
            if url is None:
                return
            entity = replace(entity, url=url)
        elif kind == "custom_emoji":
            if not opened.argument.isdecimal():
                _fail("Invalid custom emoji identifier specified")
            entity = replace(entity, custom_emoji_id=opened.argument)
        elif kind == "blockquote" and opened.expandable:
            entity = replace(entity, type="expandable_blockquote")
        elif kind == "code" and opened.argument:
            entity = replace(entity, language=opened.argument)
        elif kind == "pre":
            entity = self._absorb_code(entity)
        self.entities.append(entity)

    def _absorb_code(self, pre: Entity) -> Entity:
        """<pre><code class="language-x"> around the same text is one entity with a language."""
        inner = self.entities[-1] if self.entities else None
        same = inner and inner.type == "code" and (inner.offset, inner.length) == (pre.offset, pre.length)
        if inner and same and inner.language:
            self.entities.pop()
            return replace(pre, language=inner.language)
        return pre


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    if tag == "code":
        return attributes.get("class", "").removeprefix("language-")
    return ""


def _checked_link(url: str) -> str | None:
    """Telegram keeps links it understands and silently drops the others (their text stays)."""
    url = url.strip()
    scheme, colon, _ = url.partition(":")
    if colon and scheme.lower() in {"http", "https", "tg", "mailto"}:
        return url
    if "." in url and not colon and " " not in url:
        return f"http://{url}"
    return None


def _fail(text: str) -> NoReturn:
    raise bad_request(f"can't parse entities: {text}")


def parse_html(source: str) -> FormattedText:
    """The text and entities of an HTML source. Raises ApiError with Telegram's words for what is wrong."""
    if "<" not in source:
        return FormattedText(unescape(source))
    parsed = _Parser(source).parse()
    if not any(e.type == "code" and e.language for e in parsed.entities):
        return parsed
    return FormattedText(
        parsed.text, tuple(replace(e, language=None) if e.type == "code" else e for e in parsed.entities)
    )
