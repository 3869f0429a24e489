"""Alerts about one household or person."""

from collections.abc import Sequence

from channels.port import Message
from models import Escalation, EscalationEvent, Household, Person, ReportRequest
from rules.escalation import Event, Kind, State
from rules.ladder import Severity, WhyNot
from rules.media import is_voice
from services.dossier import (
    again,
    events_of,
    family_values,
    handed,
    head_of,
    latest_reading,
)
from services.letters.alarm_choices import of_an_alarm
from services.letters.alarm_work import what_was_done
from services.letters.breach import breach
from services.letters.cluster import belongs_to, cluster
from services.letters.delivery import delivery_trouble
from services.letters.door import where_it_is
from services.letters.duty_gap import nobody_on_duty
from services.letters.paper import Paper, letter
from services.media import photos_for
from services.policy import policy_at
from services.slots import owed
from services.snoozing import snoozed_until
from services.words import Lines

_A_CARD = 6
"""Buttons of a card of WeCom; whoever has it in hand finds the rest under one of them."""


def alert(paper: Paper) -> Message | None:
    """One escalation, as it stands now, with what this reader can do about it.

    Pointless when nobody was on duty, and somebody is again before anybody is told.
    """
    escalation = paper.session.get_one(Escalation, paper.subject)
    fresh = paper.message.edits_id is None and not paper.message.args.get("asked")
    if escalation.kind is Kind.NO_ONE_ON_DUTY and escalation.state is State.CLOSED and fresh:
        return None
    return of_one(paper, escalation)


def of_one(paper: Paper, escalation: Escalation) -> Message:
    """The same of an escalation that is found otherwise."""
    events = events_of(paper.session, escalation.id)
    parts = [*_about(paper, escalation, events), *what_was_done(paper, events)]
    choices = of_an_alarm(paper, escalation, events)
    if paper.message.args.get("asked") and sum(map(len, choices)) < _A_CARD:
        choices.append([paper.button(f"history:{escalation.id}", "button-history")])
    if sent := photos_for(paper.session, escalation):
        # Where voices are kept, one of them is not to be looked for among photos.
        voices = any(is_voice(one.mime) for one in sent)
        parts.append(paper.line("alert-photos-voices" if voices else "alert-photos", count=len(sent)))
        see = "button-photos-voices" if voices else "button-photos"
        choices.append([paper.button(f"photos:{escalation.id}", see, count=len(sent))])
    return letter([*parts, why_you(paper), _state(paper, escalation, events)], choices)


def _about(paper: Paper, escalation: Escalation, events: Sequence[EscalationEvent]) -> list[Lines]:
    if escalation.kind in _OF_PLACES:
        return _OF_PLACES[escalation.kind](paper, escalation)
    household = paper.session.get_one(Household, escalation.household_id)
    written = {Kind.ABNORMAL: _fever, Kind.BREACH: breach}.get(escalation.kind, _silence)
    return written(paper, escalation, household, events)


_OF_PLACES = {
    Kind.CLUSTER: cluster,
    Kind.NO_ONE_ON_DUTY: nobody_on_duty,
    Kind.DELIVERY_TROUBLE: delivery_trouble,
}


def _fever(
    paper: Paper, escalation: Escalation, household: Household, events: Sequence[EscalationEvent]
) -> list[Lines]:
    person_id = escalation.person_id or 0
    person = paper.session.get_one(Person, person_id)
    latest = latest_reading(paper.session, person_id)
    seen = [float(one.detail["celsius"]) for one in events if "celsius" in one.detail]
    seen = seen or ([latest.celsius] if latest else [])
    value = f"{(min if escalation.severity is Severity.ROUTINE else max)(seen):.1f}" if seen else ""
    parts = [
        _what(paper, escalation, person, value),
        where_it_is(paper, household, person),
    ]
    if escalation.cluster_id is not None:
        parts.append(belongs_to(paper, escalation.cluster_id))
    mark = paper.word("list-mark")
    # What was said again is told once.
    symptoms = dict.fromkeys(one.detail["symptom"] for one in events if "symptom" in one.detail)
    if symptoms:
        said = mark.join(paper.word(f"symptom-{one.replace('_', '-')}") for one in symptoms)
        parts.append(paper.line("alert-symptoms", symptoms=said))
    parts += [
        paper.line(
            "alert-corrected",
            before=f"{float(one.detail['before']):.1f}",
            celsius=f"{float(one.detail['celsius']):.1f}",
            time=paper.clock(one.at),
        )
        for one in events
        if "before" in one.detail
    ]
    parts.append(paper.line("alert-opened", time=paper.clock(escalation.opened_at)))
    measured = again(paper.session, escalation.id)
    if len(measured) > 1:
        values = " → ".join(paper.word("alert-value", celsius=f"{v:.1f}", time=paper.clock(at)) for v, at in measured)
        parts.append(paper.line("alert-rechecks", values=values))
    elif latest and f"{latest.celsius:.1f}" != value:
        parts.append(paper.line("alert-latest", celsius=f"{latest.celsius:.1f}", time=paper.clock(latest.at)))
    others = family_values(paper.session, paper.now, household.id, without=person_id)
    if others:
        parts.append(paper.line("alert-family", values=mark.join(f"{name} {value:.1f}" for name, value in others)))
    return parts


