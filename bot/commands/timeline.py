"""`gridbot timeline`: the story of one alarm as a file."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from bot.cli import settings_in_force
from bot.house import open_database
from models import Escalation
from services.alarm_links import Story, story_of
from services.audit import record
from services.policy import default_policy
from services.timeline_sheet import as_csv, as_workbook
from services.words import Words, words_in

_WRITERS = {".csv": as_csv, ".xlsx": as_workbook}


@click.command("timeline")
@click.argument("number", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(number: int, file: Path) -> None:
    """Write everything that happened about alarm NUMBER to FILE, a .csv or .xlsx; the audit has it."""
    write = _WRITERS.get(file.suffix.lower())
    if write is None:
        raise click.BadParameter(f"{file}: a name that ends in .csv or .xlsx", param_hint="FILE")
    database = open_database(settings_in_force())
    try:
        found = database.apply(_story, number)
    finally:
        database.close()
    if found is None:
        raise click.ClickException(f"there is no alarm {number}")
    try:
        file.write_bytes(write(*found))
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    click.echo(f"{file}: {len(found[0].moments)}")


def _story(session: Session, number: int) -> tuple[Story, Words] | None:
    one = session.get(Escalation, number)
    if one is None:
        return None
    record(session, datetime.now(UTC), actor_id=None, act="export", subject=f"escalation:{number}", what="timeline")
    words = words_in(default_policy(session).language)
    return story_of(session, words, one), words
