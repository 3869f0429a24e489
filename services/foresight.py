"""What the handlers of one batch will ask for, known before they ask (ADR 27).

Services look here first and in the database when it is not here. What an update changes is either told to the
foresight at once, or makes it forget everything: then the rest of the batch asks the database as if nothing had been
foreseen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, object_session

from channels.port import Address
from models import (
    Account,
    Appointment,
    Area,
    Asked,
    Conversation,
    Escalation,
    Household,
    OutboxMessage,
    Person,
    Quarantine,
    ReceivedMedia,
    ReportRequest,
    Resident,
    SpokenFor,
    TemperatureReading,
)

_PLACE = "foresight"


class Front(NamedTuple):
    """What is told of one member to whoever goes to a door."""

    heads: bool
    relation: str
    name: str
    phone: bytes | None
    """Sealed."""


@dataclass(slots=True)
class Foresight:
    """Records by whom they belong to; a key that is missing has not been looked up."""

    accounts: dict[Address, Account] = field(default_factory=dict)
    without_form: set[int] = field(default_factory=set)
    """Accounts that fill in no form."""
    calls: dict[int, dict[int, str]] = field(default_factory=dict)
    """By account: what those are called for whom it speaks."""
    homes: dict[int, Household | None] = field(default_factory=dict)
    """By person."""
    members: dict[int, list[tuple[Resident, Person]]] = field(default_factory=dict)
    """By household."""
    quarantined: dict[int, list[tuple[int, date, date]]] = field(default_factory=dict)
    """By household: who, from when, to when."""
    requests: dict[int, ReportRequest | None] = field(default_factory=dict)
    """By household: the latest that is open at the instant of the batch."""
    asked: dict[int, list[int]] = field(default_factory=dict)
    """By request, in the household's order."""
    readings: dict[int, list[TemperatureReading]] = field(default_factory=dict)
    """By request, superseded ones too, oldest first."""
    calm_people: set[int] = field(default_factory=set)
    """Nothing is open about their temperature."""
    calm_homes: set[int] = field(default_factory=set)
    """Nothing is open about their silence."""
    doors: dict[int, list[int]] = field(default_factory=dict)
    """By household: the accounts that answer for it."""
    appointed: dict[int, list[tuple[Appointment, Area]]] = field(default_factory=dict)
    """By person: the appointments in force at the instant of the batch, highest area first."""
    bundles: dict[str, list[Escalation]] = field(default_factory=dict)
    """The escalations of a bundle."""
    shown: dict[str, list[OutboxMessage]] = field(default_factory=dict)
    """By what it is about: what was sent and would not be brought up to date without us."""
    fronts: dict[int, list[Front]] = field(default_factory=dict)
    """By household: everybody, in the register's order."""
    photos: dict[int, list[ReceivedMedia]] = field(default_factory=dict)
    """By household: what is kept of it, oldest first."""

    def forget(self) -> None:
        """Something was changed that this does not follow."""
        for one in fields(self):
            getattr(self, one.name).clear()

    def follow(self, record: object) -> None:
        """A record is about to be written."""
        match record:
            case TemperatureReading(request_id=int(request)) if request in self.readings:
                self.readings[request].append(record)
            case Conversation(account_id=account):
                self.without_form.discard(account)
            case Escalation(person_id=person, household_id=household):
                self.calm_people.discard(person or 0)
                self.calm_homes.discard(household)
                self.bundles.clear()
            case Resident() | Household() | Appointment() | SpokenFor() | Quarantine() | ReportRequest() | Asked():
                self.forget()


_NOTHING = Foresight()


def foreseen(session: Session) -> Foresight:
    """What is known ahead in this transaction; nothing where nobody looked ahead, or where a deletion waits."""
    known: Foresight = session.info.get(_PLACE, _NOTHING)
    if known is not _NOTHING and session.deleted:
        known.forget()
    return known


def is_foreseeing(session: Session) -> bool:
    """Whether somebody looked ahead in this transaction."""
    return _PLACE in session.info


def foresee(session: Session, known: Foresight) -> None:
    """From here on `known` is asked first, in this transaction."""
    session.info[_PLACE] = known
    event.listen(session, "transient_to_pending", _added)
    event.listen(session, "do_orm_execute", _executed)


def foresee_no_more(session: Session) -> None:
    """From here on the database is asked."""
    del session.info[_PLACE]
    event.remove(session, "transient_to_pending", _added)
    event.remove(session, "do_orm_execute", _executed)


def _added(session: Session, record: object) -> None:
    session.info.get(_PLACE, _NOTHING).follow(record)


def _executed(statement: ORMExecuteState) -> None:
    if not statement.is_select:
        statement.session.info.get(_PLACE, _NOTHING).forget()


def _moved(record: object, _value: Any, _before: Any, _initiator: Any) -> None:
    session = object_session(record)
    if session is not None:
        session.info.get(_PLACE, _NOTHING).forget()


def _watch(columns: Iterable[Any]) -> None:
    for column in columns:
        event.listen(column, "set", _moved)


# By these columns records are found: one that is changed may be somebody else's from then on.
_watch(
    (Account.person_id, Account.address, Account.told_here, Resident.person_id, Resident.household_id, Resident.part)
)
_watch((SpokenFor.account_id, SpokenFor.person_id, SpokenFor.call, TemperatureReading.request_id))
_watch((Quarantine.household_id, Quarantine.person_id, Quarantine.first_day, Quarantine.last_day, Quarantine.ended_at))
_watch((Escalation.person_id, Escalation.household_id, Escalation.bundle))
_watch((Appointment.person_id, Appointment.area_id, Appointment.since, Appointment.until))
_watch((OutboxMessage.external_id,))
