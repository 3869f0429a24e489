"""`gridbot invite`: links and QR codes by which people join."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import click
import segno

from bot.app import register_bots
from bot.cli import settings_in_force
from bot.house import open_database
from bot.settings import Settings
from bot.telegram import telegram_channels
from channels.port import ChannelError
from models.migrate import upgrade
from rules.errors import NotAllowedError
from rules.roles import Role
from services.areas import by_code
from services.invites import invite


@click.command("invite")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What they join as.")
@click.option("--area", "code", required=True, help="The code of the area.")
@click.option(
    "--count", default=1, type=click.IntRange(1, 1000), show_default=True, help="How many invites of one use each."
)
@click.option("--poster", is_flag=True, help="One invite that many may use, for 30 days.")
@click.option(
    "--qr", type=click.Path(path_type=Path, dir_okay=False), help="Also write the first link as a QR code (PNG)."
)
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def command(role: str, code: str, count: int, poster: bool, qr: Path | None, as_json: bool) -> None:
    """Make links by which people join as ROLE in the area; each can be used once, for 7 days."""
    if poster and Role(role).is_staff:
        raise click.UsageError("--poster is for residents: staff join with a link of their own")
    settings = settings_in_force()
    links = asyncio.run(_links(settings, Role(role), code, 1 if poster else count, poster=poster))
    if qr:
        segno.make(links[0]).save(str(qr), scale=8)
    if as_json:
        click.echo(json.dumps({"links": links}))
        return
    for link in links:
        click.echo(link)
    if not qr:
        segno.make(links[0]).terminal(compact=True)


async def _links(settings: Settings, role: Role, code: str, count: int, *, poster: bool) -> list[str]:
    database = open_database(settings)
    upgrade(database.engine)
    channels = telegram_channels(settings)
    try:
        if not channels:
            raise click.ClickException("GRIDBOT_TELEGRAM__TOKENS: no bot token is set")
        name, channel = next(iter(channels.items()))
        username = (await channel.check())["username"]
        with database.transaction() as session:
            register_bots(session, {name: "telegram"})
            area = by_code(session, code)
            if area is None:
                raise click.ClickException(f"--area {code}: there is no such area")
            now = datetime.now(UTC)
            uses = None if poster else 1
            try:
                codes = [invite(session, now, role=role, area=area, max_uses=uses) for _ in range(count)]
            except NotAllowedError as error:
                raise click.ClickException(
                    f"--role {role.value} --area {code}: the area is a {area.level.value}"
                ) from error
    except ChannelError as error:
        raise click.ClickException(f"Telegram does not answer for this bot: {error}") from error
    finally:
        for channel in channels.values():
            await channel.close()
        database.close()
    return [f"https://t.me/{username}?start={one}" for one in codes]
