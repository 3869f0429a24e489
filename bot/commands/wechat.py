"""`gridbot wechat …`: what is set up at WeChat itself."""

import asyncio
from typing import Any

import click

from bot.cli import settings_in_force
from bot.settings import Settings
from bot.wechat import wechat_client
from channels.port import ChannelError
from channels.wechat_outcomes import outcomes
from services.words import text_for

MENU = (("report", ()), ("home", ("status", "family")), ("more", ("help", "language", "stop")))
"""The keys of the menu: at most three, each with at most five below; staff type or are offered theirs."""


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
            await client.set_menu(buttons(settings.language))
    finally:
        await client.close()


def buttons(language: str) -> list[dict[str, Any]]:
    """The menu as WeChat wants it: a click says what the command would."""
    made: list[dict[str, Any]] = []
    for name, below in MENU:
        if below:
            keys = [_key(language, one) for one in below]
            made.append({"name": text_for(language, f"menu-{name}"), "sub_button": keys})
        else:
            made.append(_key(language, name))
    return made


def _key(language: str, name: str) -> dict[str, Any]:
    return {"type": "click", "name": text_for(language, f"menu-{name}"), "key": f"/{name}"}
