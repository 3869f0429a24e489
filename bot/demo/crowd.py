"""The townsfolk: what they do when the bot writes to them, and when. They see what a phone shows and nothing else."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import aiohttp

from bot.demo.cast import SEED, Actor
from bot.demo.handset import Offer, choose, offers
from bot.demo.manners import Manner
from bot.demo.messenger import Messenger

LABELS = {
    "收到": "read:",
    "我来处理": "take:",
    "全部我来处理": "takeall:",
    "转交": "pass:",
    "已上门": "visit:",
    "在家观察": "end::watched_at_home",
    "已代报": "end::reported_by_worker",
    "人没事，忘了报": "end::fine_but_silent",
    "认识，同意": "admit:",
    "发送": "form:pick=send",
}
"""What people read out of a choice that has no key, for it can only be typed."""
NOTICE = "今天下午三点，村口设消毒点，请大家不要出门。需要代买菜和药的，打网格员电话。"


@dataclass(order=True, frozen=True, slots=True)
class Deed:
    """Something that somebody will do at an instant: type `text`, or choose `offer` under `message_id`."""

    at: datetime
    order: int
    phone: int
    text: str | None = field(default=None, compare=False)
    message_id: int = field(default=0, compare=False)
    offer: Offer | None = field(default=None, compare=False)
    values: tuple[tuple[str, float], ...] = field(default=(), compare=False)
    """What of the text is a temperature, by name: the promise is that it is stored."""


class Crowd:
    """Everybody whom nobody has taken over."""

    def __init__(self, actors: Sequence[Actor], seed: int = SEED) -> None:
        self._actors = {actor.phone: actor for actor in actors}
        self._random = Random(seed)
        self._deeds: list[Deed] = []
        self._count = 0
        self._planned: set[tuple[int, str]] = set()
        self._erred: set[int] = set()
        self._rechecked: set[int] = set()
        self.said: list[tuple[str, float]] = []
        """Every temperature that was typed: (name, °C)."""

    @property
    def next_at(self) -> datetime | None:
        """When somebody does something next."""
        return self._deeds[0].at if self._deeds else None

    def plan_the_notice(self, at: datetime) -> None:
        """The first head writes a notice then."""
        head = next(actor for actor in self._actors.values() if actor.manner is Manner.HEAD)
        self._plan(head.phone, at, text="通知")

    def see(self, event: Mapping[str, Any], now: datetime) -> None:
        """Something happened on a phone; whoever holds it may react."""
        actor = self._actors.get(int(event.get("phone") or 0))
        message = event.get("message")
        if actor is None or not message or event["kind"] not in {"bot_sent", "bot_edited"}:
            return
        if actor.household_id is not None:
            self._resident(actor, message, now)
        else:
            self._staff(actor, message, now)

    async def act(self, messenger: Messenger, now: datetime) -> int:
        """Does everything whose time has come; how many deeds."""
        done = 0
        while self._deeds and self._deeds[0].at <= now:
            done += await self._do(messenger, heapq.heappop(self._deeds))
        return done

    async def _do(self, messenger: Messenger, deed: Deed) -> bool:
        phone = await messenger.call("GET", f"phones/{deed.phone}")
        if phone["driver"] != "auto":
            return False
        line = self._actors[deed.phone].line
        try:
            if deed.text is not None:
                await messenger.say(deed.phone, line.username, deed.text)
            elif deed.offer is not None:
                await choose(messenger, deed.phone, line, deed.message_id, deed.offer)
        except aiohttp.ClientResponseError:
            return False  # the button has gone meanwhile: somebody else was quicker
        self.said += deed.values
        return True

    def _plan(self, phone: int, at: datetime, **what: Any) -> None:
        self._count += 1
        heapq.heappush(self._deeds, Deed(at, self._count, phone, **what))

    def _minutes(self, least: float, most: float) -> timedelta:
        return timedelta(seconds=round(self._random.uniform(least, most) * 60))

    def _resident(self, actor: Actor, message: Mapping[str, Any], now: datetime) -> None:
        text = message["text"]
        for offer in offers(message, actor.line):
            if _meaning(offer).startswith("read:") and self._random.random() < 0.8:
                self._once(actor, message, offer, now + self._minutes(1, 90))
        if actor.manner in {Manner.LISTENS, Manner.SILENT, Manner.BLOCKED}:
            return
        if "请量体温" in text:
            self._answer(actor, now)
        elif "还差：" in text and "✓" in text:
            left = [name for name in actor.family if name in text.split("还差：")[1]]
            self._report(actor, left, now + self._minutes(1, 5))
        elif "不像体温" in text:
            self._report(actor, actor.family, now + self._minutes(0.5, 3))
        elif "请再量一次，把数字发给我" in text and actor.feverish:
            celsius = 38.1 if actor.phone not in self._rechecked else 37.0
            self._rechecked.add(actor.phone)
            self._say(actor, [(actor.feverish, celsius)], now + self._minutes(2, 6))

    def _answer(self, actor: Actor, now: datetime) -> None:
        if actor.manner is Manner.LATE:
            self._report(actor, actor.family, now + self._minutes(245, 290))
        elif actor.manner is Manner.CLUMSY and actor.phone not in self._erred:
            self._erred.add(actor.phone)
            self._plan(actor.phone, now + self._minutes(4, 30), text=f"{actor.family[0]}365")
        elif actor.manner is Manner.FEVER and actor.feverish and actor.phone not in self._erred:
            self._erred.add(actor.phone)
            others = [(name, self._normal()) for name in actor.family if name != actor.feverish]
            self._say(actor, [*others, (actor.feverish, 38.4)], now + self._minutes(10, 20))
        elif self._random.random() < 0.15 and len(actor.family) > 2:
            self._report(actor, actor.family[:2], now + self._minutes(2, 60))
        else:
            self._report(actor, actor.family, now + self._minutes(1, 75))

    def _normal(self) -> float:
        return round(self._random.gauss(36.5, 0.18), 1)

    def _report(self, actor: Actor, names: Sequence[str], at: datetime) -> None:
        self._say(actor, [(name, self._normal()) for name in names], at)

    def _say(self, actor: Actor, values: Sequence[tuple[str, float]], at: datetime) -> None:
        whole = [name for name, _ in values] == list(actor.family)
        if len(values) == 1 and whole:
            text = self._random.choice(["{:.1f}", "体温{:.1f}", "{:.1f}度", "今天{:.1f}"]).format(values[0][1])
        elif whole and self._random.random() < 0.3:
            text = self._random.choice([" ", "，", "、"]).join(f"{celsius:.1f}" for _, celsius in values)
        elif whole and self._random.random() < 0.15:
            same = values[0][1]
            values = [(name, same) for name, _ in values]
            text = f"全家{same:.1f}"
        else:
            text = self._random.choice([" ", "，", ""]).join(f"{name}{celsius:.1f}" for name, celsius in values)
        self._plan(actor.phone, at, text=text, values=tuple(values))

    def _staff(self, actor: Actor, message: Mapping[str, Any], now: datetime) -> None:
        text = message["text"]
        if actor.manner is Manner.HEAD and "写通知" in text:
            self._plan(actor.phone, now + self._minutes(1, 2), text=NOTICE)
        if "量到的体温请发给我" in text:
            names = text.split("（")[1].split("）")[0].split("、")
            self._say(actor, [(name, self._normal()) for name in names], now + self._minutes(0.5, 1.5))
        shown = offers(message, actor.line)
        meanings = [_meaning(offer) for offer in shown]
        for offer, meaning in zip(shown, meanings, strict=True):
            wait = self._wait(actor, meaning, meanings)
            if wait is not None:
                self._once(actor, message, offer, now + wait)

    def _wait(self, actor: Actor, data: str, buttons: Sequence[str]) -> timedelta | None:
        """How long a worker takes to press this, or None."""
        slow = 0 if actor.manner is Manner.WORKER else 6
        verb = data.split(":", maxsplit=1)[0]
        if data.startswith("form:pick=send"):
            return self._minutes(0.5, 1)
        if verb in {"take", "takeall"} and actor.manner in {Manner.WORKER, Manner.RELIEF}:
            alone = verb == "takeall" or "pass" in "".join(buttons)
            return self._minutes(1 + slow, 3 + slow) if alone else None
        if verb == "show" and not any(one.startswith("takeall") for one in buttons):
            return self._minutes(3, 25) if actor.manner is Manner.WORKER else None
        if verb == "visit":
            return self._minutes(3, 5)
        if verb == "end" and data.endswith((":watched_at_home", ":reported_by_worker", ":fine_but_silent")):
            return self._minutes(8, 9.5)
        return self._minutes(1, 3) if verb == "admit" else None

    def _once(self, actor: Actor, message: Mapping[str, Any], offer: Offer, at: datetime) -> None:
        # A list that goes on is told anew with what is new in it: that one is taken too.
        same = offer.key and not offer.key.startswith("takeall:")
        told = offer.key if same else f"{message['id']}/{offer.label}"
        if (actor.phone, told) not in self._planned:
            self._planned.add((actor.phone, told))
            self._plan(actor.phone, at, message_id=message["id"], offer=offer)


def _meaning(offer: Offer) -> str:
    return offer.key or LABELS.get(offer.label) or ("show:" if offer.label.isdecimal() else "")
