"""Logs: for people on a terminal, as JSON for machines; never a name, a phone, a token or a temperature.

Every line that is written because of an update, a tick or a message says so (`cause`), so that one id is found from the
update in to the outcome of the last message that it caused.
"""

import logging
import re
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.tracebacks import put_frames
from models.cause import cause

_TOKENS = re.compile(r"\d{5,}:[\w-]{10,}|(?<!\d)1[3-9]\d{9}(?!\d)")
"""A bot's token, a mobile number: no line should have one, and none of them leaves."""


def set_up_logs(level: str = "INFO", *, as_json: bool = False, to: TextIO | None = None) -> None:
    """Writes logs of at least this level to standard error: our own, and those of libraries from WARNING on."""
    stream = to or sys.stderr
    number = logging.getLevelNamesMapping()[level]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _say_why,
            put_frames,
            _strike_out,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    # A tick that finds itself still running is left out on purpose: no warning.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    root = logging.getLogger()
    root.setLevel(max(number, logging.WARNING))
    for handler in [one for one in root.handlers if isinstance(one, _Wordless)]:
        root.removeHandler(handler)
    root.addHandler(_Wordless())
    logging.captureWarnings(True)


class _Wordless(logging.Handler):
    """What libraries log: which, where and what kind of error. Their words quote addresses, tokens and messages."""

    def emit(self, record: logging.LogRecord) -> None:
        place = f"{record.module}:{record.lineno}"
        told = structlog.get_logger().bind(library=record.name, place=place)
        told.log(record.levelno, "a library says something", exc_info=record.exc_info)


def _say_why(_logger: Any, _method: str, event: EventDict) -> EventDict:
    why = cause()
    if why is not None:
        event.setdefault("cause", why)
    return event


def _strike_out(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _TOKENS.sub("…", value)
    return event
