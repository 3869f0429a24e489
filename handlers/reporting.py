"""Temperatures as people say them, and what they hear back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.turn import Turn
from models import Household, Person, TemperatureReading
from rules.mail import Priority
from rules.quiet import release
from rules.temperature import Member, Report, Unclear, calls_of, understand
from rules.thresholds import Finding
from rules.times import local_date
from services.dossier import members
from services.mailbox import Button, post
from services.phones import calls_here, households_of
from services.policy import policy_at
from services.quarantines import active_on
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
    households = households_of(turn.session, turn.account)
    if not households:
        return False
    understood = [(household, _understood(turn, household, text)) for household in households]
    fitting = [(household, found) for household, found in understood if isinstance(found, Report)]
    unclear = [(household, found) for household, found in understood if isinstance(found, Unclear)]
    if len(fitting) == 1:
        _store(turn, *fitting[0])
    elif fitting:
        # The same words could be of either home: never guess whose temperature it is.
        names = [member.name for household, _ in fitting for member in family(turn, household)]
        turn.reply("report-for-whom", {"example": example(names)})
    elif unclear:
        _take_apart(turn, text, *unclear[0])
    else:
        return False
    return True


def _take_apart(turn: Turn, text: str, household: Household, unclear: Unclear) -> None:
    """One line may name people of several homes: each home gets its own; else it is asked again."""
    homes = households_of(turn.session, turn.account)
    everybody = [member for home in homes for member in family(turn, home)]
    found = understand(text, everybody, turn.person.id if turn.person else 0) if len(homes) > 1 else unclear
    if not isinstance(found, Report):
        _ask_again(turn, family(turn, household), unclear)
        return
    for home in homes:
        living_there = {member.id for member in family(turn, home)}
        theirs = tuple(one for one in found.readings if one.member_id in living_there)
        if theirs:
            _store(turn, home, replace(found, readings=theirs))


def _understood(turn: Turn, household: Household, text: str) -> Report | Unclear | None:
    policy = policy_at(turn.session, household.grid_id)
    limits = {"lowest": policy.thresholds.lowest, "highest": policy.thresholds.highest}
    return understand(text, family(turn, household), turn.person.id if turn.person else 0, **limits)


def family(turn: Turn, household: Household) -> list[Member]:
    """Those whose temperatures this household reports: who is in quarantine today, else the speaker alone."""
    calls = calls_here(turn.session, turn.account)
    today = local_date(turn.now, policy_at(turn.session, household.grid_id).timezone)
    running = {one.person_id for one in active_on(turn.session, today, household.id)}
    living_there = members(turn.session, household.id)
    speaker = next((one.relation for one, person in living_there if turn.person and person.id == turn.person.id), None)
    everybody = [
        Member(
            person.id,
            person.name,
            (*calls_of(resident.relation, said_by=speaker), *filter(None, [calls.get(person.id)])),
        )
        for resident, person in living_there
    ]
    chosen = [one for one in everybody if one.id in running]
    mine = {turn.person.id if turn.person else None, *calls}
    return chosen or [one for one in everybody if one.id in mine]


def _ask_again(turn: Turn, asked: list[Member], unclear: Unclear) -> None:
    key = f"unclear-{unclear.why.value.replace('_', '-')}"
    turn.reply(key, {"quote": unclear.quote, "example": _example(asked)})


def _example(asked: Sequence[Member]) -> str:
    return example([member.name for member in asked])


def example(names: Sequence[str]) -> str:
    """What an answer for these people looks like."""
    if len(names) == 1:
        return "36.5"
    return " ".join(f"{name}36.{5 + place}" for place, name in enumerate(names[:2]))


def _store(turn: Turn, household: Household, report: Report) -> None:
    if turn.person is None:
        return
    values = [(one.member_id, one.celsius) for one in report.readings]
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
    if any(one.corrects is not None for one in done):
        before = _values(turn, [(one.reading.person_id, one.corrects) for one in done if one.corrects is not None])
        turn.reply("report-corrected", {"values": values, "before": before})
    elif left:
        turn.reply("report-part", {"values": values, "names": turn.names(left)})
    else:
        turn.reply("report-stored", {"values": values})


def _values(turn: Turn, pairs: list[tuple[int, float]]) -> str:
    return "  ".join(f"{turn.session.get_one(Person, person).name} {celsius:.1f}" for person, celsius in pairs)


def advise(turn: Turn, household: Household, one: Measured) -> None:
    """Advice in plain words, the question after symptoms, and a second measurement asked for later."""
    name = turn.session.get_one(Person, one.reading.person_id).name
    number = one.reading.id
    symptoms: list[list[Button]] = [
        [(f"sym:{number}:{symptom}", f"symptom-{symptom.replace('_', '-')}") for symptom in row]
        for row in (RED_FLAGS[:2], (RED_FLAGS[2], *SYMPTOMS[:1]), SYMPTOMS[1:])
    ]
    symptoms[-1].append((f"sym:{number}:none", "symptom-none"))
    key = f"advice-{one.finding.value}"
    turn.reply(key, {"name": name, "celsius": f"{one.reading.celsius:.1f}"}, symptoms)
    policy = policy_at(turn.session, household.grid_id)
    later = release(turn.now + policy.recheck_after, policy.quiet_from, policy.quiet_to, policy.timezone)
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
    household = household_of(turn.session, turn.person.id) if turn.person else None
    theirs = household_of(turn.session, reading.person_id)
    if household is None or theirs is None or household.id != theirs.id:
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
    household = household_of(turn.session, turn.person.id) if turn.person else None
    request = latest_request(turn.session, turn.now, household.id) if household else None
    if household is None:
        turn.reply("not-joined")
    elif request is None or not owed(turn.session, request.id):
        turn.reply("nothing-owed", {"example": _example(family(turn, household))})
    elif turn.now < request.miss_at:
        ask_late(turn.session, turn.now, request, turn.account)
    else:
        names = turn.names(owed(turn.session, request.id))
        turn.reply("owed-late", {"names": names, "example": _example(family(turn, household))})
