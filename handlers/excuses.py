"""Who need not be measured: in hospital, measured at the gate, away with permission; until when, and back (免报)."""

from datetime import date

from sqlalchemy import select

from handlers.own_area import at_their_door
from handlers.turn import Turn
from models import Asked, Person, Quarantine, ReportRequest
from rules.doors import EXCUSING, Found
from rules.excuses import DAYS
from services.areas import address
from services.dates import day_in
from services.excuses import back, excuse, excused_today, is_excused, until_word
from services.mailbox import Button
from services.orders import running
from services.staff import may_touch
from services.words import Value

BACK = "back"
"""In place of a number of days: until they are back."""
_MOST_NAMED = 8


def reasons(turn: Turn, one: Quarantine) -> list[list[Button]]:
    """What can be said of somebody in quarantine today, as buttons."""
    if is_excused(turn.session, turn.now, one):
        return [[(f"qback:{one.person_id}", "button-excused-back")]]
    found = [found for found in Found if found in EXCUSING]
    return [[(f"qexcuse:{one.person_id}:{why.value}", f"door-{why.value.replace('_', '-')}") for why in found]]


def how_long(key: str) -> list[list[Button]]:
    """Until when, as buttons under whatever `key` begins with."""
    days: list[Button] = [(f"{key}:{days}", "button-excuse-days", {"days": days}) for days in DAYS]
    return [days[:2], days[2:], [(f"{key}:{BACK}", "button-excuse-until-back")]]


def ask(turn: Turn, person_id: int, why: str) -> None:
    """A reason was chosen: until when?"""
    one = _theirs(turn, person_id)
    if one is not None and why in EXCUSING:
        name = turn.session.get_one(Person, person_id).name
        said = turn.words.text(f"door-{Found(why).value.replace('_', '-')}")
        turn.reply("excuse-until", {"name": name, "why": said}, how_long(f"qexcuse:{person_id}:{why}"))


def give(turn: Turn, person_id: int, why: str, days: str) -> None:
    """Until when is chosen: nobody asks meanwhile."""
    one = _theirs(turn, person_id)
    if one is None or turn.person is None or why not in EXCUSING or not _fits(days):
        return
    excuse(turn.session, turn.now, one, Found(why), None if days == BACK else int(days), turn.person.id)
    turn.reply("excuse-done", _said(turn, one))


def give_at_the_door(turn: Turn, number: int, why: str, days: str) -> None:
    """The same of everybody whom a slot asked and nobody measured."""
    request = turn.session.get(ReportRequest, number)
    if turn.person is None or request is None or not may_touch(turn.session, turn.now, turn.person.id, request.grid_id):
        turn.reply("not-yours")
        return
    if why not in EXCUSING or not _fits(days):
        return
    for person_id in _asked(turn, number):
        one = running(turn.session, person_id)
        if one is not None and one.household_id == request.household_id:
            excuse(turn.session, turn.now, one, Found(why), None if days == BACK else int(days), turn.person.id)
            turn.reply("excuse-done", _said(turn, one))


def come_back(turn: Turn, person_id: int) -> None:
    """回来了: asked again from the next slot on."""
    one = _theirs(turn, person_id)
    if one is None or turn.person is None:
        return
    if one.excused_until is not None:
        back(turn.session, turn.now, one, turn.person.id)
    turn.reply("excuse-over", {"name": turn.session.get_one(Person, person_id).name})


def line(turn: Turn, one: Quarantine) -> str:
    """Why somebody need not be measured, until when, and who said so; "" when they have to be."""
    return turn.words.text("excused-line", _said(turn, one)) if is_excused(turn.session, turn.now, one) else ""


def today_line(turn: Turn, today: date, paths: list[str]) -> str:
    """Who need not be measured today, for `/today`: by name when they are few."""
    found = excused_today(turn.session, today, paths)
    if not found:
        return ""
    parts = [f"{person.name} {address(turn.session, home)}（{line(turn, one)}）" for one, person, home in found]
    named = "\n".join(f"· {part}" for part in parts) if len(found) <= _MOST_NAMED else ""
    return "\n".join(part for part in (turn.words.text("today-excused", {"count": len(found)}), named) if part)


def _said(turn: Turn, one: Quarantine) -> dict[str, Value]:
    last = until_word(one)
    return {
        "name": turn.session.get_one(Person, one.person_id).name,
        "why": turn.words.text(f"door-{Found(one.excused_why).value.replace('_', '-')}"),
        "known": "yes" if last else "no",
        "day": day_in(last, turn.words.language) if last else "",
        "who": turn.session.get_one(Person, one.excused_by).name if one.excused_by else "gridbot",
    }


def _fits(days: str) -> bool:
    return days == BACK or (days.isdecimal() and int(days) in DAYS)


def _asked(turn: Turn, number: int) -> list[int]:
    return list(turn.session.scalars(select(Asked.person_id).where(Asked.request_id == number)))


def _theirs(turn: Turn, person_id: int) -> Quarantine | None:
    """The quarantine of somebody of one's own areas that runs; else that is said (invariant 11)."""
    if at_their_door(turn, person_id) is None:
        return None
    one = running(turn.session, person_id)
    if one is None:
        turn.reply("form-gone")
    return one
