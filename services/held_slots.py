"""Slots that are not judged yet, because their messages did not arrive for many: held, and looked at again (ADR 72)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, literal, select, update
from sqlalchemy.orm import Session

from models import Area, DeliveryTrouble, OutboxMessage, ReportRequest
from models.statements import among, given
from rules.mass_failure import LONGEST, TIME_TO_ANSWER, Share, Trouble, held_until, widest
from rules.roles import Level
from rules.rounds import Half
from services.areas import numbers, within
from services.shards import next_requests
from services.shares import shares, summed
from services.troubles import lately, open_all

Slots = dict[tuple[date, Half], set[int]]
"""By slot, grids."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Of a part that was looked through: whose time is up all the same, and how many it had."""

    requests: list[int]
    looked_at: int


def hold_back(session: Session, now: datetime, below: str | None, households: int) -> Judged | None:
    """Puts off the slots of the next part whose silence is nobody's fault; None: nothing is wrong, judge all of it."""
    part = next_requests(ReportRequest.miss_at, now, below, households)
    alone = select(ReportRequest.grid_id, ReportRequest.day, ReportRequest.half).where(
        part, ReportRequest.asked_at.is_(None), ReportRequest.opens_at > now - LONGEST
    )
    slots: Slots = {}
    for grid, day, half in session.execute(alone.distinct()):
        slots.setdefault((day, half), set()).add(grid)
    troubles = _troubles(session, now, slots)
    if not troubles:
        return None
    rows = session.execute(select(*_COLUMNS).where(part)).all()
    of_each = _of_each(session, rows, troubles)
    waits = {one.id: held_until(one.opens_at, one.asked_at, of_each[one.id], now) for one in rows}
    _put_off(session, {number: until for number, until in waits.items() if until is not None})
    return Judged([number for number, until in waits.items() if until is None], len(rows))


def is_held(session: Session, now: datetime, request: ReportRequest) -> bool:
    """Whether a household whose prompt was lost is one of many: then its slot is judged at its end, not now."""
    slots: Slots = {(request.day, request.half): {request.grid_id}}
    lasting = [one for one in _troubles(session, now, slots, lost=request) if one.closed_at is None]
    return bool(lasting and _of_each(session, [request], lasting)[request.id])


_COLUMNS = tuple(
    getattr(ReportRequest, name) for name in ("id", "grid_id", "day", "half", "opens_at", "asked_at", "miss_at")
)


def _troubles(
    session: Session, now: datetime, slots: Slots, lost: ReportRequest | None = None
) -> Sequence[DeliveryTrouble]:
    """What there is of it, with what is found now: of a round that did not arrive it is told once."""
    known = lately(session, now)
    if not slots or any(one.bot and (one.closed_at or now) > now - TIME_TO_ANSWER for one in known):
        return known  # what a messenger did not take is its trouble, not the areas'
    fresh = [
        one
        for (day, half), grids in sorted(slots.items())
        for one in _found(session, now, day, half, grids, known, lost)
    ]
    if fresh:
        open_all(session, now, fresh)
    return [*known, *fresh]


def _found(
    session: Session,
    now: datetime,
    day: date,
    half: Half,
    grids: Collection[int],
    known: Iterable[DeliveryTrouble],
    lost: ReportRequest | None,
) -> list[DeliveryTrouble]:
    """The areas around these grids in which so many prompts of a slot did not arrive, but for those known of it."""
    paths = _paths(session, grids)
    told = {one.area_id for one in known if (one.day, one.half) == (day, half)}
    if all(told & set(numbers(path)) for path in paths.values()):
        return []
    around = {area for path in paths.values() for area in numbers(path)}
    communities = set(session.scalars(select(Area.id).where(Area.id.in_(around), Area.level == Level.COMMUNITY)))
    below = _grids_below(session, paths, communities)
    by_grid = shares(session, day, half, below, given_up=lost is not None)
    if lost is not None:
        by_grid[lost.grid_id] = by_grid.get(lost.grid_id, Share(1, 0)) + Share(0, 1)
    found = dict(summed(by_grid, below, {*below, *communities}))
    wide = widest(found.items())
    top = {f"/{numbers(path)[0]}/" for path in wide}
    if lost is None and any(numbers(path)[-1] in communities for path in wide):
        every = _grids_below(session, paths, {numbers(path)[0] for path in wide})
        found |= summed(shares(session, day, half, None), every, [numbers(path)[0] for path in top])
        wide = widest(found.items())
    return [
        DeliveryTrouble(
            area_id=numbers(path)[-1],
            day=day,
            half=half,
            asked=found[path].asked,
            undelivered=found[path].undelivered,
            since=now,
            opened_at=now,
        )
        for path in wide
        if not told & set(numbers(path))
    ]


