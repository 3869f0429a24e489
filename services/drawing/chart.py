"""The curves of a family as one picture: a chart a member, one above the other, for the width of a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape

from rules.curves import Curve, Point, span

WIDTH, HEIGHT = 720, 212
"""Pixels: of the picture, and of one member's chart."""
MOST = 10
"""Charts in one picture: a higher one is made small by the messengers."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 74.0, 22.0, 58.0, 44.0
_INK, _SOFT, _GRID, _BLUE, _RED, _TODAY = "#14181f", "#6a7280", "#e3e6ea", "#00629b", "#c8102e", "#f1f6fa"


@dataclass(frozen=True, slots=True)
class Chart:
    """A curve with its title."""

    title: str
    curve: Curve


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a chart's days and degrees lie, in pixels."""

    days: int
    low: float
    high: float

    def x(self, at: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * at / self.days

    def y(self, celsius: float) -> float:
        return _TOP + (HEIGHT - _TOP - _BOTTOM) * (self.high - celsius) / (self.high - self.low)


def draw(charts: Sequence[Chart]) -> str:
    """The picture as SVG; `MOST` charts at most."""
    shown = charts[:MOST]
    low, high = span([one.curve for one in shown])
    parts = [
        f'<g transform="translate(0 {at * HEIGHT})">{"".join(_chart(one, low, high))}</g>'
        for at, one in enumerate(shown)
    ]
    height = HEIGHT * len(shown)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="Noto Sans SC">'
    return f'{head}<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>'


def _chart(one: Chart, low: float, high: float) -> Iterator[str]:
    curve, frame = one.curve, _Frame(one.curve.days, low, high)
    yield _text(18, 36, one.title, 28, _INK)
    yield _text(WIDTH - _RIGHT, 36, "℃", 21, _SOFT, "end")
    yield from _ground(curve, frame)
    for run in curve.runs():
        line = " ".join(f"{frame.x(at.at):.1f},{frame.y(at.celsius):.1f}" for at in run)
        yield f'<polyline points="{line}" fill="none" stroke="{_BLUE}" stroke-width="3" stroke-linejoin="round"/>'
    for gap in curve.gaps:
        yield _cross(frame.x(gap), frame.y(low) - 10)
    for point in curve.points:
        yield _dot(frame, point, abnormal=point.celsius >= curve.threshold)
    yield from _labels(curve, frame)


def _ground(curve: Curve, frame: _Frame) -> Iterator[str]:
    """Today's band, whole degrees, the threshold, the days."""
    today = (curve.today - curve.first).days
    left, right, top, floor = frame.x(0), frame.x(curve.days), _TOP, HEIGHT - _BOTTOM
    if 0 <= today < curve.days:
        wide = frame.x(today + 1) - frame.x(today)
        yield f'<rect x="{frame.x(today):.1f}" y="{top}" width="{wide:.1f}" height="{floor - top}" fill="{_TODAY}"/>'
    for degree in range(int(frame.low), int(frame.high) + 1):
        if frame.low <= degree <= frame.high:
            yield _line(left, frame.y(degree), right, frame.y(degree), _GRID)
            if abs(degree - curve.threshold) * (floor - top) / (frame.high - frame.low) > 18:
                yield _text(left - 8, frame.y(degree) + 7, f"{degree}", 19, _SOFT, "end")
    limit = frame.y(curve.threshold)
    yield _line(left, limit, right, limit, _RED, dashed=True)
    yield _text(left - 8, limit + 7, f"{curve.threshold:.1f}", 19, _RED, "end")
    yield _line(left, floor, right, floor, _SOFT)
    yield from _days(curve, frame, floor)


def _days(curve: Curve, frame: _Frame, floor: float) -> Iterator[str]:
    apart = max(2, -(-curve.days // 7))
    for day in range(curve.days):
        yield _line(frame.x(day), floor, frame.x(day), floor + 5, _SOFT)
        if day % apart == 0:
            date = curve.first + timedelta(days=day)
            yield _text(frame.x(day + 0.5), floor + 27, f"{date.month}/{date.day}", 19, _SOFT, "middle")


def _labels(curve: Curve, frame: _Frame) -> Iterator[str]:
    """What the last value is, and the highest when it is a fever."""
    if not curve.points:
        return
    highest, last = max(curve.points, key=lambda one: one.celsius), curve.points[-1]
    if highest.celsius >= curve.threshold and highest is not last:
        x = min(max(frame.x(highest.at), _LEFT + 24), WIDTH - _RIGHT - 24)
        yield _text(x, frame.y(highest.celsius) - 12, f"{highest.celsius:.1f}", 21, _RED, "middle")
    colour = _RED if last.celsius >= curve.threshold else _BLUE
    x, y = frame.x(last.at), frame.y(last.celsius)
    # Beside its dot, where no line crosses it; at the right edge above it.
    where = (x + 12, y + 7, "start") if x + 60 < WIDTH else (x, y - 12, "end")
    yield _text(where[0], where[1], f"{last.celsius:.1f}", 21, colour, where[2])


def _dot(frame: _Frame, point: Point, *, abnormal: bool) -> str:
    where = f'cx="{frame.x(point.at):.1f}" cy="{frame.y(point.celsius):.1f}"'
    return f'<circle {where} r="{7 if abnormal else 5}" fill="{_RED if abnormal else _BLUE}"/>'


def _cross(x: float, y: float) -> str:
    """An unanswered slot, on the floor."""
    return "".join(_line(x - 5, y - way * 5, x + 5, y + way * 5, _SOFT, wide=2.0) for way in (1, -1))


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, wide: float = 1.5, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="8 6"' if dashed else ""
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{wide}"{dash}/>'


def _text(x: float, y: float, words: str, size: int, colour: str, anchor: str = "start") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
    return f"<text {where}>{escape(words)}</text>"
