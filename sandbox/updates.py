"""A bot's queue of updates: numbered in order, kept until confirmed or too old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sandbox.bell import Bell
from sandbox.clock import SECOND, VirtualClock

KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "message_reaction",
        "message_reaction_count",
        "chat_boost",
        "removed_chat_boost",
    }
)
DEFAULT_KINDS = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
LIFETIME = 86_400
CALLBACK_LIFETIME = 150
FIRST_ID = 700_000_001


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `lane` is what must stay in order (a chat's messages, a user's callback queries)."""

    id: int
    kind: str
    payload: dict[str, Any]
    expires: int
    lane: tuple[str, int]

    def as_json(self) -> dict[str, Any]:
        """The Update of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """What happened to a bot and has not been confirmed yet."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._pending: dict[int, Update] = {}
        self._next_id = FIRST_ID
        self.allowed = DEFAULT_KINDS
        self.allowed_given: list[str] = []
        self.bell = Bell()

    def __len__(self) -> int:
        now = self._clock.micros()
        return sum(update.expires > now for update in self._pending.values())

    def add(self, kind: str, payload: dict[str, Any], user: int) -> None:
        """Queue what `user` did, unless the bot does not want this kind."""
        if kind not in self.allowed:
            return
        callback = kind == "callback_query"
        lifetime = CALLBACK_LIFETIME if callback else LIFETIME
        lane = ("callback" if callback else "chat", user)
        expires = self._clock.micros() + lifetime * SECOND
        self._pending[self._next_id] = Update(self._next_id, kind, payload, expires, lane)
        self._next_id += 1
        self.bell.ring()

    def allow(self, kinds: Iterable[object]) -> None:
        """From now on queue only these kinds; an empty list is Telegram's default, unknown names are ignored."""
        self.allowed_given = [kind for kind in map(str, kinds) if kind in KINDS]
        self.allowed = frozenset(self.allowed_given) or DEFAULT_KINDS

    def confirm(self, offset: int) -> None:
        """Forget the updates before `offset`; a negative one keeps only the last -offset."""
        if offset < 0:
            gone = list(self._pending)[:offset]
        else:
            gone = list(takewhile(lambda update_id: update_id < offset, self._pending))
        for update_id in gone:
            del self._pending[update_id]

    def done(self, update: Update) -> None:
        """Forget one update: the webhook took it."""
        self._pending.pop(update.id, None)

    def clear(self) -> None:
        """Forget all."""
        self._pending.clear()

    def alive(self, update: Update) -> bool:
        """Whether it is still wanted: neither confirmed nor too old."""
        return update.id in self._pending and update.expires > self._clock.micros()

    def take(self, limit: int) -> list[Update]:
        """The oldest updates, at most `limit`; they stay until confirmed."""
        now, found, gone = self._clock.micros(), list[Update](), list[Update]()
        for update in self._pending.values():
            if len(found) == limit:
                break
            (found if update.expires > now else gone).append(update)
        for update in gone:
            del self._pending[update.id]
        return found

    def after(self, update_id: int) -> list[Update]:
        """The updates newer than `update_id`, oldest first."""
        return list(self._newer(update_id))[::-1]

    def _newer(self, update_id: int) -> Iterator[Update]:
        for update in reversed(self._pending.values()):
            if update.id <= update_id:
                return
            yield update
