"""One A4 page to hang up: big type, a QR code, three lines that say what to do. Millimetres, and points for type."""

from collections.abc import Iterable, Iterator

import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont

from bot.poster.words import Poster
from services.drawing.png import FONT

_NAME = "Noto"
_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 18.0
_QR = 112.0
_INK, _SOFT, _BAND = (20, 24, 32), (90, 98, 110), (0, 98, 155)


def draw(poster: Poster) -> tuple[bytes, list[str]]:
    """The page as PDF, and the characters that the font does not have: they show as a box."""
    page = FPDF(format="A4")
    page.set_auto_page_break(False)
    page.set_title(f"{poster.title} · {poster.area}")
    page.add_font(_NAME, fname=str(FONT))
    page.add_page()
    _head(page, poster)
    _code(page, poster.link, 74.0)
    _steps(page, poster, 196.0)
    _line(page, poster.help_line, 262.0, 15)
    _line(page, poster.foot, 279.0, 10, _SOFT)
    font = page.fonts[_NAME.lower()]
    known = font.cmap if isinstance(font, TTFFont) else {}
    return bytes(page.output()), sorted({one for one in poster.words if ord(one) not in known and not one.isspace()})


def _head(page: FPDF, poster: Poster) -> None:
    page.set_fill_color(*_BAND)
    page.rect(0, 0, _WIDTH, 60, style="F")
    white = (255, 255, 255)
    _line(page, poster.above, 10, 13, white)
    _line(page, poster.area, 19, 44, white)
    _line(page, poster.title, 41, 24, white)
    _line(page, poster.subtitle, 62.5, 11, _SOFT)


def _line(page: FPDF, words: str, top: float, size: float, colour: tuple[int, int, int] = _INK) -> None:
    """One centred line, made smaller where it would run over the margin."""
    page.set_text_color(*colour)
    page.set_font(_NAME, size=size)
    room = _WIDTH - 2 * _MARGIN
    if (width := page.get_string_width(words)) > room:
        page.set_font(_NAME, size=size * room / width)
    page.set_xy(_MARGIN, top)
    page.cell(room, size * 0.45, words, align="C")


def _code(page: FPDF, link: str, top: float) -> None:
    """The QR code as rectangles, sharp at any size; each run of dark modules is one."""
    rows = list(segno.make(link, error="q").matrix_iter(border=0))
    side = _QR / len(rows)
    left = (_WIDTH - _QR) / 2
    page.set_fill_color(0, 0, 0)
    for down, row in enumerate(rows):
        for start, length in _runs(row):
            page.rect(left + start * side, top + down * side, length * side, side, style="F")


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = None
    for place, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def _steps(page: FPDF, poster: Poster, top: float) -> None:
    for number, (chinese, english) in enumerate(poster.steps, 1):
        middle = top + 4.6
        page.set_fill_color(*_BAND)
        page.ellipse(_MARGIN, top, 11, 11, style="F")
        page.set_text_color(255, 255, 255)
        page.set_font(_NAME, size=18)
        page.set_xy(_MARGIN, top + 1)
        page.cell(11, 9, str(number), align="C")
        page.set_text_color(*_INK)
        _beside(page, chinese, middle - 6.4, 22, _INK)
        _beside(page, english, middle + 4.2, 11, _SOFT)
        top += 21


def _beside(page: FPDF, words: str, top: float, size: float, colour: tuple[int, int, int]) -> None:
    page.set_text_color(*colour)
    page.set_font(_NAME, size=size)
    room = _WIDTH - 2 * _MARGIN - 16
    if (width := page.get_string_width(words)) > room:
        page.set_font(_NAME, size=size * room / width)
    page.set_xy(_MARGIN + 16, top)
    page.cell(room, size * 0.45, words)
