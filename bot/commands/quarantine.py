"""`gridbot quarantine`: begun and ended from the command line, for one person of the register."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

import click
from sqlalchemy.orm import Session

from bot.in_area import in_area
from models import Area, Household, Person, Quarantine
from rules.doors import EXCUSING, Found
from rules.quarantine import LONGEST, day_number
from rules.roles import Level
from rules.times import local_date
from services import register
from services.areas import by_code
from services.audit import record_quarantine
from services.dossier import members
from services.excuses import back, excuse
from services.orders import end_early, named, running
from services.policy import policy_at
from services.transfers import transfer

T = TypeVar("T")
_AREA = click.option("--area", "code", required=True, help="The code of the area in which they live.")
_ROOM = click.option("--room", default="", help="The room, where several of the area have this name.")


@click.group("quarantine")
def command() -> None:
    """One person's quarantine; a whole place's is put down by the roster."""


@command.command("start")
@_AREA
@_ROOM
@click.option("--first", type=click.DateTime(["%Y-%m-%d"]), help="The first day; default: today.")
@click.option("--days", type=click.IntRange(1, LONGEST), help="Default: as the area orders (quarantine_days).")
@click.option("--reason", default="", help="Kept in the record.")
@click.argument("name")
def start(code: str, room: str, first: datetime | None, days: int | None, reason: str, name: str) -> None:
    """Put NAME under quarantine, or correct the days of the one that runs; both the first and the last are asked."""
    now = datetime.now(UTC)

    def do(session: Session, person: Person, home: Household) -> tuple[date, date]:
        today = local_date(now, policy_at(session, home.grid_id).timezone)
        begins = first.date() if first else today
        one = register.quarantine(
            session, now, person=person, household=home, first_day=begins, days=days, reason=reason
        )
        whole, last_day = day_number(one.last_day, one.first_day), one.last_day.isoformat()
        record_quarantine(session, now, person.id, None, "begun", days=whole, last_day=last_day)
        return one.first_day, one.last_day

    begins, ends = _with_one(code, room, name, do)
    click.echo(f"{name}: {begins} - {ends}")


@command.command("release")
@_AREA
@_ROOM
@click.argument("name")
def release(code: str, room: str, name: str) -> None:
    """End the quarantine of NAME now; the family is told."""
    now = datetime.now(UTC)

    def do(session: Session, person: Person, _home: Household) -> None:
        end_early(session, now, _running(session, person), None)

    _with_one(code, room, name, do)
    click.echo(f"{name}: released")


@command.command("excuse")
@_AREA
@_ROOM
@click.option(
    "--why",
    type=click.Choice([one.value for one in Found if one in EXCUSING]),
    required=True,
    help="Where they are, or were measured.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day; default: until they are back.")
@click.argument("name")
def excuse_(code: str, room: str, why: str, until: datetime | None, name: str) -> None:
    """Nobody asks for the temperature of NAME meanwhile; the family is told, and asked again afterwards."""
    now = datetime.now(UTC)

    def do(session: Session, person: Person, home: Household) -> None:
        today = local_date(now, policy_at(session, home.grid_id).timezone)
        days = (until.date() - today).days if until else None
        if days is not None and days < 0:
            raise click.ClickException(f"--until {until:%Y-%m-%d}: that day is over")
        excuse(session, now, _running(session, person), Found(why), days, None)

    _with_one(code, room, name, do)
    click.echo(f"{name}: excused {f'until {until:%Y-%m-%d}' if until else 'until they are back'}")


@command.command("back")
@_AREA
@_ROOM
@click.argument("name")
def back_(code: str, room: str, name: str) -> None:
    """NAME is back: asked again from the next slot on."""
    now = datetime.now(UTC)
    _with_one(code, room, name, lambda session, person, _home: back(session, now, _running(session, person), None))
    click.echo(f"{name}: asked again")


@command.command("transfer")
@_AREA
@_ROOM
@click.option("--to", "target", required=True, help="The code of the grid, building or unit where they go on.")
@click.option("--door", required=True, help="The room there.")
@click.option("--family", is_flag=True, help="The whole household goes along.")
@click.argument("name")
def transfer_(code: str, room: str, target: str, door: str, family: bool, name: str) -> None:
    """NAME goes on in another grid: the record moves, the history stays; both staffs and the family are told."""
    now = datetime.now(UTC)

    def do(session: Session, person: Person, home: Household) -> None:
        area = by_code(session, target)
        if area is None or area.level.depth < Level.GRID.depth:
            raise click.ClickException(f"--to {target}: there is no such grid, building or unit")
        people = [one for _, one in members(session, home.id)] if family else [person]
        transfer(session, now, people, register.household_at(session, area, door), None)

    _with_one(code, room, name, do)
    click.echo(f"{name}: now at {target} {door}")


def _running(session: Session, person: Person) -> Quarantine:
    one = running(session, person.id)
    if one is None:
        raise click.ClickException(f"{person.name}: not in quarantine")
    return one


def _with_one(code: str, room: str, name: str, do: Callable[[Session, Person, Household], T]) -> T:
    def find(session: Session, area: Area) -> T:
        found = [(person, home) for person, home in named(session, [area.path], name) if room in ("", home.room)]
        if not found:
            raise click.ClickException(f"{name}: nobody of this name is registered there")
        if len(found) > 1:
            rooms = ", ".join(home.room for _, home in found)
            raise click.ClickException(f"{name}: {len(found)} people, say which with --room: {rooms}")
        return do(session, *found[0])

    return in_area(code, find)
