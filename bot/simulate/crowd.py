"""Everybody of a simulated city with a phone, as the register knows them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from random import Random
from time import process_time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.simulate.city import Plan
from bot.simulate.deeds import Deeds
from bot.simulate.families import Family
from bot.simulate.habits import Habits
from bot.simulate.ledger import Ledger
from bot.simulate.officials import Official
from bot.simulate.phones import Phone
from bot.simulate.world import Health, Home, World
from channels.port import Address, Content, Incoming
from models import Account, Appointment, Person, Resident
from services.policy import default_policy


@dataclass(frozen=True, slots=True)
class Households:
    """The register as the simulated people know it: who lives together, and on which phones."""

    homes: dict[int, Home]
    phones: dict[Address, int]
    """Whose household, by chat."""
    staff: list[Address]


def look_around(session: Session) -> Households:
    """Reads the register once, before anything happens."""
    members: dict[int, list[tuple[int, str]]] = {}
    living = select(Resident.household_id, Person.id, Person.name).join(Person, Person.id == Resident.person_id)
    for household, person, name in session.execute(living.order_by(Resident.id)):
        members.setdefault(household, []).append((person, name))
    home_of = {person: household for household, people in members.items() for person, _ in people}
    appointed = set(session.scalars(select(Appointment.person_id)))
    phones, staff = {}, []
    joined = select(Account.bot, Account.address, Account.person_id).order_by(Account.id)
    for bot, chat, holder in session.execute(joined):
        if holder in appointed:
            staff.append(Address(bot, chat))
        else:
            phones[Address(bot, chat)] = home_of[holder or 0]
    homes = {household: Home(household, tuple(people)) for household, people in members.items()}
    return Households(homes, phones, staff)


class Crowd:
    """All of them; `seconds` is the CPU that they took."""

    def __init__(self, session: Session, plan: Plan, habits: Habits) -> None:
        around, policy = look_around(session), default_policy(session)
        asked = {number: [person for person, _ in home.members] for number, home in around.homes.items()}
        self.ledger = Ledger(asked, plan.day, plan.days, policy)
        self.deeds = Deeds()
        health = {
            number: Health(people, plan.days, Random(f"{plan.seed}:health:{number}"), habits.falls_ill)
            for number, people in asked.items()
        }
        world = World(ZoneInfo(policy.timezone), self.deeds, self.ledger, habits, around.homes, health)
        self.families = [
            Family(chat, household, world, f"{plan.seed}:family:{household}")
            for chat, household in around.phones.items()
        ]
        self.officials = [Official(chat, world, f"{plan.seed}:official:{chat.chat}") for chat in around.staff]
        for family in self.families:
            family.plan_block(self.ledger.slots[0].opens_at, plan.days)
        self._random = Random(f"{plan.seed}:network")
        self._redelivered = habits.redelivered
        self._again: list[Incoming] = []
        self._updates = 0
        self.seconds = 0.0
        self.zone = policy.timezone

    def phones_of(self, bot: str) -> dict[str, Phone]:
        """By chat: whoever has joined through a bot."""
        everybody: chain[Phone] = chain(self.families, self.officials)
        return {phone.chat.chat: phone for phone in everybody if phone.chat.bot == bot}

    def act(self, now: datetime) -> list[Incoming]:
        """Does what is planned until `now`; what the messenger hands to the bots of it, some of it once more."""
        started = process_time()
        updates, self._again = self._again, []
        for deed in self.deeds.due(now):
            content = deed.act(now)
            if content is not None:
                updates.append(self._update(deed.chat, content, deed.at))
        self._again = [one for one in updates if self._random.random() < self._redelivered]
        self.seconds += process_time() - started
        return updates

    def _update(self, chat: Address, content: Content, at: datetime) -> Incoming:
        self._updates += 1
        return Incoming(str(self._updates), chat, content, at)
