"""How the people of the demo answer the bot."""

from enum import StrEnum


class Manner(StrEnum):
    """How somebody answers the bot."""

    IN_TIME = "in_time"
    LATE = "late"
    CLUMSY = "clumsy"
    """Sends a mistake first."""
    FEVER = "fever"
    SILENT = "silent"
    BLOCKED = "blocked"
    LISTENS = "listens"
    """Somebody else of the family answers."""
    WORKER = "worker"
    RELIEF = "relief"
    """The second worker of a grid: helps when the first has not taken it."""
    HEAD = "head"
    OFFICIAL = "official"
