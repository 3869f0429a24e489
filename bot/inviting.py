"""Links by which people join, made from the command line: an invite for the bot that serves the area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from bot.house import open_database
from bot.messengers import all_channels, are_there_any, areas_of_bots
from bot.settings import Settings
from bot.wecom import BOT as WECOM
from channels.port import Channel, ChannelError
from models.migrate import upgrade
from rules.errors import NotAllowedError
from rules.roles import Role
from services.areas import by_code, line_above
from services.bots import assign_areas, bot_for, join_link, name_bot, register_bots, typed
from services.invites import POSTER_DAYS, SINGLE_DAYS, invite


@dataclass(frozen=True, slots=True)
class Links:
    """What was made: the links, the names of the area and of what it lies in, and until when they hold (UTC).

    `typed`: no link leads to the bot; these are lines that are typed there.
    """

    links: list[str]
    area: str
    above: str
    expires_at: datetime
    typed: bool = False


async def make_links(settings: Settings, now: datetime, role: Role, code: str, count: int, *, many: bool) -> Links:
    """`count` invites of one use each, or with `many` one that everybody may use.

    Raises `click.ClickException` naming the option or the setting that is wrong.
    """
    database = open_database(settings)
    upgrade(database.engine)
    try:
        channels = all_channels(settings)
        try:
            messengers = {name: channel.capabilities.messenger for name, channel in channels.items()}
            bot = database.apply(_bot_of, settings, messengers, code)
            who = await _who(channels[bot], bot)
        finally:
            for channel in channels.values():
                await channel.close()
        return database.apply(_made, now, role, code, count, many, bot, who)
    finally:
        database.close()


def _bot_of(session: Session, settings: Settings, messengers: Mapping[str, str], code: str) -> str:
    if not are_there_any(settings):
        raise click.ClickException("GRIDBOT_TELEGRAM__TOKENS: no bot token is set")
    register_bots(session, messengers)
    assign_areas(session, areas_of_bots(settings))
    area = by_code(session, code)
    if area is None:
        raise click.ClickException(f"--area {code}: there is no such area")
    bot = bot_for(session, area.id)
    if bot not in messengers:
        raise click.ClickException(f"GRIDBOT_TELEGRAM__TOKENS: there is no token for the bot {bot!r} any more")
    return bot


async def _who(channel: Channel, bot: str) -> dict[str, Any]:
    """Asked anew each time: a link with an old name leads nowhere."""
    messenger = channel.capabilities.messenger.capitalize()
    try:
        who = await channel.check()
    except ChannelError as error:
        raise click.ClickException(f"{messenger} does not answer for the bot {bot!r}: {error}") from error
    if not who["join"] and bot != WECOM:
        raise click.ClickException("GRIDBOT_WECHAT__BASE: without our public address nobody finds the way in")
    return who


def _made(
    session: Session, now: datetime, role: Role, code: str, count: int, many: bool, bot: str, who: dict[str, Any]
) -> Links:
    name_bot(session, bot, who["username"], who["link"], who["join"])
    area = by_code(session, code)
    assert area is not None  # noqa: S101 - its bot was found a moment ago
    try:
        codes = [invite(session, now, role=role, area=area, max_uses=None if many else 1) for _ in range(count)]
    except NotAllowedError as error:
        raise click.ClickException(f"--role {role.value} --area {code}: the area is a {area.level.value}") from error
    *above, own = line_above(session, area.id)
    return Links(
        [join_link(session, area.id, one) or typed(one) for one in codes],
        own.name,
        " ".join(one.name for one in above),
        now + (POSTER_DAYS if many else SINGLE_DAYS),
        typed=not who["join"],
    )
