"""The chain of an area: whom an alarm climbs to, and who of them can be told now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, ShiftTime
from rules.duty import does_not_answer, is_on
from rules.ladder import WITH_OPERATORS, Candidate, Ladder, Step, WhyNot, climb
from rules.nights import both
from rules.places import at_least, with_operators
from rules.policy import Policy
from rules.roles import LEVEL_OF_ROLE, Role
from rules.shifts import Stint
from rules.turns import Turns, in_parts
from services.accounts import Told, people_with_accounts, reachable_accounts
from services.areas import numbers
from services.policy import default_policy, policies_at
from services.shifts import up_to_date
from services.staff import in_force, not_off


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can be told, and on which account."""

    candidates: tuple[tuple[Candidate, ...], ...]
    accounts: Told


def snapshot(session: Session, now: datetime, grid_id: int, ladder: Ladder) -> list[dict[str, Any]]:
    """A ladder of a grid with the people on it, lowest step first; later changes do not touch an open alarm."""
    return snapshots(session, now, [grid_id], ladder)[grid_id]


def snapshots(
    session: Session, now: datetime, grid_ids: Iterable[int], ladder: Ladder
) -> dict[int, list[dict[str, Any]]]:
    """Those of several grids, asked for together."""
    wanted = set(grid_ids)
    paths = dict(session.execute(select(Area.id, Area.path).where(Area.id.in_(wanted))).all())
    lines = {grid: numbers(path) for grid, path in paths.items()}
    above = {one for line in lines.values() for one in line}
    levels = dict(session.execute(select(Area.id, Area.level).where(Area.id.in_(above))).all())
    people: dict[tuple[Role, int], list[int]] = {}
    for person, role, area in session.execute(
        select(Appointment.person_id, Appointment.role, Appointment.area_id)
        .where(Appointment.area_id.in_(above), in_force(now))
        .order_by(Appointment.id)
    ):
        people.setdefault((role, area), []).append(person)
    policies = policies_at(session, wanted)

    def holders(step: Step, line: Sequence[int]) -> list[int]:
        at = [(role, area) for role in roles_of(step) for area in line if levels[area] is LEVEL_OF_ROLE[role]]
        return list(dict.fromkeys(person for key in at for person in people.get(key, ())))

    def told(grid: int, steps: Sequence[Step]) -> list[dict[str, Any]]:
        rungs = at_least(steps, levels[grid])
        found = [one for step in rungs for one in _told(step, holders(step, lines[grid]), policies[grid], now)]
        if ladder not in WITH_OPERATORS:
            return found
        return with_operators(found, [one for area in lines[grid] for one in people.get((Role.OPERATOR, area), ())])

    return {
        grid: both(told(grid, policies[grid].ladders[ladder]), told(grid, policies[grid].nights.get(ladder, ())))
        for grid in wanted
    }


def roles_of(step: Step) -> tuple[Role, ...]:
    """Everybody who is told at a step of a ladder."""
    return (step.role, *step.beside)


def _told(step: Step, people: Sequence[int], policy: Policy, now: datetime) -> list[dict[str, Any]]:
    """A step with its people, as often as they are told before the chain goes up; a part each where they take turns."""
    turns = policy.turns if step.role is Role.GRID_WORKER and not step.beside else Turns.SHARE
    parts = []
    for at, (patience, told, waiting) in enumerate(in_parts(people, turns, now, policy.timezone, step.patience)):
        one: dict[str, Any] = {
            "role": step.role.value,
            "minutes": patience.total_seconds() / 60,
            "people": list(told),
        }
        if step.beside:
            one["beside"] = [role.value for role in step.beside]
        if turns is not Turns.SHARE and len(people) > 1:
            one |= {"turn": at, "waiting": list(waiting)}
        parts.append(one)
    return parts * (step.times if people else 1)


def people_on(chains: Iterable[Sequence[Mapping[str, Any]]]) -> set[int]:
    """Everybody on any of these snapshots."""
    return {person for chain in chains for step in chain for person in step["people"]}


