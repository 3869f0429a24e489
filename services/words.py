"""Texts from the catalogue (`locales/*/*.ftl`), in the reader's language.

Emphasis is written `<b>…</b>` in the catalogue. What people typed (a name, a notice) is an argument and can never
become markup: a mark stands in its place until the markup has been read.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType

from channels.port import Span

LANGUAGES = ("zh-CN", "en")
FOLDER = Path(__file__).resolve().parent.parent / "locales"

_MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
"""The place of an argument, between noncharacters, which Unicode keeps for uses like this one."""

_MARKUP = re.compile(r"<b>(.*?)</b>", re.DOTALL)

_MOST_KNOWN = 512
"""Texts with their arguments that are kept put together."""

Value = str | int | float
Lines = tuple[tuple[Span, ...], ...]


class MissingTextError(LookupError):
    """The catalogue has no such text."""


class _Said(FluentType):
    """What somebody typed: chooses a variant like any string, and is a mark in the text.

    The library refuses strings over 2500 characters; a notice may be longer.
    """

    def __init__(self, text: str, place: int) -> None:
        self._text, self._place = text, place

    def __eq__(self, variant: object) -> bool:
        return self._text == variant

    def __hash__(self) -> int:
        return hash(self._text)

    def format(self, _locale: object) -> str:
        return f"\ufdd0{self._place}\ufdd1"


class Words:
    """The texts of one language."""

    def __init__(self, language: str, folder: Path = FOLDER) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in sorted((folder / language).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
        self._known = lru_cache(_MOST_KNOWN, typed=True)(self._put_together)

    def text(self, key: str, args: Mapping[str, Value] | None = None) -> str:
        """The text without emphasis; raises `MissingTextError` for an unknown key or a missing argument."""
        return "\n".join("".join(span.text for span in line) for line in self.lines(key, args))

    def lines(self, key: str, args: Mapping[str, Value] | None = None) -> Lines:
        """The text as lines of spans."""
        # Of a broadcast every letter has the same words: only what differs between readers is put together anew.
        return self._known(key, *(part for pair in (args or {}).items() for part in pair))

    def _put_together(self, key: str, *parts: Value) -> Lines:
        given = dict(zip(map(str, parts[::2]), parts[1::2], strict=True))
        marked = {
            name: _Said(value, place) if isinstance(value, str) else value
            for place, (name, value) in enumerate(given.items())
        }
        return _spans(self._format(key, marked), [str(value) for value in given.values()])

    def _format(self, key: str, args: dict[str, _Said | int | float]) -> str:
        if not self._bundle.has_message(key):
            raise MissingTextError(f"{self.language}: {key}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise MissingTextError(f"{self.language}: {key} has no value")
        text, errors = self._bundle.format_pattern(pattern, args)
        if errors:
            raise MissingTextError(f"{self.language}: {key}: {errors[0]}")
        return str(text)


def _spans(text: str, values: Sequence[str]) -> Lines:
    lines: list[list[Span]] = [[]]
    for index, part in enumerate(_MARKUP.split(text)):
        whole = _MARK.sub(lambda mark: values[int(mark[1])], part)
        for place, run in enumerate(whole.split("\n")):
            if place:
                lines.append([])
            if run:
                lines[-1].append(Span(run, strong=bool(index % 2)))
    return tuple(tuple(line) for line in lines)


@cache
def words_in(language: str | None) -> Words:
    """The texts for a reader's language tag; what is not English is Chinese, our first language."""
    return Words("en" if (language or "").lower().startswith("en") else "zh-CN")


def text_for(language: str | None, key: str, **args: Value) -> str:
    """One text in one language."""
    return words_in(language).text(key, args)
