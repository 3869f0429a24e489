"""What a refusal of WeChat means, as the port's outcomes: one table by errcode; the words change and decide nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from channels.port import WINDOW_CLOSED, ChannelError, Failed, Rejected, Throttled, Uncertain, Unreachable
from channels.tencent_client import STALE_TOKEN, NoAnswer, NotReached, Refusal

TOO_FAST = timedelta(seconds=60)
QUOTA = timedelta(minutes=30)
"""A day's quota ends at midnight; to ask every half hour costs nothing and needs no clock of theirs."""

WINDOW = frozenset({45015, 45047})
"""Nothing may be sent to this person for now: out of the 48 hours, or too often since they wrote."""
NO_MENU = frozenset({40200, 40008})
"""This account may not send menus (a test account, or one without the permission): words will do."""
FORGOTTEN = frozenset({40007})
"""A media_id that is over: after three days."""
MISCONFIGURED = frozenset({*STALE_TOKEN, 40013, 40125, 40164, 41002, 41004, 48001, 48004, 50002, 61024})
"""Codes that an operator has to mend: no waiting helps."""

Row = Callable[[Refusal], ChannelError]


def _unreachable(reason: str) -> Row:
    return lambda _: Unreachable(reason)


def _rejected(refusal: Refusal) -> ChannelError:
    return Rejected(str(refusal))


def _failed(refusal: Refusal) -> ChannelError:
    return Failed(str(refusal))


TABLE: dict[int, Row] = {
    -1: _failed,  # "system busy"
    45011: lambda _: Throttled(TOO_FAST),
    45009: lambda _: Throttled(QUOTA),
    **dict.fromkeys(WINDOW, _unreachable(WINDOW_CLOSED)),
    43004: _unreachable("not_following"),
    48002: _unreachable("blocked"),
    43101: _unreachable("refused"),
    40003: _unreachable("not_found"),
    45002: _rejected,  # too long
    44004: _rejected,  # empty
    **dict.fromkeys(FORGOTTEN, _rejected),
    40037: _rejected,  # a template that is not this account's
    47001: _rejected,  # not the JSON of the call
    47003: _rejected,  # a field of a template that it has not, or too long for it
    **dict.fromkeys(NO_MENU, _rejected),
    **dict.fromkeys(MISCONFIGURED, _failed),
}
"""By errcode; what is not in it has failed: certainly not sent, perhaps later."""


def outcome(error: Refusal | NotReached | NoAnswer) -> ChannelError:
    """The port's outcome of a call that went wrong."""
    match error:
        case Refusal():
            return TABLE.get(error.code, _failed)(error)
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
