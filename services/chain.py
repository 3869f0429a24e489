"""The chain of an area: whom an alarm climbs to, and who of them can be told now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment
from rules.ladder import Candidate, Severity, Step, WhyNot
from rules.roles import LEVEL_OF_ROLE, Role
from services.accounts import people_with_accounts, reachable_accounts
from services.areas import line_above
from services.policy import policy_at
from services.staff import holders, in_force


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can be told, and on which account."""

    candidates: tuple[tuple[Candidate, ...], ...]
    accounts: dict[int, Account]


def snapshot(session: Session, now: datetime, grid_id: int, severity: Severity) -> list[dict[str, Any]]:
    """The ladder of a grid with the people on it, lowest step first; later changes do not touch an open alarm."""
    line = line_above(session, grid_id)
    return [
        {
            "role": step.role.value,
            "minutes": step.patience.total_seconds() / 60,
            "people": [one.person_id for one in _holders(session, now, step, line)],
        }
        for step in policy_at(session, grid_id).ladders[severity]
    ]


def _holders(session: Session, now: datetime, step: Step, line: Sequence[Any]) -> list[Appointment]:
    level = LEVEL_OF_ROLE[step.role]
    return holders(session, now, step.role, [area.id for area in line if area.level is level])


def reach(session: Session, now: datetime, chain: Sequence[dict[str, Any]]) -> Reach:
    """Who of a snapshot can be told at `now`: on duty, joined, and not lost (invariant 7)."""
    everybody = {person for step in chain for person in step["people"]}
    on_duty = {
        (person, role)
        for person, role in session.execute(
            select(Appointment.person_id, Appointment.role).where(
                Appointment.person_id.in_(everybody), Appointment.on_duty, in_force(now)
            )
        )
    }
    accounts = reachable_accounts(session, everybody)
    joined = people_with_accounts(session, everybody)

    def why_not(person: int, role: Role) -> WhyNot | None:
        if (person, role) not in on_duty:
            return WhyNot.OFF_DUTY
        if person not in joined:
            return WhyNot.NO_ACCOUNT
        return None if person in accounts else WhyNot.UNREACHABLE

    candidates = tuple(
        tuple(Candidate(person, why_not(person, Role(step["role"]))) for person in step["people"]) for step in chain
    )
    return Reach(candidates, accounts)
