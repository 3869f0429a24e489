"""A traceback that may be logged: where and what kind, never the words or the values, which are somebody's."""

import sys
from collections.abc import Iterator
from traceback import walk_tb
from typing import Any

from structlog.typing import EventDict

_DEEPEST = 8
"""Errors of one chain that are shown."""
_BECAUSE, _WHILE, _PART = "the cause of:", "while this was handled:", "among them:"


def put_frames(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """A processor of structlog: an error's frames and kind in the place of the error itself."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = frames_of(error)
    return event


def frames_of(error: BaseException) -> str:
    """File, line and function of each frame, the innermost last, and the kind of each error of the chain."""
    return "\n".join(_lines(error, _DEEPEST))


def _lines(error: BaseException, deepest: int) -> Iterator[str]:
    if deepest and error.__cause__ is not None:
        yield from _lines(error.__cause__, deepest - 1)
        yield _BECAUSE
    elif deepest and error.__context__ is not None and not error.__suppress_context__:
        yield from _lines(error.__context__, deepest - 1)
        yield _WHILE
    for frame, line in walk_tb(error.__traceback__):
        yield f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_qualname}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions[:_DEEPEST]:
            yield _PART
            yield from _lines(part, 0)
