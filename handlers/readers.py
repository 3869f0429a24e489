"""Who is told what they can do, by what is theirs to do."""

from enum import StrEnum

from handlers.homes import homes_in_quarantine
from handlers.turn import Turn
from rules.roles import NOTICE_ROLES
from services.phones import households_of
from services.staff import appointments, gates


class Reader(StrEnum):
    """Who is told what they can do, by what is theirs to do."""

    STRANGER = "stranger"
    ASKED = "asked"
    """Somebody of a household that is asked for temperatures, whatever else they are."""
    HEAD = "head"
    WORKER = "worker"
    GATE = "gate"
    RESIDENT = "resident"
    HELPER = "helper"

    @property
    def works_here(self) -> bool:
        """Whether the work has a menu of its own."""
        return self in {Reader.HEAD, Reader.WORKER, Reader.GATE}


def reader_of(turn: Turn) -> Reader:
    """Who it is that was not understood."""
    if turn.person is None:
        return Reader.STRANGER
    if homes_in_quarantine(turn):
        return Reader.ASKED
    if work := works_as(turn):
        return work
    return Reader.RESIDENT if households_of(turn.session, turn.account) else Reader.HELPER


def works_as(turn: Turn) -> Reader | None:
    """Whose work somebody has here that has a menu of its own; None: no such work."""
    if turn.person is None:
        return None
    if held := appointments(turn.session, turn.now, turn.person.id):
        return Reader.HEAD if any(one.role in NOTICE_ROLES for one, _ in held) else Reader.WORKER
    return Reader.GATE if gates(turn.session, turn.now, turn.person.id) else None
