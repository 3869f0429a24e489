"""Behind the numbers of a notice: level by level, who has not read it, reminded, and from door to door."""

from collections.abc import Callable

from handlers.turn import Turn
from models import Area, Notice
from rules.mail import Priority
from rules.notice_life import REMIND_EVERY, Asked
from rules.roles import Level, covers
from services import unread
from services.audit import record
from services.letters.paper import clock
from services.mailbox import post
from services.policy import policy_at
from services.staff import may_touch
from services.unread_book import owe_books


def below(turn: Turn, number: int, area_id: int, start: int) -> None:
    """The areas right below one, the slowest first."""
    found = _theirs(turn, number, area_id)
    if found is not None:
        _show(turn, "notice_below", *found, start)


def who(turn: Turn, number: int, area_id: int, start: int) -> None:
    """Who has not read it, by name: in a grid. Further up, which areas are slow. The look is logged (invariant 11)."""
    found = _theirs(turn, number, area_id)
    if found is None:
        return
    if found[1].level.depth < Level.GRID.depth:
        _show(turn, "notice_below", *found, start)
    else:
        _looked(turn, *found)
        _show(turn, "notice_who", *found, start)


def doors(turn: Turn, number: int, area_id: int, start: int) -> None:
    """The doors at which nobody has read it: as text in a grid, as a file there and up to a street office."""
    found = _theirs(turn, number, area_id)
    if found is None or turn.person is None:
        return
    if found[1].level.depth < Level.STREET.depth:
        _show(turn, "notice_below", *found, start)
    elif found[1].level.depth < Level.GRID.depth:
        file(turn, number, area_id)
    else:
        _looked(turn, *found)
        _show(turn, "notice_doors", *found, start)


def file(turn: Turn, number: int, area_id: int) -> None:
    """The same as a workbook to print: of a street office with a sheet for each community, or one after another."""
    found = _theirs(turn, number, area_id)
    if found is None or turn.person is None:
        return
    if found[1].level.depth < Level.STREET.depth:
        turn.reply("not-yours")
        return
    _looked(turn, *found)
    books = len(owe_books(turn.session, turn.now, turn.account, turn.person.id, *found))
    if books == 1:
        turn.reply("export-making")
    else:
        turn.reply("export-making-each", {"count": books})


def remind(turn: Turn, number: int, area_id: int) -> None:
    """Who has had it and has not read it is reminded."""
    found = _theirs(turn, number, area_id)
    if found is None or turn.person is None:
        return
    notice, area = found
    asked = unread.remind(turn.session, turn.now, notice, area, turn.person.id)
    last = unread.last_reminded(turn.session, notice, area)
    if asked is Asked.TOO_SOON and last is not None:
        zone = policy_at(turn.session, area.id).timezone
        args = {
            "last": clock(zone, turn.now, last, turn.words),
            "again": clock(zone, turn.now, last + REMIND_EVERY, turn.words),
        }
        turn.reply("notice-remind-too-soon", dict(args))
    else:
        turn.reply("notice-remind-begun" if asked is Asked.BEGUN else "notice-not-possible")


def _theirs(turn: Turn, number: int, area_id: int) -> tuple[Notice, Area] | None:
    """The notice, and an area of the reader's that it went to; else that is said (invariant 11)."""
    notice, area = turn.session.get(Notice, number), turn.session.get(Area, area_id)
    theirs = turn.person and area and may_touch(turn.session, turn.now, turn.person.id, area.id)
    if notice and area and theirs and covers(turn.session.get_one(Area, notice.area_id).path, area.path):
        return notice, area
    turn.reply("not-yours")
    return None


def _looked(turn: Turn, notice: Notice, area: Area) -> None:
    if turn.person is not None:
        by = turn.person.id
        record(turn.session, turn.now, actor_id=by, act="look", subject=f"area:{area.id}", unread_of=notice.id)


def _show(turn: Turn, template: str, notice: Notice, area: Area, start: int) -> None:
    args = {"notice": notice.id, "area": area.id, "start": start}
    post(turn.session, turn.now, turn.account, Priority.REPLY, template, args=args)


Press = Callable[[Turn, list[str]], None]
BUTTONS: dict[str, Press] = {
    "nbelow": lambda turn, rest: below(turn, *map(int, rest)),
    "nwho": lambda turn, rest: who(turn, *map(int, rest)),
    "ndoor": lambda turn, rest: doors(turn, *map(int, rest)),
    "nfile": lambda turn, rest: file(turn, *map(int, rest)),
    "nremind": lambda turn, rest: remind(turn, *map(int, rest)),
}
