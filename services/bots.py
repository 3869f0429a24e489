"""The bots: the names under which people find them, and the areas that each of them serves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from models import Bot, BotArea
from rules.errors import NotAllowedError
from services.areas import by_code, line_above

FORCED_EVERY = timedelta(seconds=30)
"""WeChat wants so long between two tokens by force."""


def may_force_token(session: Session, now: datetime, bot: str) -> bool:
    """Whether it is for this process to have a refused token replaced; for no other within `FORCED_EVERY`."""
    free = or_(Bot.token_forced_at.is_(None), Bot.token_forced_at <= now - FORCED_EVERY)
    mine = update(Bot).where(Bot.name == bot, free).values(token_forced_at=now)
    done: Any = session.execute(mine, execution_options={"synchronize_session": False})
    return bool(done.rowcount)


def register_bots(session: Session, names: Mapping[str, str], windowed: Collection[str] | None = None) -> None:
    """Every bot of the settings has its row, with its messenger; whether that counts (None: nobody looked)."""
    known = {one.name: one for one in session.scalars(select(Bot))}
    session.add_all(Bot(name=name, channel=channel) for name, channel in names.items() if name not in known)
    session.flush()
    for name, channel in names.items():
        row = session.get_one(Bot, name)
        row.channel = channel
        if windowed is not None:
            row.windowed = name in windowed


def name_bot(session: Session, bot: str, username: str, link: str, join: str) -> None:
    """Keeps what a messenger calls a bot and where it is found; an invite takes the place of ``{code}`` in `join`."""
    row = session.get_one(Bot, bot)
    row.username, row.link, row.join_link = username, link, join


def link_to(session: Session, bot: str) -> str:
    """Where people open the chat with a bot; "" while that is not known."""
    return session.get_one(Bot, bot).link


def join_link(session: Session, area_id: int, code: str) -> str:
    """The link by which somebody joins with an invite of an area; "" while it is not known where the bot is."""
    return session.get_one(Bot, bot_for(session, area_id)).join_link.replace("{code}", code)


def typed(code: str) -> str:
    """What somebody says to the bot who has an invite's code and no link to follow: WeCom has none."""
    return f"/start {code}"


def assign_areas(session: Session, served: Mapping[str, Sequence[str]]) -> list[str]:
    """Puts down which bot serves which areas, by their codes, and nothing else; the codes that are no area's."""
    session.execute(delete(BotArea))
    unknown = []
    for bot, codes in served.items():
        for code in codes:
            area = by_code(session, code)
            if area is None:
                unknown.append(code)
            else:
                session.merge(BotArea(bot=bot, area_id=area.id))
    session.flush()
    return unknown


def bot_for(session: Session, area_id: int) -> str:
    """The bot that serves an area: that of the nearest area above it, else one that serves no area in particular.

    Raises `NotAllowedError` when there is no bot at all.
    """
    line = [area.id for area in line_above(session, area_id)]
    serving = {one.area_id: one.bot for one in session.scalars(select(BotArea).where(BotArea.area_id.in_(line)))}
    for area in reversed(line):
        if area in serving:
            return serving[area]
    taken = select(BotArea.bot)
    found = session.scalars(select(Bot.name).order_by(Bot.name.in_(taken), Bot.name)).first()
    if found is None:
        raise NotAllowedError("there is no bot")
    return found
