"""`gridbot policy`: what an area chooses for itself and everything below it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import click
from sqlalchemy.orm import Session

from bot.in_area import in_area
from models import Area
from rules.errors import NotAllowedError
from rules.policy import CHOSEN, written
from services.policies import choose, choose_no_more, chosen_at
from services.policy import policy_at

T = TypeVar("T")
_AREA = click.option("--area", "code", required=True, help="The code of the area, a grid or above.")


@click.group("policy")
def command() -> None:
    """Times, thresholds, symptoms and ladders of an area, inherited by everything below it."""


@command.command("show")
@_AREA
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def show(code: str, as_json: bool) -> None:
    """What holds in the area, and which area chose it."""

    def look(session: Session, area: Area) -> dict[str, dict[str, str | None]]:
        chosen = chosen_at(session, area)
        holds = written(policy_at(session, area.id))
        return {name: {"value": holds[name], "by": chosen[name][1] if name in chosen else None} for name in CHOSEN}

    found = _with_area(code, look)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, one in found.items():
        click.echo(f"{name} = {one['value']}" + (f"  ({one['by']})" if one["by"] else ""))


@command.command("set")
@_AREA
@click.argument("name", type=click.Choice(CHOSEN))
@click.argument("value")
def set_(code: str, name: str, value: str) -> None:
    """Choose VALUE for NAME: a time of day (08:00), minutes, °C, symptoms with commas, or a ladder (10x2,10,15,-,+,60;
    what rings at night may have six steps for it after a slash).

    From the next round on; a ladder for alarms that open from now on.
    """
    now = datetime.now(UTC)
    policy = _with_area(code, lambda session, area: choose(session, now, area, name, value, None))
    click.echo(f"{name} = {written(policy)[name]}")


@command.command("unset")
@_AREA
@click.argument("name", type=click.Choice(CHOSEN))
def unset(code: str, name: str) -> None:
    """Take the area's own value back: what holds above it holds again."""
    now = datetime.now(UTC)
    policy = _with_area(code, lambda session, area: choose_no_more(session, now, area, name, None))
    click.echo(f"{name} = {written(policy)[name]}")


def _with_area(code: str, do: Callable[[Session, Area], T]) -> T:
    try:
        return in_area(code, do)
    except NotAllowedError as error:
        raise click.ClickException(str(error)) from error
