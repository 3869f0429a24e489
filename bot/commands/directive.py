"""`gridbot directive`: which orders are on their way, and where each of them stands."""

import json
from typing import Any

import click
from sqlalchemy.orm import Session

from bot.cli import settings_in_force
from bot.house import open_database
from models import Area, Directive
from services.directives.finding import newest
from services.directives.progress import has_ended
from services.directives.telling import Node, nodes
from services.policy import default_policy
from services.words import Words, words_in


@click.group("directive")
def command() -> None:
    """Directives, and where they stand. Nothing is changed."""


@command.command("list")
@click.option("--count", default=20, show_default=True, help="The newest so many.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def list_(count: int, as_json: bool) -> None:
    """The newest directives: number, where they begin, when, and whether every node has ended."""

    def look(session: Session) -> list[dict[str, Any]]:
        return [_one(one, area) | {"ended": has_ended(session, one.id)} for one, area in newest(session, count)]

    found = _read(look)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one['number']}  {one['at']}  {one['area']} {one['name']}  {_first_line(one['text'])}")


@command.command("show")
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def show(number: int, as_json: bool) -> None:
    """The text of a directive, and a line a node: where it stands, who confirmed it and when."""

    def look(session: Session) -> tuple[dict[str, Any], list[Node], Words]:
        one = session.get(Directive, number)
        if one is None:
            raise click.ClickException(f"directive {number}: there is none of this number")
        area = session.get_one(Area, one.area_id)
        return _one(one, area), nodes(session, one.id), words_in(default_policy(session).language)

    one, found, words = _read(look)
    if as_json:
        click.echo(json.dumps({**one, "nodes": [node.written() for node in found]}, ensure_ascii=False))
        return
    click.echo(f"{one['at']}  {one['area']} {one['name']}\n{one['text']}\n")
    for node in found:
        said = words.text(f"directive-state-{node.state.value.replace('_', '-')}")
        who = f"  {node.by} {node.at:%Y-%m-%dT%H:%MZ}" if node.by and node.at else ""
        click.echo(f"{node.area}  {node.name}  {said}{who}" + (f"\n    {node.words}" if node.words else ""))


def _one(one: Directive, area: Area) -> dict[str, Any]:
    return {
        "number": one.id,
        "area": area.code,
        "name": area.name,
        "at": f"{one.created_at:%Y-%m-%dT%H:%MZ}",
        "urgent": one.urgent,
        "to_doors": one.to_doors,
        "minutes": one.minutes,
        "text": one.body,
    }


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _read(look: Any) -> Any:
    database = open_database(settings_in_force())
    try:
        with database.transaction() as session:
            return look(session)
    finally:
        database.close()
