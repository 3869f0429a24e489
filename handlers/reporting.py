"""Temperatures as people say them, and what they hear back."""

from collections.abc import Sequence

from handlers.feeling import LONGEST_REPORT, advise, complaints_of
from handlers.homes import Home, family, homes_asked, still_owed, unnamed_for
from handlers.turn import Turn
from models import Household, Person, TemperatureReading
from rules.temperature import Member, Report, Unclear, Why, understand
from rules.thresholds import Finding
from services.mailbox import Buttons
from services.others import tell_others
from services.phones import households_of
from services.policy import policy_at
from services.readings import Measured, record_readings
from services.rounds import ask_late
from services.slots import latest_request, owed
from services.symptoms import add_symptom


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
            _store(turn, home, found, text)
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
    return " ".join(f"{name}{' ' if name.isascii() else ''}36.{5 + place}" for place, name in enumerate(names[:2]))


def _store(turn: Turn, home: Home, report: Report, text: str) -> None:
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
    complaints = complaints_of(turn, home, text)
    for one in done:
        own = [said.symptom for said in complaints if said.member_id == one.reading.person_id]
        for symptom in own:
            add_symptom(turn.session, turn.now, one.reading, symptom)
        if one.finding is not Finding.NORMAL or own:
            advise(turn, household, one)


def _confirm(turn: Turn, household: Household, done: list[Measured]) -> None:
    values = _values(turn, [(one.reading.person_id, one.reading.celsius) for one in done])
    request = latest_request(turn.session, turn.now, household.id)
    left = owed(turn.session, request.id) if request else []
    in_slot = request and any(one.reading.request_id == request.id for one in done)
    fix: Buttons = [[(f"fix:{request.id}", "button-fix")]] if request and in_slot else ()
    # The same value said again changes nothing that anybody would want to read.
    changed = [one for one in done if one.corrects not in {None, one.reading.celsius}]
    names = turn.names(left)
    if changed:
        before = _values(turn, [(one.reading.person_id, one.corrects) for one in changed if one.corrects is not None])
        key = "report-corrected-part" if left and in_slot else "report-corrected"
        turn.reply(key, {"values": values, "before": before, "names": names})
    elif again := [one.reading.rechecks_id for one in done if one.reading.rechecks_id is not None]:
        first = [turn.session.get_one(TemperatureReading, number) for number in again]
        before = _values(turn, [(one.person_id, one.celsius) for one in first])
        key = "recheck-stored-part" if left and in_slot else "recheck-stored"
        turn.reply(key, {"values": values, "before": before, "names": names})
    elif any(one.too_late for one in done):
        turn.reply("report-too-late", {"values": values})
    elif left:
        turn.reply("report-part", {"values": values, "names": names}, shortcuts=fix)
    else:
        turn.reply("report-stored", {"values": values}, shortcuts=fix)
    if request and in_slot and not left and all(one.corrects is None for one in done):
        tell_others(turn.session, turn.now, request, turn.account)


def _values(turn: Turn, pairs: list[tuple[int, float]]) -> str:
    return "  ".join(f"{turn.session.get_one(Person, person).name} {celsius:.1f}" for person, celsius in pairs)


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
