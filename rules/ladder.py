"""The chain: who is told, how long they have, and who is passed over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from rules.roles import Role


class Severity(StrEnum):
    """How urgent an escalation is."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"


class Ladder(StrEnum):
    """What a matter climbs by; an area may choose each but the last."""

    EMERGENCY = "emergency"
    ABNORMAL = "abnormal"
    LOW = "low"
    UNREACHABLE = "unreachable"
    MISSED = "missed"
    REPEATED = "repeated"
    BREACH = "breach"
    CLUSTER = "cluster"
    NO_ONE_ON_DUTY = "no_one_on_duty"
    DELIVERY_TROUBLE = "delivery_trouble"
    ORDINARY = "ordinary"
    """What is no alarm: whoever is asked to decide something."""


AT_NIGHT = frozenset({Ladder.EMERGENCY, Ladder.ABNORMAL, Ladder.CLUSTER, Ladder.DELIVERY_TROUBLE})
"""By these somebody is told at night too (invariant 10): they may have other steps then."""

WITH_OPERATORS = frozenset({Ladder.DELIVERY_TROUBLE})
"""Of these whoever runs the house is told together with the first who can be, whatever an area chooses."""


class WhyNot(StrEnum):
    """Why somebody of the chain cannot be told."""

    OFF_DUTY = "off_duty"
    NO_ACCOUNT = "no_account"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    """The last alerts were not answered: passed over while there is anybody else further up."""
    NOT_THEIR_TURN = "not_their_turn"
    """A colleague of the same role is told first."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Step:
    """Who is told next, and how long they have before the chain goes on."""

    role: Role
    patience: timedelta
    times: int = 1
    """How often they are told, each time with the whole patience, before the chain goes up."""
    beside: tuple[Role, ...] = ()
    """Who is told at the same time."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who holds a step's role, and why they cannot be told (None: they can)."""

    person_id: int
    why_not: WhyNot | None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody, or a whole empty step (person None), that the chain did not wait for."""

    step: int
    person_id: int | None
    why: WhyNot


@dataclass(frozen=True, slots=True)
class Climb:
    """Where the chain goes: the step (None: nobody is left), whom to tell, and who was passed over."""

    step: int | None
    tell: tuple[int, ...]
    passed: tuple[PassedOver, ...]


def climb(candidates: Sequence[Sequence[Candidate]], after: int) -> Climb:
    """The first step beyond `after` (-1: from the start) with somebody who can be told.

    `candidates` holds the people of each step. Everybody who can be told at that step is told; everybody who cannot,
    there and on the steps skipped, is recorded with the reason. Whoever only does not answer is told all the same when
    there is nobody else beyond `after`: an alarm always gets to the top, and is not told to one person for ever.
    """
    found = _climb(candidates, after)
    if found.step is None:
        found = _climb([[_tried_again(one) for one in people] for people in candidates], after)
    return found


def _tried_again(one: Candidate) -> Candidate:
    return Candidate(one.person_id, None) if one.why_not is WhyNot.SILENT else one


def _climb(candidates: Sequence[Sequence[Candidate]], after: int) -> Climb:
    passed: list[PassedOver] = []
    for step in range(after + 1, len(candidates)):
        people = candidates[step]
        # Whoever is to be told several times before the chain goes up is passed over once.
        known = {(one.person_id, one.why) for one in passed}
        passed += [
            PassedOver(step, one.person_id, one.why_not)
            for one in people
            if one.why_not and (one.person_id, one.why_not) not in known
        ]
        if not people:
            passed.append(PassedOver(step, None, WhyNot.NOBODY))
        tell = tuple(one.person_id for one in people if one.why_not is None)
        if tell:
            return Climb(step, tell, tuple(one for one in passed if not _has_come(one, tell)))
    return Climb(None, (), tuple(passed))


def _has_come(one: PassedOver, tell: Collection[int]) -> bool:
    """Whether the turn of somebody came after all, because nobody before them could be told."""
    return one.why is WhyNot.NOT_THEIR_TURN and one.person_id in tell


def climb_on(candidates: Sequence[Sequence[Candidate]], after: int) -> tuple[Climb, bool]:
    """Like `climb`, and from the start again beyond the last step; also whether it came round so."""
    found = climb(candidates, after)
    if found.step is not None or after < 0:
        return found, False
    return climb(candidates, -1), True


LINE = (Role.GRID_WORKER, Role.GRID_HEAD, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY)
"""Everybody whom an alarm can climb to, lowest first."""


def _ladder(*minutes: int) -> tuple[Step, ...]:
    """For the uppermost of the line: six minutes begin at the worker, four at the community."""
    return tuple(Step(role, timedelta(minutes=m)) for role, m in zip(LINE[-len(minutes) :], minutes, strict=True))


_ROUTINE = _ladder(60, 120, 240, 480, 480, 720)

LADDERS: dict[Ladder, tuple[Step, ...]] = {
    Ladder.EMERGENCY: _ladder(3, 5, 5, 10, 10, 15),
    Ladder.ABNORMAL: _ladder(10, 10, 15, 30, 30, 60),
    Ladder.LOW: _ROUTINE,
    Ladder.UNREACHABLE: _ROUTINE,
    Ladder.MISSED: _ROUTINE,
    Ladder.REPEATED: _ladder(30, 60, 120, 240, 240, 480),
    Ladder.BREACH: _ladder(15, 20, 30, 60, 60, 120),
    Ladder.CLUSTER: (
        Step(Role.GRID_HEAD, timedelta(minutes=15), beside=(Role.COMMUNITY,)),
        *_ladder(30, 30, 60),
    ),
    Ladder.NO_ONE_ON_DUTY: _ladder(240, 480, 480, 720),
    Ladder.DELIVERY_TROUBLE: _ladder(30, 60, 60, 120),
    Ladder.ORDINARY: _ROUTINE,
}
"""Minutes of patience from the grid worker up to the city; after the city the chain begins again.

The workers hear of every fever of a cluster anyway: the cluster itself begins at those who answer for the place. That
nobody is on duty begins above those who are not, and what does not arrive begins at whoever answers for the round.
"""

NOBODY_LEFT_RETRY = timedelta(minutes=10)
"""When nobody on the whole chain could be told: how soon it is tried again."""
