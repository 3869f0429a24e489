"""What is promised of a bad night, held against the records: fevers in time, few messages, nobody woken in vain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.promises import Promise
from bot.simulate.figures import Figures, spread_of
from bot.simulate.night import Night, Off
from bot.simulate.promises import lost_on_the_way
from models import Account, Appointment, Escalation, EscalationEvent, OutboxMessage, TemperatureReading
from rules.escalation import Event
from rules.ladder import Severity
from rules.mail import MailState, Priority
from rules.roles import Role
from services.policy import default_policy

SLACK = timedelta(minutes=1)
"""What ticks, the way out, and the finding that a phone is lost take of the ladder's time, together at most."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Climbed:
    """How far one fever had to climb; times from when it was raised, or was found to be worse."""

    alarm: int
    to_a_phone: timedelta | None
    """Until somebody was told who is there and answers; None: nobody was."""
    phone_by: timedelta
    """By when the ladder says so: the patience of the steps below, where it waits for a phone that nobody answers."""
    to_hands: timedelta | None
    """Until somebody took it, or the city was told."""
    hands_by: timedelta
    """The patience of all steps below the city that can be told."""


def fevers(session: Session, night: Night) -> list[Climbed]:
    """Every fever of the night."""
    alarms = session.scalars(
        select(Escalation)
        .where(Escalation.person_id.in_(night.fevers), Escalation.severity != Severity.ROUTINE)
        .order_by(Escalation.id)
    ).all()
    happened: dict[int, list[EscalationEvent]] = {one.id: [] for one in alarms}
    events = select(EscalationEvent).where(EscalationEvent.escalation_id.in_(happened)).order_by(EscalationEvent.id)
    for event in session.scalars(events):
        happened[event.escalation_id].append(event)
    return [_climbed(one, happened[one.id], night) for one in alarms]


def _climbed(alarm: Escalation, events: Sequence[EscalationEvent], night: Night) -> Climbed:
    chain = [(one["role"], timedelta(minutes=one["minutes"]), one["people"]) for one in alarm.chain]
    answers = {person for *_, people in chain for person in people if person not in night.off}
    waits = [patience if _rings(people, night) else timedelta() for _, patience, people in chain]
    city = next((at for at, (role, *_) in enumerate(chain) if role == Role.CITY), len(chain))
    first = next((at for at, (*_, people) in enumerate(chain) if answers.intersection(people)), len(chain))
    told = next((one.at for one in events if one.event is Event.TOLD and one.person_id in answers), None)
    hands = next((one.at for one in events if _in_hands(one, city)), None)
    # A graver ladder begins anew; what was in hand before that needs none.
    worse = [one.at for one in events if one.event is Event.WORSENED and (hands is None or one.at < hands)]
    since = worse[-1] if worse else alarm.opened_at
    return Climbed(
        alarm.id,
        None if told is None else max(timedelta(), told - since),
        sum(waits[:first], timedelta()),
        None if hands is None else hands - since,
        sum(waits[:city], timedelta()),
    )


def _rings(people: Sequence[int], night: Night) -> bool:
    return any(night.off.get(person) in {None, Off.PHONE_AWAY} for person in people)


def _in_hands(event: EscalationEvent, city: int) -> bool:
    at_the_city = event.event is Event.TOLD and event.detail["step"] == city
    return at_the_city or event.event in {Event.TAKEN, Event.NOBODY_LEFT}


def check_night(session: Session, night: Night) -> list[Promise]:
    """Every promise, and what broke it."""
    return [
        Promise("every fever raised, and told to somebody within the ladder's times", (*_untold(session, night),)),
        Promise("every fever in reachable hands or at the city's within the ladder's times", (*_late(session, night),)),
        Promise("nobody rung at night for what can wait", tuple(_rung(session))),
        Promise("nobody got more alarms that can wait within an hour than is set", tuple(_too_many(session))),
        Promise("nothing lost on the way", tuple(lost_on_the_way(session))),
    ]


def _untold(session: Session, night: Night) -> Iterator[str]:
    raised = set(
        session.scalars(select(TemperatureReading.person_id).where(TemperatureReading.escalation_id.is_not(None)))
    )
    for person in night.fevers.keys() - raised:
        yield f"person {person}: a fever, and no alarm"
    for one in fevers(session, night):
        if one.to_a_phone is None or one.to_a_phone > one.phone_by + SLACK:
            yield f"alarm {one.alarm}: somebody who answers was told after {one.to_a_phone}, not {one.phone_by}"


