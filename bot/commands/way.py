"""`gridbot way`: in which of their chats somebody of the staff is told."""

from datetime import UTC, datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.in_area import in_area
from models import Account, Appointment, Area, Person
from services.audit import record
from services.staff import in_force
from services.ways import choose, put_in_order


@click.command("way")
@click.option("--area", "code", required=True, help="The code of the area to which they are appointed.")
@click.option("--on", "bot", default="", help="From now on they are told by this bot: its name in the records.")
@click.option("--last", is_flag=True, help="From now on they are told where they wrote last.")
@click.argument("name")
def command(code: str, bot: str, last: bool, name: str) -> None:
    """The chats of NAME, of the staff, in the order in which they are tried; --on or --last changes it."""
    if bot and last:
        raise click.UsageError("--on and --last: one of them")
    now = datetime.now(UTC)

    def do(session: Session, area: Area) -> list[str]:
        person = _one(session, now, area, name)
        if bot or last:
            _choose(session, now, person, bot)
        return [_line(one) for one in put_in_order(session, now, person.id)]

    for line in in_area(code, do):
        click.echo(line)


def _one(session: Session, now: datetime, area: Area, name: str) -> Person:
    posts = select(Appointment.person_id).where(Appointment.area_id == area.id, in_force(now))
    found = session.scalars(select(Person).where(Person.name == name, Person.id.in_(posts))).all()
    if len(found) != 1:
        trouble = "several are appointed there" if found else "nobody of this name is appointed there"
        raise click.ClickException(f"{name}: {trouble}")
    return found[0]


def _choose(session: Session, now: datetime, person: Person, bot: str) -> None:
    chats = session.scalars(select(Account).where(Account.person_id == person.id).order_by(Account.id)).all()
    wanted = [one for one in chats if one.bot == bot] if bot else list(chats)
    if not wanted:
        has = ", ".join(sorted({one.bot for one in chats})) or "none"
        raise click.ClickException(f"--on {bot}: {person.name} has no chat there (they have: {has})")
    choose(session, now, wanted[-1], here=bool(bot))
    record(session, now, actor_id=None, act="choose way", subject=f"person:{person.id}", bot=bot)


def _line(account: Account) -> str:
    marks = [
        *(["chosen"] if account.chosen else []),
        *(["told here"] if account.told_here else []),
        *(["emergencies too"] if account.beside else []),
        *([] if account.reachable else [f"unreachable: {account.why_unreachable or 'unknown'}"]),
    ]
    heard = f"{account.last_seen_at:%Y-%m-%d %H:%M} UTC" if account.last_seen_at else "never heard"
    return f"{account.bot}: {heard}{'; ' if marks else ''}{', '.join(marks)}"
