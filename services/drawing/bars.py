"""Bars one below the other: what was answered, what was missed, for the width of a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW, HEAD, FOOT = 720, 60, 64, 62
"""Pixels: of the picture, of one bar with its room, and above and below all of them."""
_LEFT, _RIGHT, _BAR = 196.0, 176.0, 30.0
_INK, _SOFT, _GROUND = "#14181f", "#5b6472", "#e9ecf0"
_COLOURS = ("#00629b", "#c8102e", "#e08a00")
"""Answered, missed, unreachable: told apart by their lightness too."""
_LONGEST = 7.5
"""Full-width characters beside a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One area or day: shares from 0 to 1, in the order of the colours, and what stands at the end."""

    label: str
    shares: tuple[float, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Bars:
    """All of a picture; `legend` says what each colour is."""

    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...]


def draw(what: Bars) -> str:
    """The picture as SVG."""
    height = HEAD + ROW * len(what.bars) + FOOT
    parts = [_text(24, 42, what.title, 28, _INK)]
    for at, one in enumerate(what.bars):
        parts += _bar(one, HEAD + at * ROW + ROW / 2)
    parts += _legend(what.legend, HEAD + ROW * len(what.bars) + 36)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="Noto Sans SC">'
    return f'{head}<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>'


def _bar(one: Bar, middle: float) -> Iterator[str]:
    wide, top = WIDTH - _LEFT - _RIGHT, middle - _BAR / 2
    yield _text(_LEFT - 14, middle + 8, _shortened(one.label), 24, _INK, "end")
    yield _box(_LEFT, top, wide, _GROUND)
    left = _LEFT
    for share, colour in zip(one.shares, _COLOURS, strict=False):
        yield _box(left, top, wide * share, colour)
        left += wide * share
    yield _text(WIDTH - _RIGHT + 14, middle + 8, one.end, 24, _INK)


def _legend(words: Sequence[str], y: float) -> Iterator[str]:
    step = (WIDTH - 48) / max(1, len(words))
    for at, (said, colour) in enumerate(zip(words, (*_COLOURS, _GROUND), strict=False)):
        x = 24 + at * step
        yield f'<rect x="{x:.0f}" y="{y - 18:.0f}" width="22" height="22" fill="{colour}"/>'
        yield _text(x + 32, y, said, 21, _SOFT)


def _shortened(label: str) -> str:
    """As long as fits: a Latin letter is half as wide as a Chinese character."""
    wide = 0.0
    for at, letter in enumerate(label):
        wide += 1 if ord(letter) > 0xFF else 0.55
        if wide > _LONGEST - 1 and at < len(label) - 1:
            return f"{label[:at]}…"
    return label


def _box(x: float, y: float, wide: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{_BAR:g}" fill="{colour}"/>'


def _text(x: float, y: float, words: str, size: int, colour: str, anchor: str = "start") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
    return f"<text {where}>{escape(words)}</text>"
