"""The ways to one person: which of their chats is written to, which comes next, and what goes out on two (ADR 101)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.ladder import AT_NIGHT, Ladder
from rules.mail import MailState, Priority

GOES_ON: dict[Priority, bool] = {
    Priority.ALERT: True,
    Priority.REPLY: False,  # it answers what was said in that chat, and whoever said it looks there
    Priority.PROMPT: True,
    Priority.NOTICE: True,
}
"""Whether a message that one way does not take is tried on the person's next."""

OF_ITS_CHAT = frozenset({"menu"})
"""The templates of what means the chat itself: on another one it would say nothing."""

EMERGENCIES: frozenset[Ladder] = AT_NIGHT
"""What is told on two ways at once: exactly what may wake somebody (invariant 10)."""

LIVING = frozenset({MailState.PENDING, MailState.LEASED, MailState.SENT})
"""A message in one of these states arrives, or has arrived, for all that we know (ADR 9)."""

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Way:
    """One chat with a person, of a `channel`.

    `chosen`: the person said that messages go here. `open`: the messenger takes words now as they are; a window that is
    shut takes a template at best. `heard_at` is when they last wrote here (aware UTC).
    """

    number: int
    channel: str = ""
    reachable: bool = True
    chosen: bool = False
    open: bool = True
    heard_at: datetime | None = None


def in_order(ways: Iterable[Way]) -> list[Way]:
    """The reachable first; of these the chosen one, then the open before the shut, the last heard from, the newest."""
    return sorted(ways, key=_rank, reverse=True)


def _rank(way: Way) -> tuple[bool, bool, bool, datetime, int]:
    return way.reachable, way.chosen, way.open, way.heard_at or _NEVER, way.number


def beside(ordered: Sequence[Way]) -> Way | None:
    """The way on which an emergency goes out too: the next on another channel than the first; None: there is none.

    A second chat of the same messenger rings on the same phone, and falls silent with it.
    """
    if not ordered or not ordered[0].reachable:
        return None
    others = (way for way in ordered[1:] if way.reachable and way.channel != ordered[0].channel)
    return next(others, None)


def next_way(ordered: Iterable[Way], tried: Collection[int]) -> Way | None:
    """Where a message goes on that could not be delivered on the ways `tried`; None: nowhere is left."""
    return next((way for way in ordered if way.reachable and way.number not in tried), None)