@dataclass(frozen=True, slots=True)
class Standing:
    """Of some people: who is on duty in which role, who has joined, and who can be told on which account."""

    on_duty: set[tuple[int, Role]]
    joined: set[int]
    accounts: Told
    stand_ins: Mapping[tuple[int, Role], Sequence[int]] = field(default_factory=dict)
    """Who stands in for somebody in a role."""
    silent: Collection[int] = ()
    """Who did not answer the last alerts."""

    def candidates(self, chain: Sequence[Mapping[str, Any]]) -> tuple[tuple[Candidate, ...], ...]:
        """The people of a snapshot and who stands in for them, step by step, and why they cannot be told."""
        return tuple(
            (
                *(Candidate(person, self.why_not(person, *roles)) for person in self._people(step["people"], roles)),
                *self._waiting(step.get("waiting", ()), roles),
            )
            for step, roles in ((step, _roles(step)) for step in chain)
        )

    def _waiting(self, people: Sequence[int], roles: Sequence[Role]) -> Iterable[Candidate]:
        """Those whose turn comes later; who cannot be told is found out then."""
        return (Candidate(one, WhyNot.NOT_THEIR_TURN) for one in people if self.why_not(one, *roles) is None)

    def _people(self, people: Sequence[int], roles: Sequence[Role]) -> Iterable[int]:
        if not self.stand_ins:
            return people
        instead = [one for person in people for role in roles for one in self.stand_ins.get((person, role), ())]
        return dict.fromkeys((*people, *instead))

    def why_not(self, person: int, *roles: Role) -> WhyNot | None:
        """Why somebody cannot be told in any of these roles; None: they can."""
        if not any((person, role) in self.on_duty for role in roles):
            return WhyNot.OFF_DUTY
        if person not in self.joined:
            return WhyNot.NO_ACCOUNT
        if person not in self.accounts:
            return WhyNot.UNREACHABLE
        return WhyNot.SILENT if person in self.silent else None


def _roles(step: Mapping[str, Any]) -> tuple[Role, ...]:
    return (Role(step["role"]), *map(Role, step.get("beside", ())))


def standing(session: Session, now: datetime, people: set[int]) -> Standing:
    """How these people stand at `now`."""
    # Whoever stands in anywhere is looked at: there are few, and the list of people is not given twice.
    # Their time on duty comes along: a house without a roster asks no more than this.
    held = session.execute(
        select(
            Appointment.person_id,
            Appointment.role,
            Appointment.stands_for,
            Appointment.on_until,
            ShiftTime.starts_at,
            ShiftTime.ends_at,
        )
        .outerjoin(ShiftTime, ShiftTime.person_id == Appointment.person_id)
        .where(or_(Appointment.person_id.in_(people), Appointment.stands_for.is_not(None)), not_off(now), in_force(now))
    ).all()
    on = _on_shift(session, now, held)
    stand_ins: dict[tuple[int, Role], list[int]] = {}
    for one in on:
        if one.stands_for in people:
            stand_ins.setdefault((one.stands_for, one.role), []).append(one.person_id)
    around = people.union(*stand_ins.values())
    on_duty = {(one.person_id, one.role) for one in on}
    accounts = reachable_accounts(session, around)
    limit = default_policy(session).unanswered
    silent = {
        person for person, one in accounts.items() if does_not_answer(one.unanswered, one.unanswered_at, now, limit)
    }
    return Standing(on_duty, people_with_accounts(session, around), accounts, stand_ins, silent)


def _on_shift(session: Session, now: datetime, held: Iterable[Any]) -> list[Any]:
    """Those of these posts in which somebody is on duty by the roster, or is not on it."""
    kept = {one.person_id: Stint(one.starts_at, one.ends_at) for one in held if one.ends_at is not None}
    known = up_to_date(session, now, kept)
    return [
        one
        for one in held
        if is_on(True, None, now, one.on_until, None if one.stands_for else known.get(one.person_id))
    ]


def reach(session: Session, now: datetime, chain: Sequence[dict[str, Any]]) -> Reach:
    """Who of a snapshot can be told at `now`: on duty, joined, and not lost (invariant 7)."""
    around = standing(session, now, people_on([chain]))
    return Reach(around.candidates(chain), around.accounts)


def first_told(session: Session, now: datetime, grid_id: int) -> list[Account]:
    """The accounts of whoever an ordinary alarm of a grid would be told first at `now`."""
    around = reach(session, now, snapshot(session, now, grid_id, Ladder.ORDINARY))
    return [around.accounts[person] for person in climb(around.candidates, -1).tell]
