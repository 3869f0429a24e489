"""Prompts, reminders and second measurements."""

from sqlalchemy import exists, select

from channels.port import Message
from models import Person, ReportRequest, TemperatureReading
from rules.daylight import said_on
from rules.quarantine import day_number
from rules.rounds import Half, RequestStatus
from services.letters.paper import Paper, letter
from services.letters.usual import settled, so_far, usual
from services.phones import calls_here
from services.quarantines import periods_on
from services.slots import owed
from services.spot_checks import checked
from services.words import Lines


def prompt(paper: Paper) -> Message | None:
    """Asks for the temperatures of a slot; pointless once the household has answered or the slot is over."""
    request = paper.session.get_one(ReportRequest, paper.subject)
    if request.status is not RequestStatus.DUE:
        return settled(paper, request)
    left = owed(paper.session, request.id)
    parts = [paper.line(f"prompt-{request.half.value}", until=paper.clock(request.miss_at)), _which_day(paper, request)]
    if paper.account.window and request.half is Half.EVENING:
        parts.append(paper.line("prompt-keeps-open"))
    parts += [*so_far(paper, request), *_whom(paper, left), *_spot_check(paper, request)]
    return letter(parts, shortcuts=usual(paper, request, left))


def reminder(paper: Paper) -> Message | None:
    """Asks again for whoever is still missing."""
    request = paper.session.get_one(ReportRequest, paper.subject)
    if request.status is not RequestStatus.DUE:
        return settled(paper, request)
    left = owed(paper.session, request.id)
    parts = [paper.line("reminder", until=paper.clock(request.miss_at)), *so_far(paper, request)]
    return letter([*parts, *_whom(paper, left)], shortcuts=usual(paper, request, left))


def _whom(paper: Paper, left: list[int]) -> list[Lines]:
    if left == [paper.account.person_id] and not calls_here(paper.session, paper.account):
        return [paper.line("prompt-example-one")]
    names = [paper.session.get_one(Person, one).name for one in left]
    if len(left) == 1:
        return [paper.line("prompt-whom-one", name=names[0]), paper.line("prompt-example-named", name=names[0])]
    return [
        paper.line("prompt-whom", names=paper.names(left)),
        paper.line("prompt-example-family", first=names[0], second=names[1]),
    ]


def _spot_check(paper: Paper, request: ReportRequest) -> list[Lines]:
    """In the prompt itself: nobody hears more for being chosen."""
    person = checked(paper.session, request)
    return [] if person is None else [paper.line("prompt-spot-check", name=paper.names([person]))]


def _which_day(paper: Paper, request: ReportRequest) -> Lines:
    running = periods_on(paper.session, request.day, request.household_id)
    own = [one for one in running if one[0] == paper.account.person_id]
    one = next(iter(own or running), None)
    if one is None:
        return ()
    _, first, last = one
    day, days = day_number(request.day, first), day_number(last, first)
    beside = said_on(day, days, request.half)
    said = paper.line(f"prompt-{beside.value.replace('_', '-')}", days=days, left=days - day) if beside else ()
    return (*paper.line("prompt-day", day=day, days=days), *said)


def recheck(paper: Paper) -> Message | None:
    """Asks for a second measurement after an abnormal one; pointless once there is a newer value."""
    reading = paper.session.get_one(TemperatureReading, paper.subject)
    newer = exists().where(TemperatureReading.person_id == reading.person_id, TemperatureReading.id > reading.id)
    if paper.session.scalar(select(newer)):
        return None
    name = paper.session.get_one(Person, reading.person_id).name
    return letter([paper.line("recheck", name=name, celsius=f"{reading.celsius:.1f}")])
