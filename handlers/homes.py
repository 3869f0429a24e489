"""The households that a chat answers for: whom of them a report is about, and by which words they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.turn import Turn
from models import Household
from rules.temperature import Member, calls_of
from rules.times import local_date
from services.dossier import members
from services.homes import household_of
from services.phones import calls_here, households_of
from services.policy import policy_at
from services.quarantines import quarantined_on
from services.slots import latest_request, owed

OWED_AFTERWARDS = timedelta(days=1)
"""How long after the last slot of a quarantine has closed what it still wants can be reported."""


@dataclass(frozen=True, slots=True)
class Home:
    """A household and those of it whose temperatures are reported."""

    household: Household
    members: tuple[Member, ...]


def homes_asked(turn: Turn) -> list[Home]:
    """Every household in quarantine that this chat answers for, its own first; else the first that there is."""
    every = households_of(turn.session, turn.account)
    homes = [Home(one, tuple(people)) for one in every if (people := family(turn, one))]
    return [home for home in homes if _in_quarantine(turn, home.household)] or homes[:1]


def homes_in_quarantine(turn: Turn) -> list[Home]:
    """Those of them that are asked for temperatures, or still owe the last one."""
    homes = homes_asked(turn)
    return [home for home in homes if _in_quarantine(turn, home.household) or _left_owing(turn, home.household)]


def family(turn: Turn, household: Household) -> list[Member]:
    """Those whose temperatures this household reports: who is in quarantine today, or was and still owes the last slot;
    else whoever speaks here, or everybody when it is somebody from outside.
    """
    return at_the_door(turn, household)[1]


def at_the_door(turn: Turn, household: Household) -> tuple[list[Member], list[Member]]:
    """Everybody who lives there, for whoever comes from outside may measure anybody; and of them the `family`."""
    everybody, mine = _living_there(turn, household)
    running = _in_quarantine(turn, household) or _left_owing(turn, household)
    return everybody, [one for one in everybody if one.id in running] or [one for one in everybody if one.id in mine]


def _living_there(turn: Turn, household: Household) -> tuple[list[Member], set[int]]:
    """Everybody, by the words with which this chat calls them; and for whom it speaks when nobody is in quarantine."""
    living_there = members(turn.session, household.id)
    relations = {person.id: one.relation for one, person in living_there}
    nicknames = {person.id: (one.nickname,) if one.nickname else () for one, person in living_there}
    speaker = turn.person.id if turn.person and turn.person.id in relations else None
    called = {number: call for number, call in calls_here(turn.session, turn.account).items() if number in relations}
    if called and speaker is None:
        # Of another household only what somebody there is called counts: 爸 is the own father.
        everybody = [
            Member(one.id, one.name, (*nicknames[one.id], *_words_for(called.get(one.id, ""))))
            for _, one in living_there
        ]
    else:
        said_by = relations[speaker] if speaker else None
        everybody = [
            Member(one.id, one.name, (*nicknames[one.id], *calls_of(relations[one.id], said_by=said_by)))
            for _, one in living_there
        ]
    return everybody, {speaker} if speaker else set(called) or set(relations)


def still_owed(turn: Turn, household: Household) -> list[int]:
    """The members of whom a household owes a temperature now."""
    request = latest_request(turn.session, turn.now, household.id)
    return owed(turn.session, request.id) if request else []


def unnamed_for(turn: Turn, homes: Sequence[Home]) -> list[int] | None:
    """Whose a value without a name may be; None for everybody.

    Of several households it is the own one's, and only while no other owes any: else the name is asked for.
    """
    if len(homes) < 2:
        return None
    own = household_of(turn.session, turn.person.id) if turn.person else None
    owing = [home for home in homes if still_owed(turn, home.household)]
    if own is None or [home.household.id for home in owing] != [own.id]:
        return []
    return [member.id for member in owing[0].members]


def _words_for(call: str) -> tuple[str, ...]:
    return (calls_of(call) or (call,)) if call else ()


def _in_quarantine(turn: Turn, household: Household) -> set[int]:
    today = local_date(turn.now, policy_at(turn.session, household.grid_id).timezone)
    return quarantined_on(turn.session, today, household.id)


def _left_owing(turn: Turn, household: Household) -> set[int]:
    """Who was in quarantine until yesterday and missed the last slot: the worker hears of it in the morning after."""
    request = latest_request(turn.session, turn.now, household.id)
    if request is None or turn.now >= request.miss_at + OWED_AFTERWARDS:
        return set()
    return set(owed(turn.session, request.id))
