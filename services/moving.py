"""Moving house: who moves lives behind another door from now on; their history and their quarantine go along (搬家)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Asked, Household, JoinRequest, Person, ReportRequest, TemperatureReading
from rules.rounds import ANSWERED, FINAL_UNLESS_LATE, RequestStatus, outcome_of_answer
from services import register
from services.areas import address
from services.dossier import members, names_of
from services.escalations import open_about
from services.homes import household_of
from services.phones import tell_staff
from services.slots import open_slots, owed


def movers(session: Session, request: JoinRequest) -> list[Person]:
    """Those who move: the one who asked, or everybody behind the old door."""
    old = household_of(session, request.person_id) if request.person_id else None
    if old is None or not request.whole_household:
        return [session.get_one(Person, request.person_id)]
    return [person for _, person in members(session, old.id)]


def move(
    session: Session, now: datetime, people: Iterable[Person], home: Household, *, alarms_stay: bool = True
) -> None:
    """They live in `home` from now on; the staff of another grid where they lived are told, and of alarms that stay."""
    gone: dict[int, tuple[Household, list[Person]]] = {}
    for person in people:
        old = household_of(session, person.id)
        register.add_resident(session, now, person=person, household=home)
        if old is not None and old.id != home.id:
            _take_along(session, now, person, old, home)
            gone.setdefault(old.id, (old, []))[1].append(person)
    for old, those in gone.values():
        if old.grid_id != home.grid_id:
            _tell_old_staff(session, now, those, old, home, alarms_stay=alarms_stay)


def _take_along(session: Session, now: datetime, person: Person, old: Household, home: Household) -> None:
    """What somebody still owes in an open slot is owed by the new household: nobody is missed at an empty door."""
    request = session.scalar(open_slots(now, old.id, person.id).limit(1))
    if request is None or person.id not in owed(session, request.id):
        return
    session.delete(session.get_one(Asked, (request.id, person.id)))
    target = _same_slot(session, request, home)
    session.add(Asked(request_id=target.id, person_id=person.id))
    if target.status in ANSWERED:
        target.status, target.answered_at = RequestStatus.DUE, None
    session.flush()
    _settle_without(session, now, request, "moved")


def _same_slot(session: Session, request: ReportRequest, home: Household) -> ReportRequest:
    known = session.scalar(
        select(ReportRequest).where(
            ReportRequest.household_id == home.id,
            ReportRequest.day == request.day,
            ReportRequest.half == request.half,
        )
    )
    if known is not None:
        return known
    copied = ("day", "half", "status", "why", "opens_at", "remind_at", "miss_at", "asked_at")
    values = {name: getattr(request, name) for name in copied}
    made = ReportRequest(household_id=home.id, grid_id=home.grid_id, **values)
    session.add(made)
    session.flush()
    return made


def owes_no_more(session: Session, now: datetime, request: ReportRequest, person_id: int, why: str) -> bool:
    """Somebody is asked no more by a slot that they owed; False when they did not owe it.

    `why` they are asked no more: released, or an excuse.
    """
    if person_id not in owed(session, request.id):
        return False
    session.delete(session.get_one(Asked, (request.id, person_id)))
    session.flush()
    _settle_without(session, now, request, why)
    return True


def _settle_without(session: Session, now: datetime, request: ReportRequest, why: str) -> None:
    """The household owes what is left without somebody; excused when nobody there was measured or is asked any more."""
    if owed(session, request.id) or request.status not in (RequestStatus.DUE, *FINAL_UNLESS_LATE):
        return
    measured = select(TemperatureReading.id).where(TemperatureReading.request_id == request.id).limit(1)
    if session.scalar(measured) is None:
        request.status = RequestStatus.EXCUSED
        request.why = why
    else:
        request.status, request.answered_at = outcome_of_answer(request.status, owed=0), now


def _tell_old_staff(
    session: Session, now: datetime, people: list[Person], old: Household, home: Household, *, alarms_stay: bool
) -> None:
    args: dict[str, str | int | float] = {
        "name": names_of(session, people),
        "where": address(session, home),
        "left": address(session, old),
        "alarms": sum(open_about(session, person.id) is not None for person in people) if alarms_stay else 0,
    }
    tell_staff(session, now, old.grid_id, "moved-away", args)
