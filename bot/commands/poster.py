"""`gridbot poster`: the page by which a building joins."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.cli import settings_in_force
from bot.inviting import Links, make_links
from bot.poster.words import Poster
from bot.settings import Settings
from rules.roles import Role
from services.words import text_for


@click.command("poster")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--area", "code", required=True, help="The code of the grid, building or unit.")
@click.option("--phone", default="", help="A published number for people without a smartphone.")
def command(file: Path, code: str, phone: str) -> None:
    """Write an A4 poster (PDF) with an invite for residents of the area, good for 30 days and for everybody there."""
    try:
        from bot.poster.page import draw  # its library is an extra
    except ModuleNotFoundError as error:
        raise click.ClickException("the poster needs its library: pip install 'gridbot[poster]'") from error
    settings = settings_in_force()
    now = datetime.now(UTC)
    made = asyncio.run(make_links(settings, now, Role.RESIDENT, code, 1, many=True))
    if made.typed:
        raise click.ClickException("no code leads into WeCom: residents join on Telegram or WeChat")
    page, missing = draw(_poster(settings, made, phone))
    file.write_bytes(page)
    if missing:
        click.echo(f"the font has no {' '.join(missing)}: a box stands in its place", err=True)
    click.echo(f"{file}: {made.links[0]}")


def _poster(settings: Settings, made: Links, phone: str) -> Poster:
    until = f"{made.expires_at.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d}"

    def both(key: str) -> tuple[str, str]:
        return text_for("zh-CN", key), text_for("en", key)

    title, subtitle = both("poster-title")
    helped = text_for("zh-CN", "poster-help-phone", phone=phone) if phone else text_for("zh-CN", "poster-help")
    return Poster(
        area=made.area,
        above=made.above,
        title=title,
        subtitle=subtitle,
        link=made.links[0],
        steps=(both("poster-step-one"), both("poster-step-two"), both("poster-step-three")),
        help_line=helped,
        foot=text_for("zh-CN", "poster-until", until=until),
    )
