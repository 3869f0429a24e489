"""`gridbot roster template|import|export`: the register as a workbook."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli import settings_in_force
from bot.commands.workbooks import put_in
from bot.house import open_database
from models.db import Database
from services.roster import ImportReport, export_roster, import_roster, write_template

_PATH = click.Path(path_type=Path, dir_okay=True)


@click.group("roster")
def command() -> None:
    """The register (areas, staff, residents) as a workbook."""


@command.command("template")
@click.argument("file", type=_PATH)
def template(file: Path) -> None:
    """Write an empty workbook with its headers, examples and notes."""
    write_template(file)
    click.echo(f"{file}: fill it in, then: gridbot roster import {file}")


@command.command("import")
@click.argument("file", type=_PATH)
@click.option("--language", type=click.Choice(["zh-CN", "en"]), help="Of the messages; default: the setting.")
def import_(file: Path, language: str | None) -> None:
    """Put a workbook, or a folder of .csv files, into the records; again changes nothing.

    Exit status 1 when a row was left out; the good rows are in all the same.
    """
    report, _ = put_in(file, language, _import_in_sight)
    if report.errors:
        raise SystemExit(1)


def _import_in_sight(database: Database, file: Path, now: datetime) -> ImportReport:
    with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return import_roster(database, file, now, show)


@command.command("export")
@click.argument("file", type=_PATH)
def export(file: Path) -> None:
    """Write the register as a workbook that can be imported again."""
    database = open_database(settings_in_force())
    try:
        export_roster(database, file, datetime.now(UTC))
    finally:
        database.close()
    click.echo(str(file))
