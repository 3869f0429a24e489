"""`gridbot wecom …`: what is set up at WeCom itself."""

import asyncio

import click

from bot.account_menus import STAFF, buttons
from bot.cli import settings_in_force
from bot.settings import Settings
from bot.wecom import wecom_client
from channels.port import ChannelError
from channels.wecom_outcomes import outcomes


@click.group("wecom")
def command() -> None:
    """Set up the application."""


@command.command("menu")
def menu() -> None:
    """Make the application's menu: what needs an answer, my grid, more. WeCom takes it from trusted addresses only."""
    settings = settings_in_force()
    if not settings.wecom.corpid:
        raise click.ClickException("GRIDBOT_WECOM__CORPID: no application is set")
    try:
        asyncio.run(make_menu(settings))
    except ChannelError as error:
        raise click.ClickException(f"WeCom does not take the menu: {error}") from error
    click.echo("The menu is made.")


async def make_menu(settings: Settings) -> None:
    """Makes the menu. Raises `ChannelError`."""
    client = wecom_client(settings)
    try:
        with outcomes():
            await client.set_menu(buttons(settings.language, STAFF))
    finally:
        await client.close()
