"""A human decides whether somebody may go at the end of their days: released, or longer (解除隔离)."""

from handlers.own_area import theirs
from handlers.turn import Turn
from models import Person, Quarantine
from rules.mail import Priority
from services.audit import record
from services.dates import day_in
from services.mailbox import post
from services.orders import LONGER, make_longer
from services.releases import release


def show(turn: Turn, number: int) -> None:
    """One person: what is missing or abnormal, and what can be decided; the look is logged."""
    one = theirs(turn, Quarantine, number)
    if one is None or turn.person is None:
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=f"person:{one.person_id}")
    post(turn.session, turn.now, turn.account, Priority.REPLY, "release_card", about=f"quarantine:{one.id}")


def let_go(turn: Turn, number: int) -> None:
    """解除隔离: their last day is over, or is today."""
    one = _open(turn, number)
    if one is None or turn.person is None:
        return
    release(turn.session, turn.now, [one], by=turn.person.id, by_rule=False)
    turn.reply("release-done", {"name": _name(turn, one)})


def longer(turn: Turn, number: int, days: int) -> None:
    """延长: the slots go on from today."""
    one = _open(turn, number)
    if one is None or turn.person is None or days not in LONGER:
        return
    make_longer(turn.session, turn.now, one, days, turn.person.id)
    until = day_in(one.last_day, turn.words.language)
    turn.reply("release-longer-done", {"name": _name(turn, one), "days": days, "until": until})


def _open(turn: Turn, number: int) -> Quarantine | None:
    """One that a human was asked about and nobody has decided; else that is said."""
    one = theirs(turn, Quarantine, number)
    if one is None:
        return None
    if one.ended_at is not None or one.released_at is not None or one.end_step < 0:
        turn.reply("release-decided", {"name": _name(turn, one)})
        return None
    return one


def _name(turn: Turn, one: Quarantine) -> str:
    return turn.session.get_one(Person, one.person_id).name
