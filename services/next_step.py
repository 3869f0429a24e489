"""The next step of an alarm that is one of many: where its chain goes, and what is written down about that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rules.escalation import Event
from rules.ladder import NOBODY_LEFT_RETRY, climb_on
from rules.turns import HAD_THEIR_TURN, had_their_turn, patience
from services.chain import Standing

Happened = tuple[Event, int | None, Mapping[str, Any]]
"""An event, the person it is about, its detail."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where a chain goes on: -1 when nobody can be told. `services.escalations.advance` is the same for one alarm."""

    step: int
    next_at: datetime
    happened: Sequence[Happened]
    tell: tuple[int, ...]
    passed: list[list[Any]]
    """Who was not waited for, with the reason: whoever is told hears why it came to them."""
    operators: bool
    """Whether the operators are to hear of it: everybody has been told, or nobody can be."""

    @classmethod
    def after(
        cls, step: int, chain: Sequence[Mapping[str, Any]], around: Standing, now: datetime, starts: datetime
    ) -> "NextStep":
        """The one after `step` (-1: the first) of a snapshot; nobody is told before `starts`."""
        candidates = around.candidates(chain)
        found, came_round = climb_on(candidates, step)
        happened: list[Happened] = [
            (Event.PASSED_OVER, one.person_id, {"step": one.step, "why": one.why.value}) for one in found.passed
        ]
        passed = [[one.person_id, one.why.value] for one in found.passed if one.person_id is not None]
        if found.step is None:
            happened.append((Event.NOBODY_LEFT, None, {}))
            return cls(-1, now + NOBODY_LEFT_RETRY, happened, (), passed, operators=True)
        happened += [(Event.TOLD, person, {"step": found.step}) for person in found.tell]
        before = -1 if came_round else step
        told_before = had_their_turn(chain, before, found.step)
        passed += [[one, HAD_THEIR_TURN] for one in told_before if one not in {person for person, _ in passed}]
        next_at = starts + patience(chain, before, found.step)
        return cls(found.step, next_at, happened, found.tell, passed, operators=came_round)

    def told_at(self, starts: datetime, told_at: datetime) -> "NextStep":
        """The same where nobody is told before `told_at`, though they might have been at `starts`."""
        return self if told_at == starts else replace(self, next_at=self.next_at + (told_at - starts))
