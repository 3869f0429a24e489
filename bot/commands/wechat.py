"""`gridbot wechat …`: what is set up at WeChat itself."""

import asyncio

import click

from bot.account_menus import RESIDENTS, buttons
from bot.cli import settings_in_force
from bot.settings import Settings
from bot.wechat import wechat_client
from channels.port import ChannelError
from channels.wechat_outcomes import outcomes


@click.group("wechat")
def command() -> None:
    """Set up the service account."""


@command.command("menu")
def menu() -> None:
    """Make the account's menu: report, my household, help. WeChat shows it to everybody within a day."""
    settings = settings_in_force()
    if not settings.wechat.appid:
        raise click.ClickException("GRIDBOT_WECHAT__APPID: no account is set")
    try:
        asyncio.run(make_menu(settings))
    except ChannelError as error:
        raise click.ClickException(f"WeChat does not take the menu: {error}") from error
    click.echo("The menu is made.")


async def make_menu(settings: Settings) -> None:
    """Makes the menu. Raises `ChannelError`."""
    client = wechat_client(settings)
    try:
        with outcomes():
            await client.set_menu(buttons(settings.language, RESIDENTS))
    finally:
        await client.close()
