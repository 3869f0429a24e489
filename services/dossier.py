"""What a worker needs to know of a household in front of them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent, Person, Resident, TemperatureReading
from rules.escalation import Event
from services.foresight import foreseen
from services.policy import default_policy
from services.register import open_phone, phone_of
from services.words import text_for

HEAD = "户主"
_RECENT = timedelta(hours=12)


def escalations_about(
    session: Session, kind: str, number: str, closed_since: datetime | None = None
) -> list[Escalation]:
    """The escalations that a message speaks of: one, or of a bundle what is open and what was closed after an instant.

    None: of a bundle only what is open.
    """
    if kind == "escalation":
        return [session.get_one(Escalation, int(number))]
    known = foreseen(session).bundles.get(number)
    if known is not None:
        return [one for one in known if one.closed_at is None or (closed_since and one.closed_at > closed_since)]
    return list(session.scalars(gathered([number], closed_since)))


def gathered(bundles: Iterable[str], closed_since: datetime | None) -> Select[Escalation]:
    """What is open in these bundles, and what was closed after an instant (None: nothing of that)."""
    mine = Escalation.bundle.in_(list(bundles))
    shown = mine & Escalation.closed_at.is_(None)
    if closed_since is not None:  # each side has its condition whole: both databases find it by one index
        shown |= mine & (Escalation.closed_at > closed_since)
    return select(Escalation).where(shown).order_by(Escalation.id)


def subjects_of(escalation: Escalation) -> list[str]:
    """What messages that show the escalation are about."""
    return [
        f"escalation:{escalation.id}",
        *([f"bundle:{escalation.bundle}"] if escalation.bundle else []),
        *([f"escalation:{escalation.cluster_id}"] if escalation.cluster_id else []),
    ]


def events_of(session: Session, escalation_id: int) -> list[EscalationEvent]:
    """What happened to an escalation, in order."""
    return list(
        session.scalars(
            select(EscalationEvent).where(EscalationEvent.escalation_id == escalation_id).order_by(EscalationEvent.id)
        )
    )


def handed(session: Session, escalation: Escalation) -> tuple[int, int]:
    """Who handed it over last, and to whom."""
    return handed_each(session, [escalation.id])[escalation.id]


def shift_end_of(session: Session, escalation: Escalation) -> int | None:
    """The end of a shift (`ShiftEnd`) with which it was handed over last; None when it was handed over by itself."""
    handings = (EscalationEvent.escalation_id == escalation.id) & (EscalationEvent.event == Event.HANDED_OVER)
    newest = select(EscalationEvent.detail).where(handings).order_by(EscalationEvent.id.desc()).limit(1)
    found: int | None = (session.scalar(newest) or {}).get("shift_end")
    return found


def handed_each(session: Session, numbers: Collection[int]) -> dict[int, tuple[int, int]]:
    """The same of several, by number; asks nothing when there are none."""
    if not numbers:
        return {}
    rows = session.execute(
        select(EscalationEvent.escalation_id, EscalationEvent.person_id, EscalationEvent.detail)
        .where(EscalationEvent.escalation_id.in_(numbers), EscalationEvent.event == Event.HANDED_OVER)
        .order_by(EscalationEvent.id)
    )
    return {number: (by or 0, int(detail["to"])) for number, by, detail in rows}


def members(session: Session, household_id: int) -> list[tuple[Resident, Person]]:
    """Those who live there, in the register's order."""
    known = foreseen(session).members.get(household_id)
    if known is not None:
        return known
    rows = session.execute(
        select(Resident, Person)
        .join(Person, Person.id == Resident.person_id)
        .where(Resident.household_id == household_id)
        .order_by(Resident.id)
    )
    return [(resident, person) for resident, person in rows]


def names_of(session: Session, people: Iterable[Person]) -> str:
    """Their names in one text, with the mark that the house's language puts between them."""
    return text_for(default_policy(session).language, "list-mark").join(person.name for person in people)


def head_of(session: Session, household_id: int) -> Person | None:
    """Whom the family chose to stand for it, else the head of the household (户主), else the first in the register."""
    people = members(session, household_id)
    heads = [person for resident, person in people if resident.heads]
    heads += [person for resident, person in people if resident.relation == HEAD]
    return next(iter(heads or [person for _, person in people]), None)


def heads_of(session: Session, households: Collection[int]) -> dict[int, str]:
    """The names of those whom `head_of` finds, of several households by one question."""
    rows = session.execute(
        select(Resident.household_id, Resident.heads, Resident.relation == HEAD, Person.name)
        .join(Person, Person.id == Resident.person_id)
        .where(Resident.household_id.in_(households))
        .order_by(Resident.id)
    )
    found: dict[int, tuple[bool, bool, str]] = {}
    for home, chosen, named, name in rows:
        present = found.get(home)
        if present is None or (bool(chosen), bool(named)) > present[:2]:
            found[home] = (bool(chosen), bool(named), name)
    return {home: name for home, (_, _, name) in found.items()}


def phone_line(session: Session, household_id: int, person: Person | None) -> str | None:
    """The person's own telephone number, else the first one in the household."""
    own = phone_of(session, person) if person else None
    if own:
        return own
    numbers = (phone_of(session, one) for _, one in members(session, household_id))
    return next((number for number in numbers if number), None)


def front_of(session: Session, household_id: int) -> tuple[str, str | None]:
    """Whom to ask for at a door, by name, and the telephone number that is called: `head_of` and `phone_line`."""
    known = foreseen(session).fronts.get(household_id)
    if known is None:
        head = head_of(session, household_id)
        return head.name if head else "", phone_line(session, household_id, head)
    heads = [*(one for one in known if one.heads), *(one for one in known if one.relation == HEAD), *known]
    sealed = next((one.phone for one in [*heads[:1], *known] if one.phone), None)
    return heads[0].name if heads else "", open_phone(session, sealed) if sealed else None


def latest_reading(session: Session, person_id: int) -> TemperatureReading | None:
    """The newest value measured on a person that was not corrected."""
    return session.scalar(
        select(TemperatureReading)
        .where(TemperatureReading.person_id == person_id, TemperatureReading.superseded_by.is_(None))
        .order_by(TemperatureReading.id.desc())
        .limit(1)
    )


def again(session: Session, escalation_id: int) -> list[tuple[float, datetime]]:
    """What was measured while an alarm was open, oldest first, without what was taken back: °C and when."""
    rows = session.execute(
        select(TemperatureReading.celsius, TemperatureReading.at)
        .where(TemperatureReading.escalation_id == escalation_id, TemperatureReading.superseded_by.is_(None))
        .order_by(TemperatureReading.id)
    )
    return [(celsius, at) for celsius, at in rows]


def family_values(session: Session, now: datetime, household_id: int, *, without: int) -> list[tuple[str, float]]:
    """The latest values of the others in the household, when measured in the last 12 hours."""
    newest = (
        select(func.max(TemperatureReading.id))
        .join(Resident, Resident.person_id == TemperatureReading.person_id)
        .where(
            Resident.household_id == household_id,
            TemperatureReading.superseded_by.is_(None),
            TemperatureReading.at > now - _RECENT,
            TemperatureReading.person_id != without,
        )
        .group_by(TemperatureReading.person_id)
    )
    rows = session.execute(
        select(Person.name, TemperatureReading.celsius)
        .join(Person, Person.id == TemperatureReading.person_id)
        .where(TemperatureReading.id.in_(newest))
        .order_by(TemperatureReading.person_id)
    )
    return [(name, celsius) for name, celsius in rows]
