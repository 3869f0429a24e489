"""A household that staff looked for: who lives there, how each is, and what can be done."""

from channels.port import Choice, Message
from models import Household, Person, Resident
from rules.quarantine import day_number
from rules.times import local_date
from services.accounts import people_with_accounts
from services.areas import address
from services.dossier import latest_reading, members
from services.letters.paper import Paper, letter
from services.orders import running
from services.policy import policy_at
from services.register import phone_of
from services.words import Lines

MOST_BUTTONS = 5
"""Members with a button each: with the one below them as many as one message has everywhere."""


def found(paper: Paper) -> Message:
    """As it is now: it was looked for because somebody stands at the door, or calls."""
    home = paper.session.get_one(Household, int(paper.message.args["home"]))
    everybody = members(paper.session, home.id)
    joined = people_with_accounts(paper.session, [person.id for _, person in everybody])
    lines = [_member(paper, home, one, person, joined=person.id in joined) for one, person in everybody]
    head = paper.line("find-home", where=address(paper.session, home))
    buttons: list[list[Choice]] = [
        [paper.button(f"qshow:{person.id}", "find-quarantine", name=person.name)]
        for _, person in everybody[:MOST_BUTTONS]
    ]
    if any(running(paper.session, person.id) for _, person in everybody):
        buttons.append([paper.button(f"breach:{home.id}", "button-breach")])
    return letter([head, *(lines or [paper.line("find-empty")])], buttons)


def _member(paper: Paper, home: Household, one: Resident, person: Person, *, joined: bool) -> Lines:
    phone = phone_of(paper.session, person) or paper.word("no-phone")
    said = [one.relation, phone, "" if joined else paper.word("find-not-joined")]
    parts = [paper.line("find-member", name=person.name, said=" · ".join(filter(None, said)))]
    if (period := running(paper.session, person.id)) is not None:
        today = local_date(paper.now, policy_at(paper.session, home.grid_id).timezone)
        day, days = day_number(today, period.first_day), day_number(period.last_day, period.first_day)
        parts.append(paper.line("find-day", day=day, days=days, last=paper.day(period.last_day)))
    if (reading := latest_reading(paper.session, person.id)) is not None:
        parts.append(paper.line("find-value", celsius=f"{reading.celsius:.1f}", time=paper.clock(reading.at)))
    return tuple(line for part in parts for line in part)
