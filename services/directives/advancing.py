"""The tick: whatever is due at a node happens there, some hundred nodes in one transaction, by few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Area, Directive, DirectiveEvent, DirectiveStep
from models.statements import insert_rows
from rules.directives import Cell, Deadline, Event, Hears, Step, cell, deadline, due_event
from rules.ladder import WhyNot
from rules.policy import Policy
from services.changes import bring_all_up_to_date
from services.directives.answering import Answerer, answering
from services.directives.lower import go_below
from services.directives.reporting import report
from services.directives.steps import ABOUT, show_above, tell
from services.policy import policies_at

AT_ONCE = 300
"""Nodes in one transaction."""


@dataclass
class Due:
    """A step that is due, as it was, and what becomes of it."""

    was: Any
    """The row of the step."""
    area: Area
    directive: Directive
    policy: Policy
    people: Sequence[Answerer]
    event: Event | None = None
    to: Answerer | None = None
    passed: list[tuple[int, WhyNot]] = field(default_factory=list)
    """Whom it did not wait for, and why."""

    def sleeps(self, now: datetime) -> bool:
        """Whether it is night there, and nothing urgent."""
        return not self.directive.urgent and self.policy.awake(now) > now

    def decide(self, now: datetime) -> None:
        """What happens, to whom, and who is passed over."""
        fresh = [one for one in self.people if one.person_id not in self.was.told]
        self.to = next((one for one in fresh if one.why_not is None), None)
        held = next((one for one in self.people if one.person_id == self.was.person_id), None)
        able = held is not None and held.why_not is None and self.was.account_id is not None
        self.event = due_event(self.was.state, now, self.until, able=able, another=self.to is not None)
        if self.event in {Event.TOLD, Event.DEPUTY, Event.NOBODY}:
            last = fresh.index(self.to) if self.to else len(fresh)
            self.passed = [(one.person_id, one.why_not) for one in fresh[:last] if one.why_not]
            if held is not None:
                self.passed.append((held.person_id, held.why_not or (WhyNot.SILENT if able else WhyNot.UNREACHABLE)))

    @property
    def until(self) -> Deadline | None:
        """Its deadline; None while nobody was told."""
        if self.was.starts_at is None:
            return None
        return self._deadline(self.was.starts_at)

    def _deadline(self, start: datetime) -> Deadline:
        return deadline(start, self.directive.minutes, self.policy, urgent=self.directive.urgent)

    @property
    def cell(self) -> Cell | None:
        """What the table makes of it."""
        return cell(self.was.state, self.event) if self.event else None

    def becomes(self, now: datetime) -> dict[str, Any]:
        """The new values of the step; all steps have the same columns, so that one statement writes them."""
        was, found = self.was, self.cell
        start = was.starts_at or now
        until = self._deadline(start)
        row = {name: getattr(was, name) for name in _CHANGED} | {
            "id": was.id,
            "starts_at": start,
            "ends_at": until.ends_at,
        }
        if found is None:
            return row | {"next_at": until.after(now)}
        row |= {"state": found.then, "next_at": until.of(found.time, was.next_at)}
        if self.to is not None and self.event in {Event.TOLD, Event.DEPUTY}:
            row |= {"person_id": self.to.person_id, "account_id": self.to.account_id}
            row["told"] = [*was.told, self.to.person_id]
        if found.hears is Hears.THEY:
            row["tells"] = was.tells + 1
        if found.goes_on:
            row |= {"passed_at": now, "next_at": None}
        return row

    def events(self, now: datetime) -> list[dict[str, Any]]:
        """What is put down."""
        rows = [_event(self.was.id, Event.PASSED_OVER, now, person, why=why.value) for person, why in self.passed]
        person = self.to.person_id if self.to and self.event in {Event.TOLD, Event.DEPUTY} else self.was.person_id
        return [*rows, _event(self.was.id, self.event, now, person)] if self.event else rows


_CHANGED = ("state", "person_id", "account_id", "told", "tells", "starts_at", "ends_at", "next_at", "passed_at")
_AGAIN = frozenset({Event.REMINDED, Event.ALONE})


def _event(step: int, event: Event, now: datetime, person: int | None, **detail: str) -> dict[str, Any]:
    return {"step_id": step, "event": event, "at": now, "person_id": person, "detail": detail}


def go_on(session: Session, now: datetime) -> dict[str, int]:
    """The tick: tells, reminds, passes over, goes on below and reports, whatever is due."""
    due = _due(session, now)
    if not due:
        return {"directives": 0, "held": 0, "below": 0, "left": 0}
    held = [one for one in due if one.sleeps(now)]
    _hold(session, now, held)
    awake = [one for one in due if not one.sleeps(now)]
    made = _happen(session, now, awake)
    return {"directives": len(awake), "held": len(held), "below": made, "left": int(len(due) == AT_ONCE or made > 0)}


def _due(session: Session, now: datetime) -> list[Due]:
    rows = session.execute(
        select(*DirectiveStep.__table__.c, Area, Directive)
        .select_from(DirectiveStep)
        .join(Area, Area.id == DirectiveStep.area_id)
        .join(Directive, Directive.id == DirectiveStep.directive_id)
        .where(DirectiveStep.next_at <= now)
        .order_by(DirectiveStep.next_at, DirectiveStep.id)
        .limit(AT_ONCE)
    ).all()
    if not rows:
        return []
    policies = policies_at(session, {row.area_id for row in rows})
    people = answering(session, now, {row.Area.id: row.Area.level for row in rows})
    return [Due(row, row.Area, row.Directive, policies[row.area_id], people[row.area_id]) for row in rows]


def _hold(session: Session, now: datetime, held: Sequence[Due]) -> None:
    """Nothing of it happens at night: nobody is told, and nobody's time runs out."""
    _write(session, [{"id": one.was.id, "next_at": one.policy.awake(now)} for one in held])


def _happen(session: Session, now: datetime, due: Sequence[Due]) -> int:
    for one in due:
        one.decide(now)
    _write(session, [one.becomes(now) for one in due])
    insert_rows(session, DirectiveEvent, [row for one in due for row in one.events(now)])
    moved = [one for one in due if one.cell]
    for urgent in (True, False):
        mine = [one for one in moved if one.directive.urgent is urgent]
        hear = [one for one in mine if _hears(one, Hears.THEY)]
        first = [one.was.id for one in hear if one.event not in _AGAIN]
        again = [one.was.id for one in hear if one.event in _AGAIN]
        for template, steps in (("directive", first), ("directive_again", again)):
            if steps:
                tell(session, now, steps, template, now, urgent)
    past = [one for one in moved if _hears(one, Hears.ABOVE)]
    report(session, now, [(one.directive, one.area.path) for one in past])
    goes_on = [one.was.id for one in moved if one.cell and one.cell.goes_on]
    made = go_below(session, now, goes_on) if goes_on else 0
    _show(session, now, moved)
    return made


def _hears(one: Due, whom: Hears) -> bool:
    return one.cell is not None and one.cell.hears is whom


def _show(session: Session, now: datetime, moved: Iterable[Due]) -> None:
    """Its own messages at once; those above soon."""
    fresh = [one for one in moved if one.was.state is not Step.COMING]
    bring_all_up_to_date(session, now, [f"{ABOUT}:{one.was.id}" for one in fresh])
    show_above(session, now, {(one.directive.id, one.area.path) for one in moved})


def _write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(update(DirectiveStep), list(rows), execution_options={"synchronize_session": None})
