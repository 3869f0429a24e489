"""Workbooks that staff ask for in the chat: owed in the transaction, made after it (导出)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Asked, Export, ExportKind, Household, Person, ReportRequest
from rules.mail import Priority, retry_at
from rules.media import MediaState
from rules.rounds import Half
from services.audit import record
from services.mailbox import post, say
from services.policy import default_policy
from services.slots import current_reading

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ask(session: Session, now: datetime, account: Account, person_id: int, area: Area, kind: ExportKind) -> Export:
    """Owes somebody a workbook of an area; taking it is written down."""
    row = Export(kind=kind, account_id=account.id, person_id=person_id, area_id=area.id, due_at=now, created_at=now)
    session.add(row)
    session.flush()
    record(session, now, actor_id=person_id, act="export", subject=f"area:{area.id}", kind=kind.value)
    return row


def to_make(session: Session, now: datetime) -> list[tuple[int, str | None]]:
    """The workbooks that are owed now, and why; oldest first."""
    due = (Export.state == MediaState.OWED) & (Export.due_at <= now)
    rows = session.execute(select(Export.id, Export.cause).where(due).order_by(Export.id))
    return [(number, why) for number, why in rows]


def made(session: Session, now: datetime, number: int, digest: str) -> None:
    """The workbook is in the store: it goes to whoever asked."""
    row = session.get_one(Export, number)
    row.state, row.digest = MediaState.KEPT, digest
    post(session, now, session.get_one(Account, row.account_id), Priority.REPLY, "export", about=f"export:{row.id}")


def not_made(session: Session, now: datetime, number: int, error: str) -> None:
    """It could not be made: tried again, then said so."""
    row = session.get_one(Export, number)
    row.attempts, row.error = row.attempts + 1, error
    again = retry_at(now, row.attempts)
    if again is not None and row.attempts < 5:
        row.due_at = again
        return
    row.state = MediaState.GONE
    say(session, now, session.get_one(Account, row.account_id), "export-failed")


def local_today(session: Session, now: datetime) -> date:
    """Today's local date."""
    return now.astimezone(ZoneInfo(default_policy(session).timezone)).date()


def temperatures_on(session: Session, day: date, path: str) -> list[tuple[str, str, str, dict[Half, str]]]:
    """Everybody asked on a local date in a subtree: grid, room, name, and by half the °C or the slot's state."""
    rows = session.execute(
        select(Area.name, Household.room, Person, ReportRequest)
        .join(Household, Household.id == ReportRequest.household_id)
        .join(Area, Area.id == ReportRequest.grid_id)
        .join(Asked, Asked.request_id == ReportRequest.id)
        .join(Person, Person.id == Asked.person_id)
        .where(ReportRequest.day == day, Area.path.startswith(path, autoescape=True))
        .order_by(Area.path, Household.id, Person.id)
    )
    found: dict[tuple[str, str, int], tuple[str, str, str, dict[Half, str]]] = {}
    for grid, room, person, request in rows:
        line = found.setdefault((grid, room, person.id), (grid, room, person.name, {}))
        reading = current_reading(session, request.id, person.id)
        line[3][request.half] = f"{reading.celsius:.1f}" if reading else request.status.value
    return list(found.values())
