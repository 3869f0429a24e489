"""People: one record a human, whose numbers are sealed and found by their blind index."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Person
from models.db import vault_of
from services.register.numbers import id_characters, phone_digits
from services.register.writing import change

_PHONE, _ID_NUMBER = "phone", "id_number"


def add_person(
    session: Session, now: datetime, *, name: str, sex: str = "", phone: str | None = None, id_number: str | None = None
) -> Person:
    """The person with this identity number, or this phone and name; a new one when nobody is known by either."""
    person = find_person(session, id_number=id_number, phone=phone, name=name)
    if person is None:
        person = Person(name=name, sex=sex, created_at=now)
        session.add(person)
    write_person(session, person, name=name, sex=sex, phone=phone, id_number=id_number)
    session.flush()
    return person


def write_person(
    session: Session,
    person: Person,
    *,
    name: str = "",
    sex: str = "",
    phone: str | None = None,
    id_number: str | None = None,
    member: str = "",
) -> bool:
    """Writes what is given and differs; what is empty stays as it is. Whether anything changed."""
    kept = {"name": name or person.name, "sex": sex or person.sex, "member": member.casefold() or person.member}
    changed = change(person, **kept)
    vault = vault_of(session)
    # Sealing the same number again gives other bytes: only the index tells whether it is new.
    if phone and person.phone_index != (index := index_of_phone(session, phone)):
        changed = change(person, phone_index=index, phone_sealed=vault.seal(phone_digits(phone), _PHONE))
    if id_number and person.id_number_index != (index := index_of_id_number(session, id_number)):
        sealed = vault.seal(id_characters(id_number), _ID_NUMBER)
        changed = change(person, id_number_index=index, id_number_sealed=sealed)
    return changed


def phone_of(session: Session, person: Person) -> str | None:
    """The person's phone number, opened; None when there is none."""
    return open_phone(session, person.phone_sealed) if person.phone_sealed else None


def open_phone(session: Session, sealed: bytes) -> str:
    """A phone number as it is kept, opened."""
    return vault_of(session).open(sealed, _PHONE)


def id_number_of(session: Session, person: Person) -> str | None:
    """The person's identity number, opened; None when there is none."""
    return vault_of(session).open(person.id_number_sealed, _ID_NUMBER) if person.id_number_sealed else None


def index_of_phone(session: Session, phone: str) -> bytes:
    """The blind index under which a phone number is found, however it is spelt."""
    return vault_of(session).index(phone_digits(phone), _PHONE)


def index_of_id_number(session: Session, id_number: str) -> bytes:
    """The blind index under which an identity number is found, however it is spelt."""
    return vault_of(session).index(id_characters(id_number), _ID_NUMBER)


def find_person(
    session: Session, *, id_number: str | None = None, phone: str | None = None, name: str | None = None
) -> Person | None:
    """The person with this identity number, else with this phone and this name: a family may share a phone."""
    person = None
    if id_number:
        known = Person.id_number_index == index_of_id_number(session, id_number)
        person = session.scalar(select(Person).where(known).order_by(Person.id).limit(1))
    if person is None and phone and name:
        known = Person.phone_index == index_of_phone(session, phone)
        person = session.scalar(select(Person).where(known, Person.name == name).order_by(Person.id).limit(1))
        if person and id_number and person.id_number_index:
            return None  # the same name and phone, but another identity number: somebody else
    return person
