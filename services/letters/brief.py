"""The brief of a day (每日简报): a few lines and a picture; names only in a grid's own, areas above it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from channels.port import Attachment, Message
from models import Area, Brief
from rules.briefs import NAMES_AT, BriefFigures
from rules.rounds import RequestStatus
from rules.times import at_local
from services.ages import age_in, took_in
from services.brief_names import fevers, silent
from services.drawing.bars import Bar, Bars, draw
from services.drawing.png import png
from services.letters.paper import Paper, letter
from services.mailbox import subject_of
from services.policy import policy_at
from services.staff import may_touch
from services.week import week_of
from services.words import Lines

MOST_NAMED = 8
MOST_WORST = 3
FEW_PARTS = 2
"""Fewer bars than this compare nothing."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is told: put down by the clock, or counted for whoever asked."""

    area: Area
    day: date
    at: datetime
    own: BriefFigures
    parts: Sequence[tuple[int, BriefFigures]]


def brief(paper: Paper) -> Message | None:
    """The figures as they were counted; pointless for whoever does not answer for the area any more."""
    kept = _kept(paper)
    reader = paper.account.person_id
    if reader is None or not may_touch(paper.session, paper.now, reader, kept.area.id):
        return None
    parts = [*said(paper, kept.area, kept.day, kept.at, kept.own), *_named(paper, kept), *_worst(paper, kept)]
    buttons = [[paper.button("alarms:0", "button-open-alarms", count=kept.own.open)]] if kept.own.open else []
    message = letter(parts, buttons)
    bars = _bars(paper, kept)
    if len(bars.bars) < FEW_PARTS:
        return message
    return replace(message, attachment=Attachment("", "brief.png", "image/png", draw=partial(_picture, bars)))


def _kept(paper: Paper) -> _Kept:
    kind, number = subject_of(paper.message.about)
    if kind == "brief":
        row = paper.session.get_one(Brief, int(number))
        day, at, own, parts = row.day, row.at, row.figures, row.parts
    else:
        given: dict[str, Any] = paper.message.args
        number, own, parts = given["area"], given["figures"], given["parts"]
        day, at = date.fromisoformat(given["day"]), datetime.fromisoformat(given["at"])
    area = row.area_id if kind == "brief" else int(number)
    below = [(one, BriefFigures.read(values)) for one, values in parts]
    return _Kept(paper.session.get_one(Area, area), day, at, BriefFigures.read(own), below)


def said(paper: Paper, area: Area, day: date, at: datetime, own: BriefFigures) -> list[Lines]:
    """The figures of an area, a line each."""
    lines = [
        paper.line("brief-head", area=area.name, day=paper.day(day), time=paper.clock(at)),
        paper.line("brief-asked", asked=own.asked, answered=own.answered, percent=own.percent),
        paper.line("brief-trouble", abnormal=own.abnormal, missed=own.missed, unreachable=own.unreachable),
    ]
    if own.oldest is not None:
        age = age_in(paper.words, at - datetime.fromtimestamp(own.oldest, UTC))
        lines.append(paper.line("brief-open", open=own.open, waiting=own.waiting, age=age))
    else:
        lines.append(paper.line("brief-none-open"))
    if own.fastest is not None and own.slowest is not None:
        fastest, slowest = (took_in(paper.words, timedelta(seconds=one)) for one in (own.fastest, own.slowest))
        lines.append(paper.line("brief-response", fastest=fastest, slowest=slowest))
    return lines


def _named(paper: Paper, kept: _Kept) -> list[Lines]:
    """By name, in a grid's own brief."""
    if kept.area.level is not NAMES_AT:
        return []
    since = at_local(kept.day, time(0), policy_at(paper.session, kept.area.id).timezone)
    ill = fevers(paper.session, kept.area.id, since)
    lines = [paper.line("brief-fevers", names=_some(paper, ill))] if ill else []
    for status in (RequestStatus.MISSED, RequestStatus.UNREACHABLE):
        if names := silent(paper.session, kept.area.id, kept.day, status):
            lines.append(paper.line(f"brief-{status.value}", names=_some(paper, names)))
    return lines


def _some(paper: Paper, names: Sequence[str]) -> str:
    shown = paper.word("list-mark").join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else paper.word("brief-and-more", names=shown, count=len(names))


def _worst(paper: Paper, kept: _Kept) -> list[Lines]:
    """The areas below that want a look, in words: not every messenger shows the picture at once."""
    behind = [(number, one) for number, one in kept.parts if one.percent < kept.own.percent or one.waiting]
    if len(kept.parts) < FEW_PARTS or not behind:
        return []
    each = [
        paper.word("brief-part", area=_name(paper, number), percent=one.percent, open=one.open)
        for number, one in behind[:MOST_WORST]
    ]
    return [paper.line("brief-worst", areas=paper.word("list-mark").join(each))]


def _name(paper: Paper, number: int) -> str:
    return paper.session.get_one(Area, number).name


def _bars(paper: Paper, kept: _Kept) -> Bars:
    if kept.area.level is NAMES_AT:
        days = week_of(paper.session, kept.area.id, kept.day)
        title, rows = "brief-week", [(paper.day(day), one) for day, one in days]
    else:
        title, rows = "brief-below", [(_name(paper, number), one) for number, one in kept.parts]
    bars = tuple(_bar(paper, label, one) for label, one in rows if one.asked)
    legend = tuple(paper.word(f"brief-legend-{one}") for one in ("answered", "missed", "unreachable", "due"))
    return Bars(paper.word(title, area=kept.area.name), bars, legend)


def _bar(paper: Paper, label: str, one: BriefFigures) -> Bar:
    shares = tuple(count / one.asked for count in (one.answered, one.missed, one.unreachable))
    key = "brief-bar-open" if one.open else "brief-bar"
    return Bar(label, shares, paper.word(key, percent=one.percent, **({"open": one.open} if one.open else {})))


def _picture(bars: Bars) -> bytes:
    return png(draw(bars))
