"""Households that are silent again: the alarm that is open speaks of the new slot, and may have become graver."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, literal, select, update
from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent
from models.statements import among, given, insert_rows
from rules.escalation import Event, State, alike, graver, ladder_of, move
from rules.holding import reminded_at
from rules.ladder import Severity
from services.changes import bring_all_up_to_date
from services.dossier import handed_each
from services.next_step import NextStep
from services.policy import policies_at
from services.silence import Silence

Chains = Mapping[int, Sequence[Mapping[str, Any]]]
"""By grid."""


@dataclass(frozen=True, slots=True)
class Again:
    """Silences of one kind and slot, beside what is open about these households already."""

    present: Mapping[int, Row[Any]]
    """By household."""
    joining: Sequence[Silence]
    """Those that join an alarm; about the others nothing is open."""
    climbs: Sequence[Silence]
    """Of these, those that make theirs another, graver kind, in nobody's hands: its quicker ladder begins again."""
    held: Sequence[Silence]
    """The same in somebody's hands."""

    @classmethod
    def among(cls, session: Session, silences: Sequence[Silence]) -> "Again":
        """Looks up what is open about these, which are of one kind."""
        columns = (
            *(Escalation.id, Escalation.household_id, Escalation.kind, Escalation.state, Escalation.bundle),
            *(Escalation.step, Escalation.holder_id, Escalation.handed, Escalation.next_at, Escalation.chain),
        )
        rows = session.execute(
            select(*columns).where(
                among(session, Escalation.household_id, [one.household_id for one in silences]),
                Escalation.kind.in_(alike(silences[0].kind)),
                Escalation.state != State.CLOSED,
            )
        )
        present = {one.household_id: one for one in rows}
        joining = [one for one in silences if one.household_id in present]
        changed = [one for one in joining if (kind := present[one.household_id].kind) is not graver(kind, one.kind)]
        climbs = [one for one in changed if present[one.household_id].state is State.OPEN]
        return cls(present, joining, climbs, [one for one in changed if present[one.household_id].state is State.TAKEN])

    def told_before(self, session: Session) -> dict[Silence, list[int]]:
        """Who hears again of what does not begin again: its holder, whoever it was handed to, or was told last."""
        climbs = set(self.climbs)
        between_two = handed_each(session, [row.id for row in self.present.values() if row.handed])
        rest = (one for one in self.joining if one not in climbs)
        return {one: _last_told(self.present[one.household_id], between_two) for one in rest}

    def join(self, session: Session, now: datetime, chains: Chains, openings: Mapping[int, NextStep]) -> None:
        """Writes down that they are silent again, and what has become of the alarms."""
        if not self.joining:
            return
        self._speak_of_the_new_slot(session)
        insert_rows(session, EscalationEvent, list(self._events(now, openings)))
        self._begin_again(session, chains, openings)
        self._hurry(session, now, chains)
        changed = [f"escalation:{self.present[one.household_id].id}" for one in (*self.climbs, *self.held)]
        bring_all_up_to_date(session, now, {*(f"bundle:{one.bundle}" for one in self.joining), *changed})

    def _speak_of_the_new_slot(self, session: Session) -> None:
        columns = Escalation.__table__.c
        state = case(
            *(
                (Escalation.state == one, literal(move(one, Event.WORSENED), columns.state.type))
                for one in (State.OPEN, State.TAKEN)
            )
        )
        rows = [
            {"id": self.present[one.household_id].id, "request_id": one.request_id, "bundle": one.bundle}
            for one in self.joining
        ]
        _write(session, rows, ("request_id", "bundle"), state=state)

    def _events(self, now: datetime, openings: Mapping[int, NextStep]) -> Iterable[dict[str, Any]]:
        climbs = set(self.climbs)
        for one in self.joining:
            happened = openings[one.grid_id].happened if one in climbs else ()
            for event, person, detail in [(Event.WORSENED, None, one.detail), *happened]:
                number = self.present[one.household_id].id
                yield {"escalation_id": number, "event": event, "at": now, "person_id": person, "detail": detail}

    def _begin_again(self, session: Session, chains: Chains, openings: Mapping[int, NextStep]) -> None:
        rows = [
            {
                "id": self.present[one.household_id].id,
                "kind": one.kind,
                "chain": chains[one.grid_id],
                "step": openings[one.grid_id].step,
                "next_at": openings[one.grid_id].next_at,
            }
            for one in self.climbs
        ]
        _write(session, rows, ("kind", "chain", "step", "next_at"), handed=False)

    def _hurry(self, session: Session, now: datetime, chains: Chains) -> None:
        """Whoever has one in hand keeps it, and no longer than the graver kind may rest."""
        policies = policies_at(session, {one.grid_id for one in self.held}) if self.held else {}
        rows = []
        for one in self.held:
            ladder = ladder_of(one.kind, Severity.ROUTINE)
            lapses_at = _lapses_at(self.present[one.household_id], now, policies[one.grid_id].lapses[ladder])
            rows.append(
                {
                    "id": self.present[one.household_id].id,
                    "kind": one.kind,
                    "chain": chains[one.grid_id],
                    "next_at": lapses_at,
                    "remind_at": reminded_at(now, lapses_at),
                }
            )
        _write(session, rows, ("kind", "chain", "next_at", "remind_at"))


def _lapses_at(alarm: Row[Any], now: datetime, lapse: timedelta) -> datetime:
    return min(alarm.next_at or now, now + lapse)


def _write(session: Session, rows: Sequence[Mapping[str, Any]], names: Sequence[str], **also: Any) -> None:
    if not rows:
        return
    to = given(session, Escalation, rows).c
    session.execute(
        update(Escalation)
        .where(Escalation.id == to.id)
        .values(**{name: to[name] for name in names}, **also)
        .execution_options(synchronize_session=False)
    )


def _last_told(alarm: Row[Any], between_two: Mapping[int, tuple[int, int]]) -> list[int]:
    if alarm.step < 0:
        return []
    if alarm.id in between_two:
        return [between_two[alarm.id][1]]
    return [alarm.holder_id] if alarm.holder_id else alarm.chain[alarm.step]["people"]
