"""`gridbot roster template|import|export`: the register as a workbook."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli import settings_in_force
from bot.house import open_database
from models.migrate import upgrade
from services.roster import RosterFileError, describe, export_roster, import_roster, write_template
from services.words import text_for

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
    settings = settings_in_force()
    database = open_database(settings)
    upgrade(database.engine)
    said = language or settings.language
    try:
        with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:

            def show(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            report = import_roster(database, file, datetime.now(UTC), show)
    except RosterFileError as error:
        raise click.ClickException(error.text(said)) from error
    finally:
        database.close()
    for wrong in (*report.errors, *report.warnings):
        click.echo(describe(wrong, said), err=True)
    for sheet, count in report.counts.items():
        click.echo(
            text_for(
                said,
                "cli-roster-done",
                sheet=text_for(said, f"cli-sheet-{sheet}"),
                added=count.added,
                changed=count.changed,
                unchanged=count.unchanged,
                rejected=count.rejected,
            )
        )
    if report.errors:
        raise SystemExit(1)


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
