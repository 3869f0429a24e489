"""Stand-ins: one's duty in a colleague's hands until an instant, when they have said yes (代班)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Person, StandIn
from rules.duty import AT_THE_DOORS, Plea
from rules.mail import Priority
from rules.roles import Role
from services.accounts import reachable_accounts
from services.areas import within
from services.audit import record
from services.changes import bring_up_to_date
from services.mailbox import post, say
from services.menus import refresh_menus
from services.policy import default_policy
from services.staff import appointments, in_force, on_at

MOST_COLLEAGUES = 6
"""As many choices as a card of every messenger holds."""


def colleagues(session: Session, now: datetime, person_id: int) -> list[Person]:
    """Who can be asked to stand in: on duty and reachable, of the same place first, then of those beside it."""
    found: dict[int, Person] = {}
    for one, area in appointments(session, now, person_id):
        if one.role is not Role.OPERATOR and one.stands_for is None:
            found |= {person.id: person for person in _beside(session, now, one.role, area) if person.id not in found}
    found.pop(person_id, None)
    able = reachable_accounts(session, found)
    return [person for number, person in found.items() if number in able][:MOST_COLLEAGUES]


def _beside(session: Session, now: datetime, role: Role, area: Area) -> list[Person]:
    """Those of a grid and the grids of its community; above the grid, of the same area."""
    in_a_grid = role in AT_THE_DOORS
    around = area.path.removesuffix(f"{area.id}/") if in_a_grid else area.path
    rows = session.execute(
        select(Person, Appointment.area_id, Appointment.role)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Area, Area.id == Appointment.area_id)
        .where(Appointment.role.in_(AT_THE_DOORS if in_a_grid else [role]), Area.level == area.level)
        .where(within([around]), on_at(now), in_force(now), Appointment.stands_for.is_(None))
        .order_by(Appointment.id)
    ).all()
    nearest = sorted(rows, key=lambda row: (row.area_id != area.id, row.role is not role))
    return [row[0] for row in nearest]


def ask(session: Session, now: datetime, giver_id: int, taker_id: int, until: datetime) -> StandIn | None:
    """Asks a colleague; until they accept nothing changes. None when they cannot be asked."""
    account = reachable_accounts(session, [taker_id]).get(taker_id)
    if account is None or taker_id not in {one.id for one in colleagues(session, now, giver_id)}:
        return None
    one = StandIn(giver_id=giver_id, taker_id=taker_id, until=until, plea=Plea.ASKED, asked_at=now)
    session.add(one)
    session.flush()
    due_at = default_policy(session).awake(now)
    post(session, now, account, Priority.PROMPT, "stand_in", about=f"stand_in:{one.id}", due_at=due_at)
    return one


def accept(session: Session, now: datetime, one: StandIn) -> None:
    """Yes: appointed to all of the other's posts until then. Whoever else was asked need not answer any more."""
    _decide(session, now, one, Plea.ACCEPTED)
    for other in _of(session, one.giver_id, Plea.ASKED):
        _decide(session, now, other, Plea.OVER)
    taker = session.get_one(Person, one.taker_id)
    for post_held, area in appointments(session, now, one.giver_id):
        if post_held.stands_for is None:
            _appoint(session, now, one, post_held.role, area)
    record(session, now, actor_id=one.taker_id, act="stand in", subject=f"person:{one.giver_id}", stand_in=one.id)
    session.flush()
    refresh_menus(session, now, taker.id)
    if account := reachable_accounts(session, [taker.id]).get(taker.id):
        post(session, now, account, Priority.REPLY, "stood_in", about=f"stand_in:{one.id}", due_at=one.until)


def _appoint(session: Session, now: datetime, one: StandIn, role: Role, area: Area) -> None:
    """For as long as they stand in; who holds the post anyway needs no other."""
    key = {"person_id": one.taker_id, "role": role, "area_id": area.id}
    held = session.scalar(select(Appointment).filter_by(**key))
    if held is None:
        session.add(Appointment(**key, since=now, until=one.until, stands_for=one.giver_id))
    elif held.until is not None and held.until <= now:
        held.since, held.until, held.stands_for = now, one.until, one.giver_id
        held.on_duty, held.off_until = True, None


def refuse(session: Session, now: datetime, one: StandIn) -> None:
    """No: whoever asked hears it, and can ask somebody else."""
    _decide(session, now, one, Plea.REFUSED)
    _tell(session, now, one.giver_id, "stand-in-they-refused", one.taker_id, again=True)


def stop(session: Session, now: datetime, one: StandIn) -> None:
    """The stand-in cannot go on: the other is still off duty, and hears it."""
    _end(session, now, one)
    _tell(session, now, one.giver_id, "stand-in-they-stopped", one.taker_id, again=True)


def come_back(session: Session, now: datetime, giver_id: int) -> None:
    """Whoever is on duty again needs nobody who stands in: whoever does, or was asked to, hears it."""
    for one in _of(session, giver_id, Plea.ASKED, Plea.ACCEPTED):
        stood_in = one.plea is Plea.ACCEPTED and one.until > now
        _end(session, now, one)
        if stood_in:
            _tell(session, now, one.taker_id, "stand-in-done", giver_id)


def standing_in(session: Session, now: datetime, taker_id: int) -> list[StandIn]:
    """For whom somebody stands in at `now`."""
    running = (StandIn.plea == Plea.ACCEPTED) & (StandIn.until > now)
    return list(session.scalars(select(StandIn).where(StandIn.taker_id == taker_id, running).order_by(StandIn.id)))


def _of(session: Session, giver_id: int, *pleas: Plea) -> Iterable[StandIn]:
    return session.scalars(select(StandIn).where(StandIn.giver_id == giver_id, StandIn.plea.in_(pleas))).all()


def _decide(session: Session, now: datetime, one: StandIn, plea: Plea) -> None:
    one.plea, one.decided_at = plea, now
    session.flush()
    bring_up_to_date(session, now, f"stand_in:{one.id}")


def _end(session: Session, now: datetime, one: StandIn) -> None:
    _decide(session, now, one, Plea.OVER)
    lent = (Appointment.person_id == one.taker_id) & (Appointment.stands_for == one.giver_id)
    for held in session.scalars(select(Appointment).where(lent, in_force(now))):
        held.until = now
    session.flush()
    refresh_menus(session, now, one.taker_id)


def _tell(session: Session, now: datetime, person_id: int, key: str, other_id: int, *, again: bool = False) -> None:
    account: Account | None = reachable_accounts(session, [person_id]).get(person_id)
    if account is not None:
        name = session.get_one(Person, other_id).name
        buttons = [[("standin:when", "stand-in-ask")]] if again else []
        say(session, now, account, key, {"name": name}, buttons)
