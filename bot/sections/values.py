"""What several settings hold: durations, and addresses that paths are put behind."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that are this machine."""
_DURATION = re.compile(r"(\d+)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(value: object) -> timedelta:
    """`90s`, `15m`, `2h`, `1d`."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(str(value).strip())
    if not found:
        raise ValueError("a duration such as 90s, 15m or 2h")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


def durations(value: object) -> tuple[timedelta, ...]:
    """`10m,10m,15m,30m,30m,60m`: one for each step of the ladder."""
    if isinstance(value, tuple):
        return value
    return tuple(duration(part) for part in str(value).split(","))


Duration = Annotated[timedelta, BeforeValidator(duration)]
Ladder = Annotated[tuple[timedelta, ...], NoDecode, BeforeValidator(durations), Field(min_length=6, max_length=6)]


def minutes(*each: int) -> tuple[timedelta, ...]:
    """A ladder in minutes."""
    return tuple(timedelta(minutes=one) for one in each)


def http_address(value: str | None) -> str | None:
    """An address that paths are put behind, without a slash at its end; raises `ValueError` for what is none."""
    if value and urlsplit(value).scheme not in {"https", "http"}:
        raise ValueError("an address such as https://grid.example.org")
    return value.rstrip("/") if value else None
