"""`gridbot …`: exit status 0 done, 1 failed, 2 wrong usage; errors on stderr in one line naming the thing."""

import gc
import importlib
import os
import sys
from typing import Any

import click

from bot.settings import Settings, SettingsError, load_settings, read_secret_files

COMMANDS: dict[str, str] = {
    "demo": "bot.commands.demo",
    "serve": "bot.commands.serve",
    "sandbox": "bot.commands.sandbox",
    "roster": "bot.commands.roster",
    "duty": "bot.commands.duty",
    "way": "bot.commands.way",
    "invite": "bot.commands.invite",
    "poster": "bot.commands.poster",
    "policy": "bot.commands.policy",
    "directive": "bot.commands.directive",
    "brief": "bot.commands.brief",
    "timeline": "bot.commands.timeline",
    "quarantine": "bot.commands.quarantine",
    "db": "bot.commands.db",
    "outbox": "bot.commands.outbox",
    "simulate": "bot.commands.simulate",
    "bench": "bot.commands.bench",
    "doctor": "bot.commands.doctor",
    "wechat": "bot.commands.wechat",
    "wecom": "bot.commands.wecom",
}
"""The module of each command, loaded when it is called: what a command does not need does not slow its start."""


class Lazy(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: Any = importlib.import_module(COMMANDS[cmd_name]).command
        return command if isinstance(command, click.Command) else None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gridbot")
def cli() -> None:
    """网格通 gridbot: grid management in an epidemic, in the messenger where people are."""


def settings_in_force(**given: Any) -> Settings:
    """The settings of the environment, `.env` and secret files; raises `click.ClickException` naming what is wrong."""
    try:
        for name, value in read_secret_files(os.environ).items():
            os.environ.setdefault(name, value)
        return load_settings(**given)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def main() -> None:
    """The entry point of the `gridbot` command."""
    # What is imported stays: looking for garbage among it every 700 objects took a third of the time to start.
    gc.set_threshold(50_000, 20, 20)
    try:
        cli(standalone_mode=True)
    except SettingsError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        if not _is_a_database_away(error):
            raise
        click.echo(f"Error: GRIDBOT_DATABASE_URL: {str(error).splitlines()[0]}", err=True)
        sys.exit(1)


def _is_a_database_away(error: Exception) -> bool:
    """Whether the database cannot be reached or used; its library is loaded only where a command needs it."""
    known = sys.modules.get("sqlalchemy.exc")
    return known is not None and isinstance(error, known.OperationalError)
