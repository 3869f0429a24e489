"""Why something happens: the update or the tick that caused it, kept with what it writes and in every log line."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CAUSE: ContextVar[str | None] = ContextVar("cause", default=None)


@contextmanager
def because(cause: str) -> Iterator[None]:
    """Within it everything happens because of `cause`.

    ``telegram:12345`` is a bot's update, ``tick:rounds`` a run of a tick, ``message:7`` what became of a message.
    """
    before = _CAUSE.set(cause)
    try:
        yield
    finally:
        _CAUSE.reset(before)


def of_update(bot: str, update_id: str) -> str:
    """How a bot's update is named as a cause."""
    return f"{bot}:{update_id}"


def cause() -> str | None:
    """Why what happens now happens; None where nobody said."""
    return _CAUSE.get()
