"""The cast of the demo: who of the sample has a phone, and how they behave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Household, Person
from rules.roles import Level, Role, covers
from services.areas import address
from services.dossier import members
from services.joining import link
from services.register import phone_of

FIRST_PHONE = 20_000_001
SEED = 20200210


class Manner(StrEnum):
    """How somebody answers the bot."""

    IN_TIME = "in_time"
    LATE = "late"
    CLUMSY = "clumsy"
    """Sends a mistake first."""
    FEVER = "fever"
    SILENT = "silent"
    BLOCKED = "blocked"
    LISTENS = "listens"
    """Somebody else of the family answers."""
    WORKER = "worker"
    RELIEF = "relief"
    """The second worker of a grid: helps when the first has not taken it."""
    HEAD = "head"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with a phone; `family` are the people asked about, oneself first among those who answer."""

    phone: int
    person_id: int
    name: str
    role: str
    note: str
    manner: Manner
    household_id: int | None
    grid: str
    """The name of the grid they live or work in."""
    family: tuple[str, ...]
    feverish: str | None = None


_SPECIAL = (
    Manner.SILENT,
    Manner.SILENT,
    Manner.BLOCKED,
    Manner.CLUMSY,
    Manner.CLUMSY,
    Manner.LATE,
    Manner.LATE,
    Manner.LATE,
    Manner.LATE,
)


def assemble(session: Session) -> list[Actor]:
    """Everybody of the sample who can have a phone, deterministic."""
    numbers = iter(range(FIRST_PHONE, FIRST_PHONE + 10_000))
    return [*_residents(session, numbers), *_staff(session, numbers)]


def _residents(session: Session, numbers: Iterator[int]) -> list[Actor]:
    random = Random(SEED)
    homes = []
    for household in session.scalars(select(Household).order_by(Household.id)):
        everybody = members(session, household.id)
        grown = [person for _, person in everybody if phone_of(session, person)]
        if grown:
            homes.append((household, everybody, grown))
    feverish = next(home for home in homes if any(one.relation in {"父", "母"} for one, _ in home[1]))
    ordinary = [home for home in homes if home is not feverish]
    random.shuffle(ordinary)
    manners = dict(zip((home[0].id for home in ordinary), _SPECIAL, strict=False))
    actors = []
    for household, everybody, grown in homes:
        manner = Manner.FEVER if household is feverish[0] else manners.get(household.id, Manner.IN_TIME)
        ill = next((person.name for one, person in everybody if one.relation in {"父", "母"}), None)
        for place, person in enumerate(grown[:2]):
            actors.append(
                Actor(
                    next(numbers),
                    person.id,
                    person.name,
                    "resident",
                    f"居民 · {address(session, household)}",
                    manner if place == 0 else Manner.LISTENS,
                    household.id,
                    session.get_one(Area, household.grid_id).name,
                    tuple(one.name for _, one in everybody),
                    ill if manner is Manner.FEVER else None,
                )
            )
    return actors


_TITLES = {
    Role.GRID_WORKER: "网格员",
    Role.GRID_HEAD: "网格长",
    Role.COMMUNITY: "社区",
    Role.STREET: "街道",
    Role.DISTRICT: "分局",
    Role.CITY: "市级",
}


def _staff(session: Session, numbers: Iterator[int]) -> list[Actor]:
    rows = session.execute(
        select(Appointment, Person, Area)
        .join(Person, Person.id == Appointment.person_id)
        .join(Area, Area.id == Appointment.area_id)
        .order_by(Appointment.id)
    )
    grids = [area.path for area in session.scalars(select(Area).where(Area.level == Level.GRID))]
    seen: set[str] = set()
    actors = []
    for appointment, person, area in rows:
        if not any(covers(area.path, grid) for grid in grids):
            continue  # the other sub-bureaus have nobody in quarantine: their phones would stay empty
        manner = Manner.OFFICIAL
        if appointment.role is Role.GRID_WORKER:
            manner = Manner.RELIEF if area.code in seen else Manner.WORKER
            seen.add(area.code)
        elif appointment.role is Role.GRID_HEAD:
            manner = Manner.HEAD
        note = f"{_TITLES[appointment.role]} · {area.name}"
        actors.append(
            Actor(next(numbers), person.id, person.name, appointment.role.value, note, manner, None, area.name, ())
        )
    return actors


def join_all(session: Session, now: datetime, bot: str, actors: list[Actor]) -> None:
    """Everybody of the cast joined yesterday, by the same door as anybody else."""
    for actor in actors:
        account = Account(bot=bot, address=str(actor.phone), display_name=actor.name, language="zh-CN", created_at=now)
        session.add(account)
        session.flush()
        link(session, now, account, session.get_one(Person, actor.person_id))


def shown(actors: list[Actor]) -> list[Actor]:
    """The four phones that are opened first: the family with the fever, its worker and head, a family that errs."""
    fever = next(actor for actor in actors if actor.manner is Manner.FEVER)
    clumsy = next(actor for actor in actors if actor.manner is Manner.CLUMSY)
    there = [actor for actor in actors if actor.grid == fever.grid]
    worker = next(actor for actor in there if actor.manner is Manner.WORKER)
    head = next(actor for actor in there if actor.manner is Manner.HEAD)
    return [fever, worker, head, clumsy]
