"""HTTP calls of a messenger: which paths it may call, what it says, what it is answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP call of a messenger; header names in lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What it is answered with."""

    status: int = 200
    body: bytes = b""
    mime: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """A path at which a messenger calls us; a body longer than `longest_body` bytes is refused unread."""

    path: str
    methods: tuple[str, ...]
    longest_body: int
    answer: Callable[[Call], Awaitable[Answer]]