def _late(session: Session, night: Night) -> Iterator[str]:
    for one in fevers(session, night):
        if one.to_hands is None or one.to_hands > one.hands_by + SLACK:
            yield f"alarm {one.alarm}: in somebody's hands after {one.to_hands}, not {one.hands_by}"


@dataclass(frozen=True, slots=True)
class _Left:
    """A message that left by itself: no answer, and no change of one that was sent."""

    account: int
    at: datetime
    what: str
    is_alarm: bool
    can_wait: bool


def _left(session: Session) -> Iterator[_Left]:
    grave = {
        f"escalation:{number}"
        for number in session.scalars(select(Escalation.id).where(Escalation.severity != Severity.ROUTINE))
    }
    rows = session.execute(
        select(
            OutboxMessage.account_id,
            OutboxMessage.sent_at,
            OutboxMessage.template,
            OutboxMessage.about,
            OutboxMessage.priority,
        )
        .where(OutboxMessage.state == MailState.SENT, OutboxMessage.edits_id.is_(None))
        .where(OutboxMessage.priority != Priority.REPLY, OutboxMessage.template != "menu")
        .order_by(OutboxMessage.sent_at)
    )
    for account, at, template, about, priority in rows:
        if at is not None:
            is_alarm = priority == Priority.ALERT
            yield _Left(account, at, f"{template} about {about}", is_alarm, about not in grave)


def _rung(session: Session) -> Iterator[str]:
    policy = default_policy(session)
    for one in _left(session):
        if one.can_wait and policy.is_night(one.at):
            yield f"account {one.account} at {one.at}: {one.what}"


def most_an_hour(session: Session) -> dict[Role, int]:
    """By role: the most alarms that one of them got within any hour, what cannot wait left out."""
    most: dict[Role, int] = {}
    for role, times in _alarms_of_each(session).values():
        most[role] = max(most.get(role, 0), _within_an_hour(times))
    return most


def _too_many(session: Session) -> Iterator[str]:
    limit = default_policy(session).alarms_an_hour
    for account, (role, times) in _alarms_of_each(session).items():
        if 0 < limit < (most := _within_an_hour(times)):
            yield f"account {account} ({role}): {most} within an hour, not {limit}"


def _alarms_of_each(session: Session) -> dict[int, tuple[Role, list[datetime]]]:
    """By account of whoever is appointed: when alarms came that could wait."""
    appointed = select(Account.id, Appointment.role).join(Appointment, Appointment.person_id == Account.person_id)
    found: dict[int, tuple[Role, list[datetime]]] = {
        account: (role, []) for account, role in session.execute(appointed)
    }
    for one in _left(session):
        if one.is_alarm and one.can_wait and one.account in found:
            found[one.account][1].append(one.at)
    return found


def _within_an_hour(times: Sequence[datetime]) -> int:
    most, first = 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - HOUR:
            first += 1
        most = max(most, last - first + 1)
    return most


def figures_of_night(session: Session, night: Night) -> Figures:
    """The night in numbers; times in minutes."""
    found = fevers(session, night)
    hands = [one for one in found if one.to_hands is not None]
    worst = max(hands, key=lambda one: one.to_hands or timedelta(), default=None)
    return {
        "off": {why.value: sum(one is why for one in night.off.values()) for why in Off},
        "fevers": len(night.fevers),
        "minutes_to_a_phone": spread_of([_minutes(one.to_a_phone) for one in found if one.to_a_phone is not None]),
        "minutes_to_hands": spread_of([_minutes(one.to_hands) for one in hands if one.to_hands is not None]),
        "worst": {
            "minutes": _minutes(worst.to_hands if worst else None),
            "of": _minutes(worst.hands_by if worst else None),
        },
        "least_left": round(min((_minutes(one.hands_by) - _minutes(one.to_hands) for one in hands), default=0.0), 1),
        "most_an_hour": {role.value: count for role, count in sorted(most_an_hour(session).items())},
    }


def _minutes(time: timedelta | None) -> float:
    return 0.0 if time is None else round(time / timedelta(minutes=1), 1)
