"""People and doors looked for by staff, among those of their own areas (查找)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import Area, Household, Person, Resident
from rules.finding import MOST_LOOKED_AT, SHOWN, Wanted
from services.addresses import are_few, doors_like
from services.areas import within
from services.dossier import heads_of
from services.register import index_of_phone, open_phone


@dataclass(frozen=True, slots=True)
class Match:
    """A household that may be meant, and the name under which it is offered: who was found, or who stands for it."""

    home: Household
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and what was not looked for because too much would have had to be looked at."""

    matches: tuple[Match, ...]
    too_many: bool = False
    no_tails: bool = False


def find(session: Session, paths: Sequence[str], one: Wanted) -> Found:
    """The households in these subtrees that may be meant: people by name and number first, then doors; each once."""
    few = are_few(session, paths)
    people = _named(session, paths, one.name, few=few) if one.name else []
    if one.tail and few:
        people += _ending_with(session, paths, one.tail)
    if one.number:
        people += _with_number(session, paths, one.number)
    doors, many = _doors(session, paths, one, few=few) if one.door and not (people and one.name) else ([], False)
    homes: dict[int, Match] = {}
    for match in (*people, *doors):
        homes.setdefault(match.home.id, match)
    return Found(tuple(list(homes.values())[:SHOWN]), many or len(homes) > SHOWN, bool(one.tail) and not few)


def _people(paths: Sequence[str]) -> Select[Person, Household]:
    return (
        select(Person, Household)
        .join(Resident, Resident.person_id == Person.id)
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.grid_id)
        .where(within(paths))
        .order_by(Household.id, Resident.id)
    )


def _named(session: Session, paths: Sequence[str], name: str, *, few: bool) -> list[Match]:
    """Those of exactly this name, else those in whose name it occurs, or whom their family calls so."""
    alike = Person.name.icontains(name, autoescape=True) | (Resident.nickname == name)
    for test in (Person.name == name, alike) if few else (Person.name == name,):
        rows = session.execute(_people(paths).where(test).limit(MOST_LOOKED_AT)).all()
        if rows:
            return [Match(home, person.name) for person, home in rows]
    return []


def _with_number(session: Session, paths: Sequence[str], number: str) -> list[Match]:
    rows = session.execute(_people(paths).where(Person.phone_index == index_of_phone(session, number)))
    return [Match(home, person.name) for person, home in rows]


def _ending_with(session: Session, paths: Sequence[str], tail: str) -> list[Match]:
    """The numbers are sealed and their ends have no index: whoever had one could try all ten thousand."""
    sealed = _people(paths).where(Person.phone_sealed.is_not(None)).with_only_columns(Person.id, Person.phone_sealed)
    numbers = session.execute(sealed.order_by(None).distinct()).all()
    whose = [person for person, phone in numbers if phone and open_phone(session, phone).endswith(tail)]
    if not whose:
        return []
    rows = session.execute(_people(paths).where(Person.id.in_(whose[:MOST_LOOKED_AT])))
    return [Match(home, person.name) for person, home in rows]


def _doors(session: Session, paths: Sequence[str], one: Wanted, *, few: bool) -> tuple[list[Match], bool]:
    """The doors that may be meant, and whether too many could be to look at each."""
    if not (few or one.room):
        return [], False
    found = doors_like(session, paths, one.door, few=few)
    names = heads_of(session, [home.id for home in found.homes])
    return [Match(home, names.get(home.id, "")) for home in found.homes], found.too_many
