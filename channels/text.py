"""Messages as text: split where a reader would pause, escaped by construction."""

import html
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from channels.port import Message, Span

Line = tuple[Span, ...]

_PAUSES = ("。！？!?；;\n", "，,、：:", " \u3000")
"""Where a reader would pause, the best first: a sentence's end, a clause's, a word's."""


_MOST_KNOWN = 64
"""Texts that are kept as they were put together: the words of a broadcast are the same in every message."""


def pieces(message: Message, longest: int) -> list[tuple[Line, ...]]:
    """The lines in pieces of at most `longest` characters, split between lines, else at a sentence's end.

    Blank lines at the head of a piece are left out: a message of nothing else is taken by no messenger.
    """
    return list(_pieces(message.lines, longest))


@lru_cache(_MOST_KNOWN)
def _pieces(lines: tuple[Line, ...], longest: int) -> tuple[tuple[Line, ...], ...]:
    done: list[tuple[Line, ...]] = []
    piece: list[Line] = []
    length = 0
    for line in (part for whole in lines for part in _short_lines(whole, longest)):
        size = sum(len(span.text) for span in line) + 1
        if piece and length + size > longest + 1:
            done.append(tuple(piece))
            piece, length = [], 0
        if not piece and _is_blank(line):
            continue
        piece.append(line)
        length += size
    return (*done, tuple(piece)) if piece or not done else tuple(done)


def _is_blank(line: Line) -> bool:
    return not any(span.text.strip() for span in line)


def _short_lines(line: Line, longest: int) -> Iterable[Line]:
    if sum(len(span.text) for span in line) <= longest:
        yield line
        return
    for span in line:
        rest = span.text
        while len(rest) > longest:
            at = _cut(rest, longest)
            yield (Span(rest[:at], span.strong),)
            rest = rest[at:]
        if rest:
            yield (Span(rest, span.strong),)


def _cut(text: str, longest: int) -> int:
    """Where a text that is too long is cut: at the best pause that leaves a good part before it."""
    for marks in _PAUSES:
        at = max(text.rfind(mark, 0, longest) for mark in marks) + 1
        if at > longest // 3:
            return at
    at = longest
    while at > 1 and _belongs_to_the_last(text[at]):
        at -= 1
    return at


def _belongs_to_the_last(letter: str) -> bool:
    """An accent, a skin tone, a joiner: what is written onto the letter before it."""
    return bool(unicodedata.combining(letter)) or letter in "\u200d\ufe0f" or "\U0001f3fb" <= letter <= "\U0001f3ff"


def as_html(lines: Sequence[Line]) -> str:
    """The lines as Telegram HTML; whatever people typed is only ever text."""
    return _html(tuple(lines))


@lru_cache(_MOST_KNOWN)
def _html(lines: tuple[Line, ...]) -> str:
    return "\n".join("".join(_span_html(span) for span in line) for line in lines)


def _span_html(span: Span) -> str:
    text = html.escape(span.text, quote=False)
    return f"<b>{text}</b>" if span.strong else text
