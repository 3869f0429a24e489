"""One press a member: the usual temperatures under a prompt, and the button that mends what was sent."""

from handlers.feeling import advise
from handlers.homes import still_owed
from handlers.turn import Turn
from models import Household, Person, ReportRequest
from rules.thresholds import Finding
from rules.usual import USUAL
from services.changes import bring_up_to_date
from services.letters.paper import clock
from services.others import tell_others
from services.phones import households_of
from services.policy import policy_at
from services.readings import record_readings
from services.slots import current_reading, is_asked, latest_request, standing


def press(turn: Turn, number: int, person_id: int, what: str) -> None:
    """A usual temperature of one member, or *other*."""
    found = _slot(turn, number)
    if found is None:
        return
    if what not in (*USUAL, "other") or not is_asked(turn.session, number, person_id):
        turn.reply("not-understood")
        return
    name = turn.session.get_one(Person, person_id).name
    present = current_reading(turn.session, number, person_id)
    if what == "other":
        turn.reply("press-other", {"name": name})
    elif present is None:
        _store(turn, *found, (person_id, float(what)))
    elif f"{present.celsius:.1f}" != what:  # pressed twice by a slow thumb is no news
        # Somebody else of the household was quicker: whoever is still missing is asked for in its place.
        bring_up_to_date(turn.session, turn.now, f"request:{number}")
        turn.reply("press-already", {"name": name, "celsius": f"{present.celsius:.1f}", "wanted": what})


def _slot(turn: Turn, number: int) -> tuple[Household, ReportRequest] | None:
    """The household and its slot, while this chat answers for it and no newer slot is asked; else that is said."""
    request = turn.session.get(ReportRequest, number)
    mine = {home.id: home for home in households_of(turn.session, turn.account)}
    if request is None or turn.person is None or request.household_id not in mine:
        turn.reply("not-yours")
        return None
    newest = latest_request(turn.session, turn.now, request.household_id)
    if newest is None or newest.id != request.id:
        turn.reply("press-too-late")
        return None
    return mine[request.household_id], request


def _store(turn: Turn, household: Household, request: ReportRequest, value: tuple[int, float]) -> None:
    reporter = turn.person.id if turn.person else 0
    done = record_readings(turn.session, turn.now, household, [value], reporter_id=reporter, measured_at=turn.said_at)
    bring_up_to_date(turn.session, turn.now, f"request:{request.id}")
    if not still_owed(turn, household):
        tell_others(turn.session, turn.now, request, turn.account)
    for one in done:
        if one.finding is not Finding.NORMAL:
            advise(turn, household, one)


def fix(turn: Turn, number: int) -> None:
    """改: how a value is mended, and until when."""
    found = _slot(turn, number)
    values = standing(turn.session, number) if found else []
    if found is None or not values:
        return
    policy = policy_at(turn.session, found[0].grid_id)
    until = max(one.at for one in values) + policy.correct_within
    if turn.now > until:
        turn.reply("fix-too-late")
        return
    example = f"{turn.session.get_one(Person, values[0].person_id).name}{values[0].celsius:.1f}"
    turn.reply("fix-how", {"example": example, "until": clock(policy.timezone, turn.now, until, turn.words)})
