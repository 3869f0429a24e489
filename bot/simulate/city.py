"""A city of any size: its tree of areas, its staff, its quarantined families; everything in it is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from random import Random

from sqlalchemy.orm import Session

from bot.demo.names import Names
from bot.simulate.filling import Row, fill, set_numbers
from models import Account, Appointment, Area, Bot, BotArea, Household, Person, Quarantine, Resident
from models.db import Database, vault_of
from rules.policy import Policy
from rules.quarantine import DAYS, QuarantineStatus, last_day
from rules.release import last_miss
from rules.roles import LEVEL_OF_ROLE, Level, Role
from rules.rounds import first_slot
from rules.times import at_local

MOST_DISTRICTS, MOST_STREETS, MOST_COMMUNITIES = 12, 47, 243
"""Baotou's: sub-bureaus, street offices, communities."""
GRIDS_A_COMMUNITY, COMMUNITIES_A_STREET, STREETS_A_DISTRICT = 6, 5, 4
SIZES = (2, 3, 2, 3, 3)
"""People of a household, in turn: 2.6 on average, as 1,000,000 in 385,000."""
MEMBERS = (("户主", "男", "grown"), ("配偶", "女", "grown"), ("子", "男", "child"))
ROLES = (Role.GRID_WORKER, Role.GRID_HEAD, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.OPERATOR)
AT_ONCE = 5000
"""Households written in one transaction."""
PUT_DOWN_AT = time(6, 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a city is; `unjoined` is the share of households of whom nobody has joined."""

    households: int
    day: date
    bots: tuple[str, ...] = ("telegram",)
    per_grid: int = 250
    unjoined: float = 0.02
    days: int = DAYS
    spread: int = 0
    """Families went into quarantine on the first day or up to so many days after it."""
    seed: int = 1
    put_down_at: time = PUT_DOWN_AT
    """Local time of day, on the first day: what began before it is not asked."""
    one_community: bool = False
    """All grids belong to one, however many they are."""

    @property
    def grids(self) -> int:
        """How many grids hold the households."""
        return -(-self.households // self.per_grid)

    @property
    def levels(self) -> dict[Level, int]:
        """How many areas each level has, from the top."""
        communities = 1 if self.one_community else min(MOST_COMMUNITIES, -(-self.grids // GRIDS_A_COMMUNITY))
        streets = min(MOST_STREETS, -(-communities // COMMUNITIES_A_STREET))
        districts = min(MOST_DISTRICTS, -(-streets // STREETS_A_DISTRICT))
        return {
            Level.CITY: 1,
            Level.DISTRICT: districts,
            Level.STREET: streets,
            Level.COMMUNITY: communities,
            Level.GRID: self.grids,
        }

    def bot_of(self, grid: int) -> str:
        """The bot that serves a grid (counted from 0)."""
        return self.bots[grid * len(self.bots) // self.grids]

    @property
    def before(self) -> datetime:
        """When all of it was put down: before the first round that is asked."""
        return at_local(self.day, self.put_down_at, Policy().timezone)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody appointed: where, counted from 0 in their level."""

    person_id: int
    role: Role
    area_id: int
    bot: str


def build(database: Database, plan: Plan) -> None:
    """Puts the city down, in transactions of some thousand households."""
    grids, staff = database.apply(_raise, plan)
    random, next_person = Random(plan.seed), len(staff) + 1
    households = iter(range(1, plan.households + 1))
    while numbers := list(islice(households, AT_ONCE)):
        next_person = database.apply(_settle, plan, random, grids, numbers, next_person)
    database.apply(set_numbers, (Area, Person, Household, Resident, Quarantine, Account, Appointment))


def _raise(session: Session, plan: Plan) -> tuple[list[int], list[Staff]]:
    """The tree and its staff; the numbers of the grids."""
    areas: dict[Level, list[Row]] = {}
    above: list[Row] = []
    number = 0
    for level, count in plan.levels.items():
        made = []
        for place in range(count):
            number += 1
            parent = above[place * len(above) // count] if above else None
            path = f"{parent['path'] if parent else '/'}{number}/"
            code = f"{level.value}-{place + 1}"
            row = {"id": number, "parent_id": parent["id"] if parent else None, "level": level.value}
            made.append({**row, "code": code, "name": f"{level.value} {place + 1}", "path": path})
        areas[level] = above = made
        fill(session, Area, made)
    fill(session, Bot, [{"name": name, "channel": "simulated"} for name in plan.bots])
    staff = list(_staff(plan, areas))
    _appoint(session, plan, staff)
    _give_districts(session, plan, areas)
    return [int(row["id"]) for row in areas[Level.GRID]], staff


def _staff(plan: Plan, areas: dict[Level, list[Row]]) -> Iterator[Staff]:
    number = 0
    for role in ROLES:
        places = areas[LEVEL_OF_ROLE[role]]
        for place, area in enumerate(places):
            number += 1
            grid = place * plan.grids // len(places)
            yield Staff(number, role, int(area["id"]), plan.bot_of(grid))


def _appoint(session: Session, plan: Plan, staff: list[Staff]) -> None:
    names, before = cycle(_names(plan.seed)), plan.before
    fill(session, Person, [{"id": one.person_id, "name": next(names), "created_at": before} for one in staff])
    fill(
        session,
        Appointment,
        [
            {"person_id": one.person_id, "role": one.role.value, "area_id": one.area_id, "since": before}
            for one in staff
        ],
    )
    fill(session, Account, [_account(one.bot, one.person_id, before) for one in staff])


def _names(seed: int) -> list[str]:
    names = Names(Random(seed))
    return [names.han(names.surname(), sex, "grown") for sex in ("男", "女") for _ in range(50)]


def _give_districts(session: Session, plan: Plan, areas: dict[Level, list[Row]]) -> None:
    if len(plan.bots) == 1:
        return
    grids = [{"area_id": row["id"], "bot": plan.bot_of(at)} for at, row in enumerate(areas[Level.GRID])]
    fill(session, BotArea, grids)


def _account(bot: str, person_id: int, before: datetime) -> Row:
    return {"bot": bot, "address": str(person_id), "person_id": person_id, "language": "zh-CN", "created_at": before}


def _settle(
    session: Session, plan: Plan, random: Random, grids: list[int], numbers: list[int], next_person: int
) -> int:
    """Some thousand households with their people, quarantines and chats; the number of the next person."""
    rows: dict[type, list[Row]] = {one: [] for one in (Household, Person, Resident, Quarantine, Account)}
    vault = vault_of(session)
    policy: Policy = session.info["policy"]
    for number in numbers:
        grid = (number - 1) // plan.per_grid
        rows[Household].append({"id": number, "area_id": grids[grid], "grid_id": grids[grid], "room": f"{number}号"})
        first = plan.day + timedelta(days=random.randrange(plan.spread + 1))
        quarantined = _quarantined(plan, first, policy)
        names = Names(random)
        surname = names.surname()
        size = SIZES[number % len(SIZES)]
        for relation, sex, age in MEMBERS[:size]:
            person = {"id": next_person, "name": names.han(surname, sex, age), "sex": sex, "created_at": plan.before}
            phone = f"1990{number:07d}" if relation == "户主" else None
            person["phone_sealed"] = vault.seal(phone, "phone") if phone else None
            person["phone_index"] = vault.index(phone, "phone") if phone else None
            rows[Person].append(person)
            rows[Resident].append({"person_id": next_person, "household_id": number, "relation": relation})
            rows[Quarantine].append({"person_id": next_person, "household_id": number, **quarantined})
            next_person += 1
        if random.random() >= plan.unjoined:
            rows[Account].append(_account(plan.bot_of(grid), next_person - size, plan.before))
    for record, made in rows.items():
        fill(session, record, made)
    return next_person


def _quarantined(plan: Plan, first: date, policy: Policy) -> Row:
    last = last_day(first, plan.days)
    one = first_slot(first, last, plan.before, policy)
    status = QuarantineStatus.ACTIVE if first <= plan.day else QuarantineStatus.PLANNED
    return {
        "first_day": first,
        "last_day": last,
        "status": status.value,
        "next_day": one.day if one else None,
        "next_half": one.half.value if one else None,
        "next_at": one.opens_at if one else None,
        "end_at": last_miss(last, policy),
        "created_at": plan.before,
    }
