"""The story of one alarm, moment by moment: what happened, who did it, what was sent and measured (经过)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models import Account, Escalation, EscalationEvent, OutboxMessage, Person, TemperatureReading
from rules.escalation import Event
from rules.mail import MailState
from services.dates import day_in
from services.dossier import events_of, subjects_of
from services.policy import policy_at
from services.words import Value, Words

_TELLING = ("alert", "digest")
_LOST = frozenset({MailState.UNREACHABLE, MailState.REJECTED, MailState.DEAD, MailState.MOVED})


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the story, in the reader's language."""

    at: datetime
    who: str
    """By name and place; "" for what nobody did."""
    said: str


class Timeline:
    """Tells the story of one alarm to somebody who may touch it: names, never a telephone number."""

    def __init__(self, session: Session, words: Words, escalation: Escalation) -> None:
        self._session, self._words, self._alarm = session, words, escalation
        self._zone = policy_at(session, escalation.grid_id).timezone
        self._places = {person: str(step["role"]) for step in escalation.chain for person in step["people"]}

    def moments(self) -> list[Moment]:
        """From its opening on; what happened at one instant as it was written down."""
        every = [*self._events(), *self._messages(), *self._values()]
        return sorted(every, key=lambda one: one.at)

    def _events(self) -> Iterator[Moment]:
        for one in events_of(self._session, self._alarm.id):
            if one.event is not Event.READING:  # told with its value
                key, args = _SAID.get(one.event, _other)(self, one)
                yield Moment(one.at, self._who(one.person_id), self._text(key, **args))

    def _messages(self) -> Iterator[Moment]:
        """What was sent to whom, as far as the messenger says; it does not say what was read."""
        rows = self._session.execute(
            select(OutboxMessage, Account.person_id)
            .join(Account, Account.id == OutboxMessage.account_id)
            .where(
                OutboxMessage.about.in_(subjects_of(self._alarm)),
                OutboxMessage.template.in_(_TELLING),
                OutboxMessage.edits_id.is_(None),
                OutboxMessage.created_at >= self._alarm.opened_at,
                OutboxMessage.state != MailState.DROPPED,
            )
            .order_by(OutboxMessage.id)
        )
        for one, person in rows:
            if self._alarm.closed_at is None or one.created_at <= self._alarm.closed_at:
                yield self._message(one, person)

    def _message(self, one: OutboxMessage, person: int | None) -> Moment:
        who = self._who(person)
        if one.state is MailState.SENT:
            return Moment(one.sent_at or one.due_at, who, self._text("history-sent"))
        key = "history-not-sent" if one.state in _LOST else "history-waits"
        return Moment(max(one.due_at, one.created_at), who, self._text(key))

    def _values(self) -> Iterator[Moment]:
        reporter = aliased(Person)
        rows = self._session.execute(
            select(TemperatureReading, Person.name, reporter.name)
            .join(Person, Person.id == TemperatureReading.person_id)
            .outerjoin(reporter, reporter.id == TemperatureReading.reporter_id)
            .where(TemperatureReading.escalation_id == self._alarm.id)
            .order_by(TemperatureReading.id)
        )
        for one, name, by in rows:
            key = "history-measured" if one.superseded_by is None else "history-measured-before"
            yield Moment(one.at, name, self._text(key, celsius=f"{one.celsius:.1f}", by=by or ""))

    def _who(self, person: int | None) -> str:
        if person is None:
            return ""
        name = self._session.get_one(Person, person).name
        place = self._places.get(person)
        return self._text("history-who", name=name, role=self._role(place)) if place else name

    def _role(self, role: str) -> str:
        return self._text(f"role-{role.replace('_', '-')}")

    def _text(self, key: str, **args: Value) -> str:
        return self._words.text(key, args)

    def _clock(self, written: str) -> str:
        return said_at(self._words, self._zone, datetime.fromisoformat(written))

    def opened(self, one: EscalationEvent, key: str, with_value: str) -> "_Said":
        """With the temperature that it is about, where there is one."""
        celsius = one.detail.get("celsius")
        return (key, {}) if celsius is None else (with_value, {"celsius": f"{float(celsius):.1f}"})

    def passed(self, one: EscalationEvent) -> "_Said":
        """Why the chain did not wait for somebody."""
        return "history-passed-over", {"why": self._text(f"passed-{one.detail['why'].replace('_', '-')}")}

    def ended(self, one: EscalationEvent, key: str) -> "_Said":
        """With the outcome."""
        known = one.detail.get("outcome")
        return key, {"outcome": self._text(f"outcome-{one.detail['outcome'].replace('_', '-')}") if known else ""}

    def corrected(self, one: EscalationEvent) -> "_Said":
        """Both values."""
        return "history-corrected", {name: f"{float(one.detail[name]):.1f}" for name in ("celsius", "before")}

    def snoozed(self, one: EscalationEvent) -> "_Said":
        """Until when."""
        return "history-snoozed", {"until": self._clock(one.detail["until"])}

    def handed(self, one: EscalationEvent) -> "_Said":
        """To whom."""
        return "history-handed-over", {"to": self._who(one.detail.get("to"))}


_Said = tuple[str, dict[str, Value]]


def _other(_story: Timeline, _one: EscalationEvent) -> _Said:
    return "history-other", {}


def _plainly(key: str) -> Callable[[Timeline, EscalationEvent], _Said]:
    return lambda _story, _one: (key, {})


def _noted(_story: Timeline, one: EscalationEvent) -> _Said:
    if one.detail.get("photo"):
        return "history-photo", {}
    words: Any = one.detail.get("words")
    return ("history-noted", {"words": words}) if words else ("history-no-answer", {})


_SAID: Mapping[Event, Callable[[Timeline, EscalationEvent], _Said]] = {
    Event.OPENED: lambda story, one: story.opened(one, "history-opened", "history-opened-celsius"),
    Event.TOLD: _plainly("history-told"),
    Event.PASSED_OVER: Timeline.passed,
    Event.NOBODY_LEFT: _plainly("history-nobody-left"),
    Event.TAKEN: _plainly("history-taken"),
    Event.VISITED: _plainly("history-visited"),
    Event.CALLED: _plainly("history-called"),
    Event.NOTED: _noted,
    Event.SNOOZED: Timeline.snoozed,
    Event.HANDED_OVER: Timeline.handed,
    Event.CAME_BACK: _plainly("history-came-back"),
    Event.LAPSED: _plainly("history-lapsed"),
    Event.WORSENED: lambda story, one: story.opened(one, "history-worsened", "history-worsened-celsius"),
    Event.CORRECTED: Timeline.corrected,
    Event.REFUSED: _plainly("history-refused"),
    Event.CLOSED: lambda story, one: story.ended(one, "history-closed"),
    Event.REOPENED: lambda story, one: story.ended(one, "history-reopened"),
    Event.MENDED: _plainly("history-mended"),
}


def said_at(words: Words, zone: str, moment: datetime) -> str:
    """A local day and time of day, to the second: 2月10日 08:02:15."""
    from_there = moment.astimezone(ZoneInfo(zone))
    return f"{day_in(from_there.date(), words.language)} {from_there:%H:%M:%S}"
