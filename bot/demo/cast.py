"""The cast of the demo: who of the sample has a phone, and how they behave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.choice import Choice
from bot.demo.lines import Line, line_of
from bot.demo.manners import Manner
from channels.wechat_updates import SAID
from models import Account, Appointment, Area, Household, Person
from rules.roles import Level, Role, covers
from services.areas import address
from services.dossier import members
from services.joining import link
from services.register import phone_of
from services.window import open_window

FIRST_PHONE = 20_000_001
SEED = 20200210
SILENT_FOR = timedelta(hours=40)
"""How long nothing was heard of the silent when the demo begins: on WeChat their window shuts before the evening."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with a phone; `family` are the people asked about, oneself first among those who answer."""

    phone: int
    person_id: int
    name: str
    role: str
    note: str
    manner: Manner
    line: Line
    household_id: int | None
    grid: str
    """The name of the grid they live or work in."""
    family: tuple[str, ...]
    feverish: str | None = None

    def heard_at(self, now: datetime) -> datetime:
        """When they last wrote, as the demo begins."""
        return now - SILENT_FOR if self.manner is Manner.SILENT else now


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


def assemble(session: Session, choice: Choice = Choice.TELEGRAM) -> list[Actor]:
    """Everybody of the sample who can have a phone, on the messengers of the choice; deterministic."""
    numbers = iter(range(FIRST_PHONE, FIRST_PHONE + 10_000))
    return [*_residents(session, numbers, choice), *_staff(session, numbers, choice)]


def _residents(session: Session, numbers: Iterator[int], choice: Choice) -> list[Actor]:
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
    actors: list[Actor] = []
    for household, everybody, grown in homes:
        manner = Manner.FEVER if household is feverish[0] else manners.get(household.id, Manner.IN_TIME)
        ill = next((person.name for one, person in everybody if one.relation in {"父", "母"}), None)
        for place, person in enumerate(grown[:2]):
            own = manner if place == 0 or manner is Manner.SILENT else Manner.LISTENS
            actors.append(
                Actor(
                    next(numbers),
                    person.id,
                    person.name,
                    "resident",
                    f"居民 · {address(session, household)}",
                    own,
                    line_of(choice, own, len(actors), staff=False),
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


def _staff(session: Session, numbers: Iterator[int], choice: Choice) -> list[Actor]:
    rows = session.execute(
        select(Appointment, Person, Area)
        .join(Person, Person.id == Appointment.person_id)
        .join(Area, Area.id == Appointment.area_id)
        .order_by(Appointment.id)
    )
    grids = [area.path for area in session.scalars(select(Area).where(Area.level == Level.GRID))]
    seen: set[str] = set()
    actors: list[Actor] = []
    for appointment, person, area in rows:
        if not any(covers(area.path, grid) for grid in grids):
            continue  # the other sub-bureaus have nobody in quarantine: their phones would stay empty
        manner = Manner.OFFICIAL
        if appointment.role is Role.GRID_WORKER:
            manner = Manner.RELIEF if area.code in seen else Manner.WORKER
            seen.add(area.code)
        elif appointment.role is Role.GRID_HEAD:
            manner = Manner.HEAD
        note, line = f"{_TITLES[appointment.role]} · {area.name}", line_of(choice, manner, len(actors), staff=True)
        actors.append(
            Actor(
                next(numbers), person.id, person.name, appointment.role.value, note, manner, line, None, area.name, ()
            )
        )
    return actors


def join_all(session: Session, now: datetime, actors: list[Actor]) -> None:
    """Everybody of the cast joined yesterday, by the same door as anybody else."""
    for actor in actors:
        line, address = actor.line, str(actor.phone)
        account = Account(bot=line.bot, address=address, display_name=actor.name, language="zh-CN", created_at=now)
        session.add(account)
        if line.channel == "wechat":
            open_window(account, SAID, actor.heard_at(now))
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
