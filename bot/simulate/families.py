"""A family under quarantine: asked twice a day, it answers, late or never, errs, mends, falls ill, blocks the bot."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from bot.simulate.habits import log_normal, willingness
from bot.simulate.phones import Phone, keys_of, mark_of
from bot.simulate.world import FEVER, World
from channels.port import Address, Content, Message, Reachable, Text

Values = dict[int, float]
"""°C by person."""

AWAKE = (6.5, 23.5)
"""Local hours in which people look at their phones."""
ENOUGH_TIME = timedelta(minutes=45)
"""What who answers in time leaves for a mistake and its mending before the slot closes."""


class Family(Phone):
    """The phone of a household."""

    def __init__(self, chat: Address, household: int, world: World, seed: str) -> None:
        super().__init__(chat, world.zone)
        self.home = world.homes[household]
        self._health = world.health[household]
        self._deeds, self._ledger, self._habits = world.deeds, world.ledger, world.habits
        self._random = Random(seed)
        self._willing = willingness(self._random, world.habits)
        self._decided: set[int] = set()
        self._pending: tuple[Values, int] | None = None
        """What will be sent when the mistake has been noticed."""

    def plan_block(self, start: datetime, days: int) -> None:
        """Perhaps they block the bot once, and perhaps they come back."""
        if self._random.random() >= self._habits.blocks:
            return
        at = start + timedelta(days=self._random.uniform(0, days))
        self._deeds.plan(at, self.chat, self._block)
        if self._random.random() < self._habits.comes_back:
            self._deeds.plan(at + timedelta(hours=self._random.uniform(6, 60)), self.chat, self._unblock)

    def _block(self, _now: datetime) -> Content | None:
        self.blocked = True
        return Reachable(False) if self._random.random() < self._habits.block_is_told else None

    def _unblock(self, _now: datetime) -> Content | None:
        self.blocked = False
        return Reachable(True)

    def see(self, number: str, message: Message, now: datetime) -> None:
        """Reacts to what the bot wrote."""
        text = message.text
        if _is_question(text):
            place = self._ledger.asked(self.home.household, now)
            if not text.startswith(REMINDS):
                self._ledger.questioned(self.home.household, place)
                self._decide(place, now)
        elif NOT_A_TEMPERATURE in text and self._pending:
            values, place = self._pending
            self._pending = None
            self._plan_report(values, now + self._minutes(1, 5), place)
        elif MEASURE_AGAIN in text:
            self._measure_again(text, now)
        elif keys := [key for key in keys_of(message) if key.startswith("sym:")]:
            self._tell_symptom(number, keys, now)

    def not_certain(self, message: Message, now: datetime) -> None:
        """The messenger may have delivered it: the bot may believe that we were asked."""
        if _is_question(message.text):
            self._ledger.asked(self.home.household, now)

    def has_a_fever(self, person: int, at: datetime) -> None:
        """Somebody measures a fever at `at` and says so, asked or not; the others say nothing."""
        place = self._ledger.place(at)
        self._health.falls_ill(person, place // 2)
        values = {person: self._health.celsius(person, place // 2)}
        text = f"{dict(self.home.members)[person]}{values[person]:.1f}"
        self._deeds.plan(at, self.chat, lambda now: self._say(text, values, now), urgent=True)

    # Answering

    def _decide(self, place: int, now: datetime) -> None:
        if place in self._decided:
            return
        self._decided.add(place)
        if self._random.random() >= self._willing:
            return
        in_time = self._random.random() < self._habits.in_time
        at = self._soon(place, now) if in_time else self._late(place)
        if at is None:
            return
        values = self._measure(place)
        if in_time and self._random.random() < self._habits.slips:
            self._pending = (values, place)
            self._deeds.plan(at, self.chat, lambda _now: None if self.blocked else Text("365"))
        elif in_time and len(values) > 1 and self._random.random() < self._habits.parts:
            first = dict([*values.items()][:1])
            self._plan_report(first, at, place)
            rest = {person: value for person, value in values.items() if person not in first}
            self._plan_report(rest, at + self._minutes(2, 12), place)
        else:
            self._plan_report(values, at, place)
            if self._random.random() < self._habits.mends:
                self._mend(values, at + self._minutes(2, 20), place)

    def _soon(self, place: int, now: datetime) -> datetime | None:
        closes = self._ledger.slots[place].miss_at
        for _ in range(20):
            minutes = 0.5 + log_normal(self._random, self._habits.median_answer, self._habits.spread_answer)
            at = now + timedelta(minutes=minutes)
            if at < closes - ENOUGH_TIME:
                return at
        return now + timedelta(minutes=1) if now + timedelta(minutes=2) < closes - ENOUGH_TIME else None

    def _late(self, place: int) -> datetime | None:
        closes, opens = self._ledger.slots[place].miss_at, self._ledger.next_opens(place)
        for _ in range(50):
            at = closes + self._random.random() * (opens - closes)
            local = self.local(at)
            if AWAKE[0] <= local.hour + local.minute / 60 < AWAKE[1] and self._ledger.clear(at, place):
                return at
        return None

    def _measure(self, place: int) -> Values:
        return {person: self._health.celsius(person, place // 2) for person, _ in self.home.members}

    def _plan_report(self, values: Values, at: datetime, place: int) -> None:
        if not values or not self._ledger.clear(at, place):
            return
        text = self._words(values)
        feverish = any(value >= FEVER for value in values.values())
        self._deeds.plan(at, self.chat, lambda now: self._say(text, values, now), urgent=feverish)

    def _say(self, text: str, values: Values, now: datetime) -> Content | None:
        if self.blocked:
            return None
        self._ledger.report(self.home.household, values, now)
        return Text(text)

    def _words(self, values: Values) -> str:
        numbers = [f"{value:.1f}" for value in values.values()]
        if len(values) == len(self.home.members) and self._random.random() < 0.4:
            return " ".join(numbers)
        names = dict(self.home.members)
        mark = self._random.choice((" ", "，", ""))
        return mark.join(f"{names[person]}{number}" for person, number in zip(values, numbers, strict=True))

    def _mend(self, values: Values, at: datetime, place: int) -> None:
        person = self._random.choice([*values])
        mended = round(values[person] + self._random.choice((-0.1, 0.1)), 1)
        self._plan_report({person: mended}, at, place)

    # When somebody is ill

    def _tell_symptom(self, number: str, keys: Sequence[str], now: datetime) -> None:
        wanted = self._random.choices(("none", "cough", "weak", "breathless"), (55, 25, 15, 5))[0]
        key = next((key for key in keys if key.endswith(f":{wanted}")), None)
        if key and self._random.random() < 0.8:
            grave = wanted == "breathless"
            self._deeds.plan(
                now + self._minutes(1, 4),
                self.chat,
                lambda _now: None if self.blocked else self.press(number, key),
                urgent=grave,
            )

    def _measure_again(self, text: str, now: datetime) -> None:
        person = next((person for person, name in self.home.members if name in text), None)
        at = now + self._minutes(3, 30)
        place = self._ledger.place(at)
        if person is not None and self._random.random() < self._willing:
            self._plan_report({person: self._health.celsius(person, place // 2)}, at, place)

    def _minutes(self, least: float, most: float) -> timedelta:
        return timedelta(seconds=round(self._random.uniform(least, most) * 60))


ASKS = (mark_of("prompt-morning", "until"), mark_of("prompt-evening", "until"))
REMINDS = mark_of("reminder", "until")
NOT_A_TEMPERATURE = mark_of("unclear-out-of-range", "quote", "example")
MEASURE_AGAIN = mark_of("recheck", "name", "celsius")


def _is_question(text: str) -> bool:
    return text.startswith((*ASKS, REMINDS))
