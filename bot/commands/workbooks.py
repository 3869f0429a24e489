"""What the commands that put a workbook into the records have in common: the house, the report, the mistakes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from bot.cli import settings_in_force
from bot.house import open_database
from models.db import Database
from models.migrate import upgrade
from services.roster import ImportReport, RosterFileError, describe
from services.words import text_for

R = TypeVar("R", bound=ImportReport)


def put_in(file: Path, language: str | None, importing: Callable[[Database, Path, datetime], R]) -> tuple[R, str]:
    """Puts a workbook in and prints what became of it; the report, and the language in which it was said.

    Raises `click.ClickException` when the file as a whole cannot be read.
    """
    settings = settings_in_force()
    database = open_database(settings)
    upgrade(database.engine)
    said = language or settings.language
    try:
        report = importing(database, file, datetime.now(UTC))
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
    return report, said
