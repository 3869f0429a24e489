"""What went wrong at Telegram, as the port's outcomes: one table, by status first, the description only refines it.

"error_code … contents are subject to change" says the Bot API: a description that nobody knows still has its status's
outcome. The rows are those of Telegram's own server (tdlib/telegram-bot-api, `Client.cpp`, `Query.cpp`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from channels.port import ChannelError, Failed, Rejected, Throttled, Uncertain, Unreachable
from channels.telegram_client import NoAnswer, NotReached, Refusal

OVERLOADED = 5.0
"""Seconds to wait after a 429 that names none."""


@dataclass(frozen=True, slots=True)
class Row:
    """Statuses (first to last), a word of the description ("" for any), and the outcome."""

    first: int
    last: int
    word: str
    outcome: Callable[[Refusal], ChannelError]

    def fits(self, refusal: Refusal) -> bool:
        """Whether this row speaks of the refusal."""
        return self.first <= refusal.status <= self.last and self.word in refusal.description.casefold()


def _throttled(refusal: Refusal) -> ChannelError:
    return Throttled(timedelta(seconds=refusal.retry_after or OVERLOADED))


def _unreachable(reason: str) -> Callable[[Refusal], ChannelError]:
    return lambda _: Unreachable(reason)


def _rejected(refusal: Refusal) -> ChannelError:
    return Rejected(str(refusal))


def _failed(refusal: Refusal) -> ChannelError:
    return Failed(str(refusal))


def _uncertain(refusal: Refusal) -> ChannelError:
    return Uncertain(str(refusal))


TABLE = (
    Row(429, 429, "", _throttled),
    Row(403, 403, "blocked by the user", _unreachable("blocked")),
    Row(403, 403, "deactivated", _unreachable("deactivated")),
    Row(403, 403, "initiate conversation", _unreachable("never_started")),
    Row(403, 403, "was kicked", _unreachable("kicked")),
    Row(403, 403, "not a member", _unreachable("kicked")),
    Row(403, 403, "was deleted", _unreachable("deleted")),
    Row(403, 403, "", _unreachable("forbidden")),
    Row(400, 400, "chat not found", _unreachable("not_found")),
    Row(400, 400, "user not found", _unreachable("not_found")),
    Row(400, 400, "peer_id_invalid", _unreachable("not_found")),
    Row(400, 400, "", _rejected),
    Row(413, 413, "", _rejected),
    # The bot's own trouble, not the message's: a token withdrawn, another poller, a wrong server.
    Row(401, 401, "", _failed),
    Row(404, 404, "", _failed),
    Row(409, 409, "", _failed),
    Row(421, 421, "", _failed),
    # The server fell over a request that it had: nobody knows how far it came.
    Row(500, 599, "", _uncertain),
    Row(100, 599, "", _failed),
)
"""The first row that fits decides."""

MISCONFIGURED = frozenset({401, 404, 409, 421})
"""Statuses that an operator has to mend: no waiting helps."""


def outcome(error: Refusal | NotReached | NoAnswer) -> ChannelError:
    """The port's outcome of a call that went wrong."""
    match error:
        case Refusal():
            return next((row.outcome(error) for row in TABLE if row.fits(error)), Failed(str(error)))
        case NotReached():
            return Failed(str(error))
        case NoAnswer():
            return Uncertain(str(error))


@contextmanager
def outcomes() -> Iterator[None]:
    """What goes wrong inside is one of the port's five `ChannelError`s, with the answer behind it as its cause."""
    try:
        yield
    except (Refusal, NotReached, NoAnswer) as error:
        raise outcome(error) from error