def _paths(session: Session, areas: Collection[int]) -> dict[int, str]:
    return dict(session.execute(select(Area.id, Area.path).where(Area.id.in_(areas))).all())


def _grids_below(session: Session, paths: dict[int, str], wider: Collection[int]) -> dict[int, str]:
    """These grids, and all that lie in the wider areas around them."""
    roots = {
        f"{path.split(f'/{area}/')[0]}/{area}/" for path in paths.values() for area in wider if f"/{area}/" in path
    }
    rows = session.execute(select(Area.id, Area.path).where(within(sorted(roots)), Area.level == Level.GRID))
    return paths | dict(rows.all())


def _of_each(
    session: Session, requests: Iterable[Any], troubles: Sequence[DeliveryTrouble]
) -> dict[int, list[Trouble]]:
    """By request: what concerns it, of its own slot and area, or of all the bots on which it was asked."""
    rows = list(requests)
    paths = _paths(session, {one.grid_id for one in rows})
    of_bots = {one.bot: [] for one in troubles if one.bot}  # type: dict[str, list[Trouble]]
    of_areas: dict[Any, list[Trouble]] = {}
    for one in troubles:
        trouble = Trouble(one.since, one.closed_at)
        if one.bot:
            of_bots[one.bot].append(trouble)
        else:
            of_areas.setdefault((one.area_id, one.day, one.half), []).append(trouble)
    bots = _bots(session, [one.id for one in rows]) if of_bots else {}
    found: dict[int, list[Trouble]] = {}
    for one in rows:
        around = [
            [trouble for trouble in of_areas.get((area, one.day, one.half), ()) if _concerns(trouble, one.asked_at)]
            for area in numbers(paths[one.grid_id])
        ]
        mine = bots.get(one.id, set())
        by_bot = [of_bots[bot] for bot in sorted(mine)] if mine and mine <= of_bots.keys() else []
        found[one.id] = [trouble for some in (*around, *by_bot) for trouble in some]
    return found


def _concerns(trouble: Trouble, asked_at: datetime | None) -> bool:
    """Whoever was asked in time was asked, however many around them were not."""
    return asked_at is None or asked_at >= trouble.since


def _bots(session: Session, requests: Sequence[int]) -> dict[int, set[str]]:
    """The bots on which each was asked, or was to be."""
    about = literal("request:") + cast(ReportRequest.id, String)
    prompts = (
        select(ReportRequest.id, OutboxMessage.bot)
        .join(OutboxMessage, OutboxMessage.about == about)
        .where(among(session, ReportRequest.id, requests), OutboxMessage.template == "prompt")
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for number, bot in session.execute(prompts):
        found.setdefault(number, set()).add(bot)
    return found


def _put_off(session: Session, until: dict[int, datetime]) -> None:
    if not until:
        return
    rows = given(session, ReportRequest, [{"id": number, "miss_at": at} for number, at in until.items()]).c
    session.execute(
        update(ReportRequest)
        .where(ReportRequest.id == rows.id)
        .values(miss_at=rows.miss_at)
        .execution_options(synchronize_session=False)
    )