def _what(paper: Paper, escalation: Escalation, person: Person, value: str) -> Lines:
    """A fever, a low value, or somebody who feels unwell without one."""
    limit = policy_at(paper.session, escalation.grid_id).thresholds.abnormal
    if escalation.severity is Severity.ROUTINE or (value and float(value) >= limit):
        return paper.line(f"alert-{escalation.severity.value}", name=person.name, celsius=value)
    return paper.line(f"alert-unwell-{escalation.severity.value}", name=person.name)


def _silence(
    paper: Paper, escalation: Escalation, household: Household, events: Sequence[EscalationEvent]
) -> list[Lines]:
    head = head_of(paper.session, household.id)
    parts = [
        paper.line(
            f"alert-{escalation.kind.value}", name=head.name if head else household.room, streak=_streak(events)
        ),
        where_it_is(paper, household, head),
    ]
    request = paper.session.get(ReportRequest, escalation.request_id) if escalation.request_id else None
    if request:
        parts.append(_slot(paper, request))
        left = owed(paper.session, request.id)
        if left:
            parts.append(paper.line("alert-owed", names=paper.names(left)))
        if request.why:
            parts.append(paper.line("alert-reason", why=paper.word(f"why-{request.why.replace('_', '-')}")))
    for one in events:
        if one.event is Event.REFUSED and one.person_id:
            parts.append(paper.line("alert-refused", who=paper.names([one.person_id]), time=paper.clock(one.at)))
    return parts


def _streak(events: Sequence[EscalationEvent]) -> int:
    """How many slots in a row are missed by now."""
    return max((int(one.detail["streak"]) for one in events if "streak" in one.detail), default=0)


def _slot(paper: Paper, request: ReportRequest) -> Lines:
    return paper.line("alert-slot", day=paper.day(request.day), half=paper.word(f"half-{request.half.value}"))


def why_you(paper: Paper) -> Lines:
    """Why it came to this reader: who handed it over, who was passed over."""
    args = paper.message.args
    lines: list[Lines] = []
    if args.get("handed_by"):
        lines.append(paper.line("alert-handed", name=paper.names([args["handed_by"]])))
    if args.get("not_taken_by"):
        lines.append(paper.line("alert-not-taken", name=paper.names([args["not_taken_by"]])))
    passed = args.get("passed") or []
    if any(why == WhyNot.NOT_THEIR_TURN for _, why in passed):
        lines.append(paper.line("alert-your-turn"))
    if reasons := [one for one in passed if one[1] != WhyNot.NOT_THEIR_TURN]:
        mark = paper.word("list-mark")
        people = mark.join(
            paper.word(
                "alert-passed-one", name=paper.names([person]), why=paper.word(f"passed-{why.replace('_', '-')}")
            )
            for person, why in reasons
        )
        lines.append(paper.line("alert-passed", people=people))
    return tuple(line for part in lines for line in part)


def _state(paper: Paper, escalation: Escalation, events: Sequence[EscalationEvent]) -> Lines:
    if escalation.handed:
        to, until = handed(paper.session, escalation)[1], paper.clock(escalation.next_at or paper.now)
        if to == paper.account.person_id:
            return paper.line("alert-state-handed-to-you", until=until)
        return paper.line("alert-state-handed", who=paper.names([to]), until=until)
    if escalation.state is State.OPEN:
        return paper.line("alert-state-open")
    by_itself = "the-household" if escalation.household_id is not None else "by-itself"
    who = paper.names([escalation.holder_id]) if escalation.holder_id else paper.word(by_itself)
    asleep_until = snoozed_until(escalation, events) if escalation.state is State.TAKEN else None
    if asleep_until:
        return paper.line("alert-state-snoozed", who=who, until=paper.clock(asleep_until))
    if escalation.state is State.TAKEN:
        return paper.line("alert-state-taken", who=who, until=paper.clock(escalation.next_at or paper.now))
    outcome = paper.word(f"outcome-{escalation.outcome.value.replace('_', '-')}") if escalation.outcome else ""
    closed = paper.clock(escalation.closed_at or paper.now)
    return paper.line("alert-state-closed", who=who, outcome=outcome, time=closed)
