"""`gridbot db upgrade|check`: the schema."""

import click

from bot.cli import settings_in_force
from bot.house import open_database
from models.migrate import current, differences, newest, upgrade


@click.group("db")
def command() -> None:
    """The database's schema."""


@command.command("upgrade")
def upgrade_() -> None:
    """Bring the database up to date."""
    database = open_database(settings_in_force())
    try:
        upgrade(database.engine)
        click.echo(f"at {current(database.engine)}")
    finally:
        database.close()


@command.command("check")
def check() -> None:
    """Exit 0 when the database is what this program needs, else 1 with what differs."""
    database = open_database(settings_in_force())
    try:
        found = current(database.engine)
        if found != newest():
            raise click.ClickException(f"the database is at {found}, this program needs {newest()}: gridbot db upgrade")
        differs = differences(database.engine)
        if differs:
            raise click.ClickException(f"the tables differ from the program's: {'; '.join(differs)}")
        click.echo(f"at {found}")
    finally:
        database.close()
