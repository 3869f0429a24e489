"""When a bot's next message may leave, decided from what is on its way and what was answered.

A messenger counts a message when it arrives there, and only its answer says when that was. So each counts here from the
latest instant at which it can have arrived: the instant of its answer, less the shortest time that an answer takes.
Latency that changes then never moves a message into a second that is full already.
"""

from bisect import bisect_right, insort
from datetime import datetime
from math import inf

CATCH_UP = 0.05
"""Seconds that sending may lag behind an even spread and make up for; more, and an alert finds a full second."""
FORGET = 60.0
"""Seconds after which a short latency is not the shortest any more."""
UNANSWERED = 1.0
"""Seconds within which a message arrives whose arrival nobody confirms."""
ENOUGH = 20
"""Answers, or half a second's of them where they come faster, before the shortest latency is believed: the first ones
wait for connections to be made."""
SLACK = 0.002
"""Seconds by which a second is longer here: clocks are read a little before and after what they time."""
LAG = 0.15
"""Seconds by which another process may have been behind what it had reserved, when it died."""


class Pacer:
    """The pace of one bot in this process: `rate` messages a second; every `now` is in seconds of one clock."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._next = -inf
        self._counted: list[float] = []
        """In order: at a thousand a second it is asked for its fiftieth a thousand times."""
        self._flying: dict[int, float] = {}
        self._shortest, self._before, self._since = inf, inf, -inf
        self._answers = 0
        self.reserved: datetime | None = None
        """Until when this process has reserved the bot's pace in the records."""
        self.share = 1.0

    @property
    def share(self) -> float:
        """How much of the rate is used."""
        return self._share

    @share.setter
    def share(self, share: float) -> None:
        self._share, rate = share, self._rate * share
        self._interval = 1 / rate
        self.most = max(1, int(rate))
        """In any second, or in any `1 / rate` of a slow bot."""
        self._span = self.most / rate + SLACK

    def ready_at(self, now: float) -> float | None:
        """When the next may leave, at once when that is not after `now`; None: not before something is answered."""
        self._forget(now)
        over = len(self._counted) + len(self._flying) - self.most + 1
        if over <= 0:
            return self._next
        if over > len(self._counted):
            return None
        return max(self._next, self._counted[over - 1] + self._span)

    def left(self, number: int, now: float) -> None:
        """A message has left."""
        self._flying[number] = now
        self._next = max(self._next, now - CATCH_UP) + self._interval

    def answered(self, number: int, now: float) -> None:
        """A message was answered, or given up."""
        left = self._flying.pop(number)
        if now - self._since > FORGET:
            self._before, self._shortest, self._since = self._shortest, inf, now
        self._shortest = min(self._shortest, now - left)
        self._answers += 1
        shortest = min(self._shortest, self._before) if self._answers > max(ENOUGH, self.most // 2) else 0.0
        insort(self._counted, max(left, now - shortest))

    def hold(self, wanted: int, now: float) -> int:
        """Keeps places for up to `wanted` messages whose arrival is not answered; how many.

        Each counts as if it arrived within `UNANSWERED` seconds. Half a second's places at most, so that whoever holds
        them does not stop the others.
        """
        self._forget(now)
        held = sum(at > now for at in self._counted)
        free = min(self.most - len(self._counted) - len(self._flying), self.most // 2 - held)
        places = max(0, min(wanted, free))
        for _ in range(places):
            insort(self._counted, now + UNANSWERED)
        return places

    def give_back(self, places: int) -> None:
        """Frees places that were held last, and not taken."""
        del self._counted[len(self._counted) - min(places, len(self._counted)) :]

    def after(self, arrival: float, now: float) -> None:
        """Somebody else has sent until `arrival`, at the full rate for all that we know."""
        places = (arrival + LAG - place * self._interval for place in range(1, self.most + 1))
        for place in places:
            if place > now - self._span:
                insort(self._counted, place)
        self._next = max(self._next, arrival)

    def _forget(self, now: float) -> None:
        """What came longer than a second ago counts no more."""
        del self._counted[: bisect_right(self._counted, now - self._span)]
