"""What a refusal of WeCom means, as the port's outcomes: one table by errcode; the words change and decide nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from channels.port import ChannelError, Failed, Rejected, Throttled, Uncertain, Unreachable
from channels.tencent_client import NoAnswer, NotReached, Refusal
from channels.wecom_client import INVALID, UNLICENSED

TOO_FAST, TOO_MANY = timedelta(seconds=60), timedelta(seconds=5)

Row = Callable[[Refusal], ChannelError]


def _unreachable(reason: str) -> Row:
    return lambda _: Unreachable(reason)


def _rejected(refusal: Refusal) -> ChannelError:
    return Rejected(str(refusal))


def _failed(refusal: Refusal) -> ChannelError:
    return Failed(str(refusal))


TABLE: dict[int, Row] = {
    -1: _failed,  # "system busy"
    45009: lambda _: Throttled(TOO_FAST),
    45033: lambda _: Throttled(TOO_MANY),
    INVALID: _unreachable("not_found"),
    UNLICENSED: _unreachable("not_licensed"),
    40058: _rejected,  # not the parameters of the call
    40007: _rejected,  # a media_id that is over
    42014: _rejected,  # a card's number that was used
    44004: _rejected,  # empty
    45002: _rejected,  # too long
    # For an operator: the address is not trusted, the application has no right, or its secret or token is wrong.
    **dict.fromkeys((60020, 60011, 40001, 40013, 40014, 42001, 40056, 48002, 301002), _failed),
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
