"""Joining: a chat becomes somebody's (登记)."""

import unicodedata
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Household, Invite, JoinKind, JoinRequest, JoinStatus, Person, Resident
from rules.errors import NotAllowedError
from rules.mail import Priority
from rules.roles import Level
from services import register
from services.areas import line_above
from services.audit import record
from services.chain import first_told
from services.changes import bring_up_to_date
from services.family import note_minors
from services.mailbox import post
from services.menus import refresh_menus
from services.moving import move, movers
from services.phones import speak_for, tell_other_phones
from services.policy import policy_at
from services.staff import in_force
from services.ways import put_in_order

_ROOM_WORDS = str.maketrans("", "", " -－_号室房#")


def plain_name(text: str) -> str:
    """A name without spaces, width and case."""
    return unicodedata.normalize("NFKC", text).replace(" ", "").casefold()


def plain_room(text: str) -> str:
    """A room without the words around its number: 401室 and ４０１ are 401."""
    return unicodedata.normalize("NFKC", text).translate(_ROOM_WORDS).casefold()


def find_residents(session: Session, area: Area, name: str, room: str) -> list[Person]:
    """Those of the register below `area` with this name behind this door."""
    rows = session.execute(
        select(Person, Household, Area)
        .join(Resident, Resident.person_id == Person.id)
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(Area.path.startswith(area.path, autoescape=True))
        .order_by(Person.id)
    )
    return [
        person
        for person, household, _ in rows
        if plain_name(person.name) == plain_name(name) and _is_door(session, household, room)
    ]


def _is_door(session: Session, household: Household, room: str) -> bool:
    wanted = plain_room(room)
    own = plain_room(household.room)
    if wanted == own:
        return True
    names = [area.name for area in line_above(session, household.area_id) if area.level in (Level.BUILDING, Level.UNIT)]
    longer = [plain_room("".join(names[at:])) + own for at in range(len(names))]
    return wanted in longer


def link(session: Session, now: datetime, account: Account, person: Person) -> None:
    """The chat is this person's from now on."""
    if account.person_id == person.id:
        return
    account.person_id = person.id
    account.reachable, account.why_unreachable = True, None
    session.flush()
    put_in_order(session, now, person.id)
    note_minors(session, now, person)
    refresh_menus(session, now, person.id)
    record(session, now, actor_id=person.id, act="join", subject=f"person:{person.id}", account=account.id)
    tell_other_phones(session, now, account)


def join_staff(
    session: Session, now: datetime, account: Account, invite: Invite, name: str, known: Person | None = None
) -> Person:
    """Whoever uses a staff invite: `known`, else the appointed person of that name, else newly appointed."""
    person = known or _appointed(session, now, invite, name) or register.add_person(session, now, name=name.strip())
    area = session.get_one(Area, invite.area_id)
    register.appoint(session, now, person=person, role=invite.role, area=area)
    link(session, now, account, person)
    return person


def _appointed(session: Session, now: datetime, invite: Invite, name: str) -> Person | None:
    rows = session.scalars(
        select(Person)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.area_id == invite.area_id, Appointment.role == invite.role, in_force(now))
    )
    return next((person for person in rows if plain_name(person.name) == plain_name(name)), None)


def ask_to_join(
    session: Session,
    now: datetime,
    account: Account,
    area: Area,
    name: str,
    room: str,
    *,
    kind: JoinKind = JoinKind.SELF,
    call: str = "",
    mover: Person | None = None,
    whole_household: bool = False,
) -> JoinRequest | None:
    """Asks the staff of the area to let somebody in, or a `mover` move; None when nobody of them can be reached."""
    request = JoinRequest(
        account_id=account.id,
        area_id=area.id,
        kind=kind,
        name=name,
        room=room,
        call=call,
        person_id=mover.id if mover else None,
        whole_household=whole_household,
        created_at=now,
    )
    session.add(request)
    session.flush()
    due_at = policy_at(session, area.id).awake(now)
    told = first_told(session, now, area.id)
    for one in told:
        post(session, now, one, Priority.PROMPT, "approval", about=f"join:{request.id}", due_at=due_at)
    return request if told else None


def decide(session: Session, now: datetime, request: JoinRequest, by: int, *, admit: bool) -> Person | None:
    """Lets somebody in, or not; the admitted person. Raises `NotAllowedError` when it has been decided already."""
    if request.status is not JoinStatus.WAITING:
        raise NotAllowedError(request.status.value)
    request.status = JoinStatus.APPROVED if admit else JoinStatus.REFUSED
    request.decided_by, request.decided_at = by, now
    session.flush()
    bring_up_to_date(session, now, f"join:{request.id}")
    record(session, now, actor_id=by, act=request.status.value, subject=f"join:{request.id}")
    if not admit:
        return None
    area = session.get_one(Area, request.area_id)
    account = session.get_one(Account, request.account_id)
    if request.kind is JoinKind.MOVE:
        move(session, now, movers(session, request), _household(session, area, request.room))
        return session.get_one(Person, request.person_id)
    person = _newcomer(session, now, area, request)
    if request.kind is JoinKind.OTHER:
        speak_for(session, now, account, person, request.call)
    else:
        link(session, now, account, person)
    return person


def _newcomer(session: Session, now: datetime, area: Area, request: JoinRequest) -> Person:
    known = find_residents(session, area, request.name, request.room)
    if known:
        return known[0]
    person = register.add_person(session, now, name=request.name)
    household = _household(session, area, request.room)
    register.add_resident(session, now, person=person, household=household)
    return person


def _household(session: Session, area: Area, room: str) -> Household:
    below = session.scalars(
        select(Household)
        .join(Area, Area.id == Household.area_id)
        .where(Area.path.startswith(area.path, autoescape=True))
        .order_by(Household.id)
    )
    for household in below:
        if _is_door(session, household, room):
            return household
    return register.household_at(session, area, room)
