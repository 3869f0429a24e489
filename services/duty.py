"""Duty: who goes off it until when, who gets the alarms meanwhile, and who is on (值班)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, Area, Person
from rules.duty import AT_THE_DOORS
from rules.ladder import Ladder, climb
from rules.mail import Priority
from rules.roles import Level, Role
from services.accounts import reachable_accounts
from services.areas import areas_below
from services.audit import record
from services.chain import people_on, snapshots, standing
from services.duty_hours import on_again, on_until
from services.mailbox import post
from services.shifts import known_stints
from services.staff import appointments, in_force, paths
from services.stand_ins import come_back

SEES_NAMES = (Role.GRID_WORKER, Role.GRID_HEAD, Role.COMMUNITY)
"""Who sees by name which of theirs is on."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Who gets the alarms of an area in place of somebody: people of `role`; nobody when there are none left."""

    area: Area
    place: Role
    role: Role
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """How one of a grid's people stands: nothing is against telling them, or `why_not`; that is so until `until`."""

    person: Person
    role: Role
    why_not: str
    until: datetime | None
    stands_for: int | None
    """Whose duty it is that they do."""


def go_off(session: Session, now: datetime, person_id: int, until: datetime | None) -> None:
    """Off duty in every appointment until an instant (UTC; None: until they say so)."""
    _change(session, now, person_id, on=False, until=until)
    account = reachable_accounts(session, [person_id]).get(person_id)
    if until and account:
        # Nothing has to wake up for somebody to be on again; only to tell them.
        args = {"until": until.isoformat()}
        post(session, now, account, Priority.REPLY, "duty_again", args=args, due_at=until)
    session.flush()


def go_on(session: Session, now: datetime, person_id: int, until: datetime | None = None) -> None:
    """On duty again in every appointment; nobody stands in any longer.

    Whoever is on the roster, and out of their shift, is on until an instant, or None: until their next shift begins.
    """
    stint = known_stints(session, now, [person_id]).get(person_id)
    if stint is not None and until is None and not stint.covers(now):
        until = stint.starts
    _change(session, now, person_id, on=True, until=until if stint is not None else None)
    come_back(session, now, person_id)


def _change(session: Session, now: datetime, person_id: int, *, on: bool, until: datetime | None) -> None:
    for one, _ in appointments(session, now, person_id):
        one.on_duty, one.off_until, one.on_until = on, (None if on else until), (until if on else None)
    ends = until.isoformat() if until else ""
    record(session, now, actor_id=person_id, act="duty", subject=f"person:{person_id}", on=on, until=ends)
    session.flush()


def instead_of(session: Session, now: datetime, mine: Sequence[tuple[Appointment, Area]]) -> list[Instead]:
    """Whom an alarm tells at `now` where these appointments would be told: colleagues, else whoever comes next."""
    chains = snapshots(session, now, {area.id for _, area in mine}, Ladder.ORDINARY)
    around = standing(session, now, people_on(chains.values()))
    found = []
    for one, area in mine:
        chain = chains[area.id]
        own = next((at for at, step in enumerate(chain) if step["role"] == one.role.value), None)
        if own is not None:
            climbed = climb(around.candidates(chain), own - 1)
            role = one.role if climbed.step is None else Role(chain[climbed.step]["role"])
            found.append(Instead(area, one.role, role, climbed.tell))
    return found


def grids_watched(session: Session, now: datetime, person_id: int) -> list[Area]:
    """The grids whose duty somebody sees by name: a head's own, a community's (invariant 11)."""
    return areas_below(session, paths(session, now, person_id, SEES_NAMES), Level.GRID)


def who_is_on(session: Session, now: datetime, grids: Sequence[Area]) -> dict[int, list[OnDuty]]:
    """By grid: its workers, then its heads, and how each of them stands at `now`."""
    rows = session.execute(
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.area_id.in_([one.id for one in grids]), Appointment.role.in_(AT_THE_DOORS), in_force(now))
        .order_by(Appointment.id)
    ).all()
    people = {person.id for _, person in rows}
    around, stints = standing(session, now, people), known_stints(session, now, people)
    found: dict[int, list[OnDuty]] = {one.id: [] for one in grids}
    for one, person in sorted(rows, key=lambda row: AT_THE_DOORS.index(row[0].role)):
        why_not = around.why_not(person.id, one.role)
        until = on_again(one, stints, now) if why_not else on_until(one, stints, now)
        found[one.area_id].append(OnDuty(person, one.role, why_not.value if why_not else "", until, one.stands_for))
    return found
