"""Logs: for people on a terminal, as JSON for machines; never a name, a phone, a token or a temperature."""

import logging
import sys

import structlog


def set_up_logs(level: str = "INFO", *, as_json: bool = False) -> None:
    """Writes logs of at least this level to standard error."""
    number = logging.getLevelNamesMapping()[level]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries log through the standard library, and some put the address with the token in it into their words.
    # A tick that finds itself still running is left out on purpose: no warning.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s")
