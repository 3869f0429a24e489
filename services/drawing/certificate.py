"""The certificate of release, 720 × 1024 pixels: big type, a QR code, the days; what somebody shows at the gate."""

from dataclasses import dataclass
from html import escape

import segno

from services.drawing.png import FAMILY

_WIDTH, _HEIGHT, _MARGIN = 900, 1280, 60
_SCALE = 0.8
_QR, _QR_TOP = 480, 470
_INK, _SOFT, _BAND, _PALE = "#141820", "#5a626e", "#0a7a4b", "#f3f8f5"


@dataclass(frozen=True, slots=True)
class Page:
    """Its lines, in Chinese with the English below; `link` is what the QR code says."""

    title: tuple[str, str]
    name: str
    area: str
    days: tuple[str, str]
    valid: tuple[str, str]
    gate: tuple[str, str]
    link: str
    number: str
    """The last characters of the code: what two people read to each other."""


def draw(words: Page) -> str:
    """The picture as SVG."""
    parts = [
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<rect width="{_WIDTH}" height="190" fill="{_BAND}"/>',
        _line(words.title[0], 100, 64, "#ffffff"),
        _line(words.title[1], 155, 30, "#ffffff"),
        _line(words.name, 285, 76),
        _line(words.area, 345, 32, _SOFT),
        _line(words.days[0], 402, 36),
        _line(words.days[1], 442, 24, _SOFT),
        _code(words.link),
        f'<rect x="{_MARGIN}" y="985" width="{_WIDTH - 2 * _MARGIN}" height="150" rx="20" fill="{_PALE}"/>',
        _line(words.valid[0], 1052, 48, _BAND),
        _line(words.valid[1], 1104, 28, _BAND),
        _line(words.gate[0], 1185, 28, _SOFT),
        _line(f"{words.gate[1]} · {words.number}", 1228, 24, _SOFT),
    ]
    size = f'width="{_WIDTH * _SCALE:g}" height="{_HEIGHT * _SCALE:g}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}">{"".join(parts)}</svg>'


def _line(words: str, bottom: int, size: float, colour: str = _INK) -> str:
    """One centred line, made smaller where it would run over the margin."""
    wide = sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in words) * size
    room = _WIDTH - 2 * _MARGIN
    fitting = size * min(1.0, room / wide) if wide else size
    middle = f'x="{_WIDTH / 2:g}" y="{bottom}" text-anchor="middle"'
    return f'<text {middle} font-size="{fitting:.1f}" fill="{colour}">{escape(words)}</text>'


def _code(link: str) -> str:
    """The QR code as one path: level M, for a cracked screen."""
    rows = list(segno.make(link, error="m").matrix_iter(border=0))
    side = _QR / len(rows)
    left = (_WIDTH - _QR) / 2
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    place = f"translate({left:g} {_QR_TOP}) scale({side:.4f})"
    return f'<path transform="{place}" shape-rendering="crispEdges" fill="#000000" d="{squares}"/>'
