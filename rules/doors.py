"""The door-knock list (上门): in which order doors stand, and what a worker finds when nobody can be measured."""

import re
from enum import StrEnum

_RUNS = re.compile(r"\d+|\D+")


class Found(StrEnum):
    """What a worker finds at a door in place of temperatures."""

    NOT_AT_HOME = "not_at_home"
    REFUSED = "refused"
    IN_HOSPITAL = "in_hospital"
    AT_THE_GATE = "at_the_gate"
    ON_LEAVE = "on_leave"


EXCUSING = frozenset({Found.IN_HOSPITAL, Found.AT_THE_GATE, Found.ON_LEAVE})
"""Nobody has to report then: in hospital, measured at the gate already, away with permission."""


def in_order(address: str) -> tuple[tuple[int, str], ...]:
    """What addresses are sorted by, so that 10号 stands behind 9号."""
    return tuple((int(run), "") if run.isdecimal() else (0, run) for run in _RUNS.findall(address))
