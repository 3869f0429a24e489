"""Temperatures as people say them, and what they hear back."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.homes import Home, family, homes_asked, still_owed, unnamed_for
from handlers.turn import Turn
from models import Household, Person, TemperatureReading
from rules.mail import Priority
from rules.temperature import Member, Report, Unclear, Why, understand
from rules.thresholds import Finding
from services.mailbox import Button, Buttons, post
from services.others import tell_others
from services.phones import households_of
from services.policy import policy_at
from services.readings import (
    RED_FLAGS,
    SYMPTOMS,
    Measured,
    add_symptom,
    household_of,
    latest_request,
    owed,
    record_readings,
)
from services.rounds import ask_late

LONGEST_REPORT = 200
"""Characters; a longer text is a story, not a report."""


def hear(turn: Turn, text: str) -> bool:
    """Takes a temperature out of what a resident typed; False when there is none in it."""
    if turn.person is None or len(text) > LONGEST_REPORT:
        return False
    homes = homes_asked(turn)
    if not homes:
        return False
    asked = [member for home in homes for member in home.members]
    policy = policy_at(turn.session, homes[0].household.grid_id)
    limits = {"lowest": policy.thresholds.lowest, "highest": policy.thresholds.highest}
    found = understand(text, asked, turn.person.id, unnamed=unnamed_for(turn, homes), **limits)
    if isinstance(found, Report):
        for home in homes:
            _store(turn, home, found)
    elif isinstance(found, Unclear) and found.why is Why.WHO and len(homes) > 1:
        turn.reply("report-for-whom", {"example": example([home.members[0].name for home in homes])})
    elif isinstance(found, Unclear):
        _ask_again(turn, asked, found)
    return found is not None


def _ask_again(turn: Turn, asked: list[Member], unclear: Unclear) -> None:
    key = f"unclear-{unclear.why.value.replace('_', '-')}"
    turn.reply(key, {"quote": unclear.quote, "example": _example(asked)})


def _example(asked: Sequence[Member]) -> str:
    return example([member.name for member in asked])


def example(names: Sequence[str]) -> str:
    """What an answer for these people looks like."""
    if len(names) < 2:
        return "36.5"
    return " ".join(f"{name}36.{5 + place}" for place, name in enumerate(names[:2]))


def _store(turn: Turn, home: Home, report: Report) -> None:
    """What a report says of one household."""
    household, there = home.household, {member.id for member in home.members}
    values = [(one.member_id, one.celsius) for one in report.readings if one.member_id in there]
    if turn.person is None or not values:
        return
    done = record_readings(
        turn.session,
        turn.now,
        household,
        values,
        reporter_id=turn.person.id,
        measured_at=turn.said_at,
        correction=report.correction,
    )
    _confirm(turn, household, done)
    for one in done:
        if one.finding is not Finding.NORMAL:
            advise(turn, household, one)


def _confirm(turn: Turn, household: Household, done: list[Measured]) -> None:
    values = _values(turn, [(one.reading.person_id, one.reading.celsius) for one in done])
    request = latest_request(turn.session, turn.now, household.id)
    left = owed(turn.session, request.id) if request else []
    in_slot = request and any(one.reading.request_id == request.id for one in done)
    fix: Buttons = [[(f"fix:{request.id}", "button-fix")]] if request and in_slot else ()
    if any(one.corrects is not None for one in done):
        before = _values(turn, [(one.reading.person_id, one.corrects) for one in done if one.corrects is not None])
        turn.reply("report-corrected", {"values": values, "before": before})
    elif any(one.too_late for one in done):
        turn.reply("report-too-late", {"values": values})
    elif left:
        turn.reply("report-part", {"values": values, "names": turn.names(left)}, shortcuts=fix)
    else:
        turn.reply("report-stored", {"values": values}, shortcuts=fix)
    if request and in_slot and not left and all(one.corrects is None for one in done):
        tell_others(turn.session, turn.now, request, turn.account)


def _values(turn: Turn, pairs: list[tuple[int, float]]) -> str:
    return "  ".join(f"{turn.session.get_one(Person, person).name} {celsius:.1f}" for person, celsius in pairs)


def advise(turn: Turn, household: Household, one: Measured) -> None:
    """Advice in plain words, the question after symptoms, and a second measurement asked for later."""
    name = turn.session.get_one(Person, one.reading.person_id).name
    turn.session.flush()  # the buttons carry the reading's number
    number = one.reading.id
    symptoms: list[list[Button]] = [
        [(f"sym:{number}:{symptom}", f"symptom-{symptom.replace('_', '-')}") for symptom in row]
        for row in (RED_FLAGS[:2], (RED_FLAGS[2], *SYMPTOMS[:1]), SYMPTOMS[1:])
    ]
    symptoms[-1].append((f"sym:{number}:none", "symptom-none"))
    key = f"advice-{one.finding.value}"
    turn.reply(key, {"name": name, "celsius": f"{one.reading.celsius:.1f}"}, symptoms)
    policy = policy_at(turn.session, household.grid_id)
    later = policy.awake(turn.now + policy.recheck_after)
    post(
        turn.session,
        turn.now,
        turn.account,
        Priority.PROMPT,
        "recheck",
        about=f"reading:{number}",
        due_at=max(later, turn.now + timedelta(minutes=1)),
    )


def symptom(turn: Turn, number: int, what: str) -> None:
    """A symptom button under the advice."""
    reading = turn.session.get_one(TemperatureReading, number)
    answered = {home.id for home in households_of(turn.session, turn.account)}
    theirs = household_of(turn.session, reading.person_id)
    if theirs is None or theirs.id not in answered:
        turn.reply("not-yours")
        return
    name = turn.session.get_one(Person, reading.person_id).name
    if what == "none":
        turn.reply("symptom-thanks", {"name": name})
        return
    if what not in (*RED_FLAGS, *SYMPTOMS):
        turn.reply("not-understood")
        return
    add_symptom(turn.session, turn.now, reading, what)
    turn.reply("symptom-emergency" if what in RED_FLAGS else "symptom-noted", {"name": name})


def ask(turn: Turn) -> None:
    """`/report`: what is owed now is asked for again."""
    every = households_of(turn.session, turn.account)
    owing = [household for household in every if still_owed(turn, household)]
    if not every:
        turn.reply("not-joined")
    elif not owing:
        turn.reply("nothing-owed", {"example": _example([one for home in homes_asked(turn) for one in home.members])})
    for household in owing:
        _ask_for(turn, household)


def _ask_for(turn: Turn, household: Household) -> None:
    request = latest_request(turn.session, turn.now, household.id)
    if request is None:
        return
    if turn.now < request.miss_at:
        ask_late(turn.session, turn.now, request, turn.account)
    else:
        names = turn.names(owed(turn.session, request.id))
        turn.reply("owed-late", {"names": names, "example": _example(family(turn, household))})
