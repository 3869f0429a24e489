"""`gridbot db upgrade|check|copy|backup`: the schema, and the whole database in another place."""

import json
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import click
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.cli import settings_in_force
from bot.house import open_database
from models.backup import BackupError, back_up
from models.copying import Copied, CopyError, copy
from models.db import engine_url, make_engine, make_reader
from models.migrate import current, differences, newest, upgrade
from models.occupied import file_of, is_open, others_connected


@click.group("db")
def command() -> None:
    """The database: its schema, and copies of it."""


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


@command.command("copy")
@click.argument("source")
@click.argument("target")
@click.option("--live", is_flag=True, help="Copy one instant of a service that goes on: a rehearsal, not a move.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def copy_(source: str, target: str, live: bool, as_json: bool) -> None:
    """Copy every row of SOURCE into the empty TARGET, and compare: sqlite:///… and postgresql://…, either way."""
    began = monotonic()
    read_from, write_to = _address(source), _address(target)
    if read_from == write_to:
        raise click.UsageError("source and target are the same")
    _look_for_service(read_from, "source", live=live)
    _look_for_service(write_to, "target", live=False)
    reader, writer = make_reader(read_from), make_engine(write_to)
    try:
        copied = copy(reader, writer, lambda one: None if as_json else _say(one))
    except CopyError as error:
        raise click.ClickException(str(error)) from error
    finally:
        reader.dispose()
        writer.dispose()
    if as_json:
        click.echo(json.dumps([{"table": one.table, "rows": one.rows, "digest": one.digest} for one in copied]))
    else:
        rows = sum(one.rows for one in copied)
        click.echo(f"{rows} rows in {len(copied)} tables, the same on both sides, in {monotonic() - began:.1f} s")
    click.echo("The encryption key and the photos are not in it: take them along.", err=True)


@command.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def backup(file: Path | None) -> None:
    """Write the SQLite database of the settings into a new FILE, while the service runs."""
    database = file_of(_address(settings_in_force().database_url.get_secret_value()))
    if database is None:
        raise click.ClickException("PostgreSQL is backed up with its own tool: pg_dump --format=custom --file=FILE …")
    now = datetime.now(UTC)
    try:
        made = back_up(database, file or database.with_name(f"{database.stem}-{now:%Y%m%dT%H%M%SZ}{database.suffix}"))
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{made.file}\t{made.size} bytes\t{made.seconds:.1f} s")
    click.echo("The encryption key and the photos are not in it: keep copies of them too, the key apart.", err=True)


def _say(one: Copied) -> None:
    click.echo(f"{one.table}\t{one.rows}\t{one.digest}")


def _address(given: str) -> URL:
    try:
        url = engine_url(given)
    except ArgumentError as error:
        raise click.UsageError("an address such as sqlite:///gridbot.db or postgresql://…") from error
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise click.UsageError(f"{url.get_backend_name()} is not known here; sqlite:///… or postgresql://…")
    if (file := file_of(url)) is not None and not file.exists():
        raise click.ClickException(f"there is no file {file}")
    return url


def _look_for_service(url: URL, which: str, *, live: bool) -> None:
    """Refuses a database that a service has open: what it writes after the copy began would be left behind."""
    if live or not _is_in_use(url):
        return
    hint = " (or --live: one instant of it, for a rehearsal)" if which == "source" else ""
    raise click.ClickException(f"a program has the {which} open: stop the service first{hint}")


def _is_in_use(url: URL) -> bool:
    if (file := file_of(url)) is not None:
        return is_open(file)
    engine = make_reader(url)
    try:
        with engine.connect() as connection:
            return others_connected(connection) > 0
    finally:
        engine.dispose()
