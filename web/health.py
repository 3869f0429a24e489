"""Health for machines: is it alive, can it work, does everything move."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from models import Bot
from models.migrate import newest
from rules.mail import Brake
from web.keys import CLOCK, DATABASE, VITALS


@dataclass(frozen=True, slots=True)
class Vitals:
    """What moves, as the watchdog of this process saw it last; ages in seconds."""

    tick_age: float = 0.0
    """Since any tick has gone through, in whichever process."""
    patience: float = float("inf")
    still: Sequence[str] = ()
    ages: Mapping[str, float] = field(default_factory=dict)
    """Of each part of the service."""
    bots: Sequence[str] = ()
    """Those of this process's settings."""


Look = Callable[[], Vitals]


async def healthz(request: web.Request) -> web.Response:
    """`/healthz`: 200 while the process answers and ticks go through, else 503 with how long ago one did."""
    vitals = request.app[VITALS]()
    well = vitals.tick_age <= vitals.patience
    body = {"status": "ok" if well else "still", "tick_age": round(vitals.tick_age, 1)}
    return web.json_response(body, status=200 if well else 503)


async def readyz(request: web.Request) -> web.Response:
    """`/readyz`: 200 when the database answers and its schema is the program's, else 503 with the reason.

    With `still`, the parts that stand still, and for each of `bots`: whether its messenger has told us its name
    (`known`), the seconds since it last looked for something to send and something came in or was asked for (`sends`,
    `listens`; null: never), until when it has to wait (`paused_until`), and the share of its rate that it uses
    (`rate`). Names are only ever added.
    """
    vitals = request.app[VITALS]()
    try:
        revision, bots = await request.app[DATABASE].look(_state, request.app[CLOCK].now(), vitals)
    except SQLAlchemyError as error:
        return web.json_response({"status": "database", "error": type(error).__name__}, status=503)
    if revision != newest():
        return web.json_response({"status": "schema", "revision": revision}, status=503)
    body = {"status": "ok", "revision": revision, "still": list(vitals.still), "bots": bots}
    return web.json_response(body)


def _state(session: Session, now: datetime, vitals: Vitals) -> tuple[str | None, dict[str, dict[str, Any]]]:
    found = session.scalar(text("SELECT version_num FROM alembic_version"))
    if found != newest():
        return found, {}
    rows = session.scalars(select(Bot).where(Bot.name.in_(vitals.bots)).order_by(Bot.name))
    return found, {bot.name: _bot(bot, now, vitals) for bot in rows}


def _bot(bot: Bot, now: datetime, vitals: Vitals) -> dict[str, Any]:
    waits = bot.paused_until is not None and bot.paused_until > now
    return {
        "known": bool(bot.username),
        "sends": _age(vitals, f"drain:{bot.name}"),
        "listens": _age(vitals, f"listen:{bot.name}"),
        "paused_until": bot.paused_until.isoformat() if waits and bot.paused_until else None,
        "rate": round(Brake(bot.brake, bot.braked_at).at(now), 2),
    }


def _age(vitals: Vitals, part: str) -> float | None:
    age = vitals.ages.get(part)
    return None if age is None else round(age, 1)
