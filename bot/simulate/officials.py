"""Whoever is told of alarms: takes them within minutes, slower at night; some never do, so that the chain climbs."""

import re
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot.simulate.habits import log_normal
from bot.simulate.phones import Phone, keys_of, mark_of
from bot.simulate.world import FEVER, World
from channels.port import Address, Content, Message, Text

ROOM = re.compile(r"(\d+)号")
"""The door in an address, as the simulated register writes it: the household's number."""
DAY_BEGINS, DAY_ENDS = 7, 22
"""Local hours between which somebody is quick."""


class Official(Phone):
    """The phone of somebody with an appointment."""

    def __init__(self, chat: Address, world: World, seed: str) -> None:
        super().__init__(chat, world.zone)
        self._deeds, self._ledger, self._habits = world.deeds, world.ledger, world.habits
        self._homes, self._health = world.homes, world.health
        self._random = Random(seed)
        self._works = self._random.random() >= world.habits.never_works
        self._planned: set[tuple[str, str]] = set()
        self._took: set[str] = set()
        """Digests that this one took as a whole."""
        self._working: set[str] = set()
        self._free_at: datetime | None = None

    def puts_the_phone_away(self) -> None:
        """Is told from now on, and never reacts."""
        self._works = False

    def see(self, number: str, message: Message, now: datetime) -> None:
        """Looks at an alarm and plans what to do about it."""
        if not self._works:
            return
        keys = list(keys_of(message))
        verbs = {key.partition(":")[0] for key in keys}
        if "take" in verbs:
            self._working.discard(_subject(keys, "take"))
            self._plan_taking(number, _first(keys, "take"), now, grave=message.text.startswith(GRAVE))
        elif "takeall" in verbs:
            self._plan_taking(number, _first(keys, "takeall"), now, grave=False)
        elif "end" in verbs:
            self._work_on(number, message, keys, now)
        elif "show" in verbs:
            self._go_through(number, message, now)

    # Taking

    def _plan_taking(self, number: str, key: str, now: datetime, *, grave: bool) -> None:
        if (number, key) in self._planned:
            return
        self._planned.add((number, key))
        if self._random.random() < self._habits.overlooks:
            return
        at = now + self._reaction(now)
        self._deeds.plan(at, self.chat, lambda _now: self._take(number, key), urgent=grave)

    def _reaction(self, now: datetime) -> timedelta:
        by_day = DAY_BEGINS <= self.local(now).hour < DAY_ENDS
        median = self._habits.median_take if by_day else self._habits.median_take_at_night
        return timedelta(minutes=0.2 + log_normal(self._random, median, 0.8))

    def _take(self, number: str, key: str) -> Content | None:
        pressed = self.press(number, key)
        if pressed and key.startswith("takeall:"):
            self._took.add(number)
        return pressed

    def _go_through(self, number: str, message: Message, now: datetime) -> None:
        """A digest of what this one took, or with a line that nobody took: one after the other is looked at."""
        waiting = {line.partition(".")[0] for line in message.text.split("\n") if IN_NOBODYS_HANDS in line}
        all_of_it = number in self._took or NOBODY_LEFT in message.text
        for row in message.choices:
            for choice in row:
                if (all_of_it or choice.label in waiting) and (number, choice.key) not in self._planned:
                    self._planned.add((number, choice.key))
                    self._press_later(number, choice.key, self._next_free(now, self._minutes(2, 5)))

    def _next_free(self, now: datetime, takes: timedelta) -> datetime:
        begins = max(now, self._free_at or now)
        self._free_at = begins + takes
        return self._free_at

    # Dealing with it

    def _work_on(self, number: str, message: Message, keys: list[str], now: datetime) -> None:
        subject = _subject(keys, "end")
        door = ROOM.search(message.text)
        if subject in self._working:
            return
        self._working.add(subject)
        if door is None:  # nobody on duty, messages that do not arrive: some telephone calls
            self._press_later(number, _first(keys, "end"), self._next_free(now, self._minutes(10, 20)))
            return
        household = int(door[1])
        if f"end:{subject}:referred" in keys:
            self._see_the_ill(number, message, subject, household, now)
        elif fine := next((key for key in keys if key.endswith((":fine_but_silent", ":back_in_touch"))), None):
            self._ask_the_silent(number, fine, subject, household, now)
        else:  # fevers of one place: whoever has each sees to it
            self._press_later(number, _first(keys, "end"), self._next_free(now, self._minutes(10, 20)))

    def _ask_the_silent(self, number: str, fine: str, subject: str, household: int, now: datetime) -> None:
        """Calls, or goes there: and measures, or learns that all is well, or finds nobody."""
        at = self._next_free(now, self._minutes(1, 4))
        chance = self._random.random()
        if chance < 0.6:
            self._press_later(number, fine, at)
        elif chance < 0.85:
            self._press_later(number, f"visit:{subject}", at)
            people = [person for person, _ in self._homes[household].members]
            after = self._next_free(at, self._minutes(2, 5))
            self._measure_later(number, subject, household, people, after)
            self._press_later(number, f"end:{subject}:reported_by_worker", after + self._minutes(2, 4))
        else:
            self._press_later(number, f"end:{subject}:not_at_home", at)

    def _see_the_ill(self, number: str, message: Message, subject: str, household: int, now: datetime) -> None:
        """Goes there at once, measures, and decides."""
        head = message.text.partition("\n")[0]
        ill = [person for person, name in self._homes[household].members if name in head][:1]
        urgent = message.text.startswith(EMERGENCY)
        there = self._next_free(now, self._minutes(2, 5) if urgent else self._minutes(4, 10))
        self._press_later(number, f"visit:{subject}", there)
        measured = self._next_free(there, self._minutes(1, 3))
        self._measure_later(number, subject, household, ill, measured)
        then = measured + self._minutes(1, 3)
        self._deeds.plan(then, self.chat, lambda moment: self._decide(number, subject, household, ill, moment))

    def _measure_later(self, number: str, subject: str, household: int, people: list[int], at: datetime) -> None:
        act = partial(self._measure, number, subject, household, people)
        day = self._ledger.place(at) // 2
        feverish = any(self._health[household].is_ill(person, day) for person in people)
        self._deeds.plan(at, self.chat, act, urgent=feverish)

    def _measure(self, number: str, subject: str, household: int, people: list[int], now: datetime) -> Content | None:
        place = self._ledger.place(now)
        if not self._ledger.clear(now, place) or not self.shows(number, f"end:{subject}:"):
            return None
        names = dict(self._homes[household].members)
        values = {person: self._health[household].celsius(person, place // 2) for person in people}
        self._ledger.report(household, values, now)
        return Text(" ".join(f"{names[person]}{celsius:.1f}" for person, celsius in values.items()))

    def _decide(self, number: str, subject: str, household: int, ill: list[int], now: datetime) -> Content | None:
        day = self._ledger.place(now) // 2
        feverish = any(self._health[household].celsius(person, day) >= FEVER for person in ill)
        if feverish and self._random.random() < 0.4:
            for person in ill:
                self._health[household].is_taken_to_hospital(person, day)
            return self.press(number, f"end:{subject}:referred")
        return self.press(number, f"end:{subject}:{'watched_at_home' if feverish else 'retest_normal'}")

    def _press_later(self, number: str, key: str, at: datetime) -> None:
        self._deeds.plan(at, self.chat, lambda _now: self.press(number, key))

    def _minutes(self, least: float, most: float) -> timedelta:
        return timedelta(seconds=round(self._random.uniform(least, most) * 60))


def _first(keys: list[str], verb: str) -> str:
    return next(key for key in keys if key.startswith(f"{verb}:"))


def _subject(keys: list[str], verb: str) -> str:
    return _first(keys, verb).split(":")[1]


EMERGENCY = mark_of("alert-emergency", "name", "celsius")
GRAVE = (EMERGENCY, mark_of("alert-urgent", "name", "celsius"))
NOBODY_LEFT = mark_of("nobody-left", "kind", "where", "age")
IN_NOBODYS_HANDS = " 📞 "
