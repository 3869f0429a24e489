"""`gridbot duty template|import|export|holiday`: who works when, as a workbook."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli import settings_in_force
from bot.commands.workbooks import put_in
from bot.house import open_database
from services.areas import by_code
from services.duty_roster import export_duty, import_duty, write_duty_template
from services.holidays import observe, observe_no_more
from services.words import text_for

_PATH = click.Path(path_type=Path, dir_okay=True)


@click.group("duty")
def command() -> None:
    """The duty roster (shifts, holidays) as a workbook."""


@command.command("template")
@click.argument("file", type=_PATH)
def template(file: Path) -> None:
    """Write an empty workbook with its headers, examples and notes."""
    write_duty_template(file)
    click.echo(f"{file}: fill it in, then: gridbot duty import {file}")


@command.command("import")
@click.argument("file", type=_PATH)
@click.option("--language", type=click.Choice(["zh-CN", "en"]), help="Of the messages; default: the setting.")
def import_(file: Path, language: str | None) -> None:
    """Put a workbook, or a folder of .csv files, into the records; again changes nothing.

    Exit status 1 when a row was left out; the good rows are in all the same.
    """
    report, said = put_in(file, language, import_duty)
    if report.removed:
        click.echo(text_for(said, "cli-duty-removed", count=report.removed))
    if report.errors:
        raise SystemExit(1)


@command.command("export")
@click.argument("file", type=_PATH)
def export(file: Path) -> None:
    """Write the duty roster as a workbook that can be imported again."""
    database = open_database(settings_in_force())
    try:
        export_duty(database, file, datetime.now(UTC))
    finally:
        database.close()
    click.echo(str(file))


@command.command("holiday")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--area", "code", default="", help="The code of the area; default: everywhere.")
@click.option("--name", default="", help="What it is called.")
@click.option("--remove", is_flag=True, help="It is a day like any other again.")
def holiday(day: datetime, code: str, name: str, remove: bool) -> None:
    """Enter DAY (2020-02-08) as a holiday: the roster's rows for holidays apply."""
    now, date = datetime.now(UTC), day.date()
    database = open_database(settings_in_force())
    try:
        with database.transaction() as session:
            area = by_code(session, code) if code else None
            if code and area is None:
                raise click.ClickException(f"--area {code}: there is no such area")
            if remove and not observe_no_more(session, now, date, area, None):
                raise click.ClickException(f"{date}: it was not entered there")
            if not remove:
                observe(session, now, date, area, name, None)
    finally:
        database.close()
    click.echo(f"{date}: {'a day like any other' if remove else 'a holiday'} {code or 'everywhere'}")
