"""`/find`: somebody of one's own areas, by name, by door, or by the end of their telephone number (查找)."""

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, words_of
from handlers.turn import Turn
from models import Household
from rules.finding import wanted
from rules.mail import Priority
from services.areas import address
from services.audit import record
from services.finding import Match, find
from services.mailbox import Button, post
from services.staff import may_touch, paths

LONGEST = 40
"""Characters of what is looked for."""

FIND = Form("find", (Field("what", "find-ask", "find-ask", words_of(LONGEST)),))


def begin(turn: Turn, forms: Forms, text: str) -> None:
    """`/find 王芳`, `/find 3号`, `/find 0001`: who it is and where; asked for when nothing was said."""
    if turn.person is None or not paths(turn.session, turn.now, turn.person.id):
        turn.reply("staff-only")
    elif said := text.strip()[:LONGEST]:
        _find(turn, said)
    else:
        forms.start(turn, FIND.name, {})


def show(turn: Turn, number: int) -> None:
    """One household: who lives there, how they are, how they are called. The look is logged (invariant 11)."""
    home = turn.session.get(Household, number)
    if turn.person is None or home is None or not may_touch(turn.session, turn.now, turn.person.id, home.grid_id):
        turn.reply("not-yours")
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=f"household:{home.id}")
    post(turn.session, turn.now, turn.account, Priority.REPLY, "found", args={"home": home.id})


def _find(turn: Turn, text: str) -> None:
    if turn.person is None:
        return
    mine = paths(turn.session, turn.now, turn.person.id)
    found = find(turn.session, mine, wanted(text))
    if len(found.matches) == 1 and not found.too_many:
        show(turn, found.matches[0].home.id)
    elif found.matches:
        homes = [match.home.id for match in found.matches]
        record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject="find", homes=homes)
        key = "find-first" if found.too_many else "find-which"
        turn.reply(key, {"count": len(homes)}, [[_choice(turn, match)] for match in found.matches])
    elif found.too_many:
        turn.reply("find-too-many")
    else:
        turn.reply("find-whole-number" if found.no_tails else "find-nobody")


def _choice(turn: Turn, match: Match) -> Button:
    where, key = address(turn.session, match.home), f"find:{match.home.id}"
    if not match.name:
        return (key, "button-person", {"name": where})
    return (key, "find-button", {"name": match.name, "where": where})


def _finish(turn: Turn, answers: Answers) -> None:
    _find(turn, answers["what"])


FILLINGS = (Filling(FIND, _finish),)
