"""What holds in the life of every alarm, asked of the records and of the phones; each answers with what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Escalation, EscalationEvent, OutboxMessage, RejectedUpdate
from rules.auditing import fault
from rules.escalation import Event, State, ladder_of, move
from rules.ladder import NOBODY_LEFT_RETRY, Severity
from rules.mail import MailState
from rules.snoozing import GRACE
from rules.storms import HOUR
from services.dossier import escalations_about
from services.policy import policy_at
from tests.invariants.watched import Watched

SOON = timedelta(minutes=2)
"""Of what came due while messages left, at one a second in a chat, the next tick takes care."""


def history_follows_the_table(_days: Watched, session: Session) -> Iterator[str]:
    """Invariant 6: what was written down about an alarm leads through the table to where it stands."""
    states: dict[int, State] = {}
    for one in session.scalars(select(EscalationEvent).order_by(EscalationEvent.id)):
        before = states.get(one.escalation_id)
        if (before is None) is not (one.event is Event.OPENED):
            yield f"alarm {one.escalation_id}: {one.event} after {before}"
        states[one.escalation_id] = State.OPEN if before is None else move(before, one.event)
    for alarm in session.scalars(select(Escalation)):
        if states.get(alarm.id) is not alarm.state:
            yield f"alarm {alarm.id}: {alarm.state}, and by its events {states.get(alarm.id)}"


def nobody_has_it_for_ever(days: Watched, session: Session) -> Iterator[str]:
    """Invariant 6: whoever holds one loses it in time, and whoever was told has no longer than their step says."""
    for one in session.scalars(select(Escalation).where(Escalation.state != State.CLOSED)):
        policy = policy_at(session, one.grid_id)
        routine = one.severity is Severity.ROUTINE
        starts = policy.awake(days.now) if routine else days.now
        latest = starts + policy.lapses[ladder_of(one.kind, one.severity)]
        if one.state is State.TAKEN and routine:
            latest = max(latest, policy.awake(days.now + policy.snooze_for) + GRACE)
        elif one.state is State.OPEN:
            patience = timedelta(minutes=one.chain[one.step]["minutes"]) if one.step >= 0 else NOBODY_LEFT_RETRY
            latest = starts + patience + (HOUR if routine else timedelta())  # when their hour was full
        if one.next_at is None or one.next_at > latest:
            yield f"alarm {one.id} ({one.severity}, {one.state}, step {one.step}): next {one.next_at}, not {latest}"


def nothing_is_late(days: Watched, session: Session) -> Iterator[str]:
    """Invariant 6: when the ticks have run, every time that has come has been seen to."""
    for one in session.scalars(select(Escalation).where(Escalation.state != State.CLOSED)):
        wrong = fault(one.state, one.holder_id, one.next_at, days.now)
        if wrong or (one.next_at and one.next_at <= days.now - SOON):
            yield f"alarm {one.id}: {wrong}, {one.state}, next {one.next_at}"


def nothing_fails(_days: Watched, session: Session) -> Iterator[str]:
    """Whatever anybody presses or types is understood or refused in words; every letter can be written."""
    for update in session.scalars(select(RejectedUpdate)):
        yield f"update {update.update_id} {update.content}: {update.error}"
    for message in session.scalars(select(OutboxMessage).where(OutboxMessage.state == MailState.REJECTED)):
        yield f"message {message.id} ({message.template}): {message.error}"


def phones_say_what_is_true(days: Watched, session: Session) -> Iterator[str]:
    """Nothing that can no longer be done about an alarm is offered on a phone that was reachable all the time."""
    for account in session.scalars(select(Account).where(Account.address.in_(days.never_lost))):
        for shown in days.phones.get(account.address, {}).values():
            for key in shown.keys:
                yield from _untrue(session, account, key)


def _untrue(session: Session, account: Account, key: str) -> Iterator[str]:
    verb, _, rest = key.partition(":")
    if verb in _OFFERED:
        about = ("bundle", rest) if verb == "takeall" else ("escalation", rest.partition(":")[0])
        alarms = escalations_about(session, *about)
        if not any(_OFFERED[verb](one, account.person_id) for one in alarms):
            states = [(one.id, one.state.value, one.holder_id) for one in alarms]
            yield f"{account.address} ({account.person_id}) still sees {key}: {states}"


def _is_open(one: Escalation, _reader: int | None) -> bool:
    return one.state is State.OPEN


def _holds(one: Escalation, reader: int | None) -> bool:
    return one.state is State.TAKEN and one.holder_id == reader


_OFFERED: dict[str, Callable[[Escalation, int | None], bool]] = {
    "take": _is_open,
    "takeall": _is_open,
    "pass": lambda one, reader: _is_open(one, reader) or _holds(one, reader),
    "visit": _holds,
    "end": _holds,
    "more": _holds,
}
"""By the kind of a button: when it may be offered."""

ALWAYS = (history_follows_the_table, nobody_has_it_for_ever, nothing_fails)
WHEN_QUIET = (nothing_is_late, phones_say_what_is_true)
