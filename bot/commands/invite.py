"""`gridbot invite`: links and QR codes by which people join."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import click
import segno

from bot.cli import settings_in_force
from bot.inviting import make_links
from rules.roles import Role


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
    """Make links by which people join as ROLE in the area; each can be used once, for 7 days.

    Where WeCom is the only messenger: the lines to type there.
    """
    if poster and Role(role).is_staff:
        raise click.UsageError("--poster is for residents: staff join with a link of their own")
    settings = settings_in_force()
    now = datetime.now(UTC)
    made = asyncio.run(make_links(settings, now, Role(role), code, 1 if poster else count, many=poster))
    links = made.links
    if qr and made.typed:
        raise click.UsageError("--qr: no link leads into WeCom; without it the line to type there is printed")
    if qr:
        segno.make(links[0]).save(str(qr), scale=8)
    if as_json:
        click.echo(json.dumps({"links": links}))
        return
    for link in links:
        click.echo(link)
    if not (qr or made.typed):
        segno.make(links[0]).terminal(compact=True)
