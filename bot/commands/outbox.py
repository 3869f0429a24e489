"""`gridbot outbox`: what waits to be sent, what was given up, and another try."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

import click
from sqlalchemy.orm import Session

from bot.cli import settings_in_force
from bot.house import open_database
from services.mail_queue import GivenUp, Heap, given_up, heaps, try_again

P = ParamSpec("P")
T = TypeVar("T")


@click.group("outbox", invoke_without_command=True)
@click.option("--dead", is_flag=True, help="List what was given up, newest first.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
@click.pass_context
def command(context: click.Context, dead: bool, as_json: bool) -> None:
    """Show what waits to be sent, by bot, priority and state."""
    if context.invoked_subcommand:
        return
    if dead:
        lost = _look(given_up)
        _say([_lost_fields(one) for one in lost], as_json, "nothing was given up")
    else:
        waiting = _look(heaps, datetime.now(UTC))
        _say([_heap_fields(one) for one in waiting], as_json, "nothing waits")


@command.command("retry")
@click.argument("numbers", metavar="ID…", nargs=-1, required=True, type=int)
def retry(numbers: tuple[int, ...]) -> None:
    """Owe given-up messages anew."""
    again = _look(try_again, datetime.now(UTC), numbers)
    click.echo(f"{len(again)} owed again")
    if strangers := [number for number in numbers if number not in again]:
        raise click.ClickException(f"not given up: {', '.join(map(str, strangers))}")


def _look(function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    database = open_database(settings_in_force())
    try:
        return database.apply(function, *args, **kwargs)
    finally:
        database.close()


def _heap_fields(one: Heap) -> dict[str, str | int]:
    return {
        "bot": one.bot,
        "priority": one.priority.name.lower(),
        "state": one.state.value,
        "count": one.count,
        "oldest_seconds": round(one.age.total_seconds()),
    }


def _lost_fields(one: GivenUp) -> dict[str, str | int]:
    return {
        "id": one.id,
        "bot": one.bot,
        "priority": one.priority.name.lower(),
        "template": one.template,
        "state": one.state.value,
        "attempts": one.attempts,
        "created_at": one.created_at.isoformat(timespec="seconds"),
        "error": one.error,
    }


def _say(rows: list[dict[str, str | int]], as_json: bool, nothing: str) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif not rows:
        click.echo(nothing)
    else:
        click.echo("\t".join(rows[0]))
        for row in rows:
            click.echo("\t".join(str(value) for value in row.values()))
