"""经过: the story of one alarm, for whoever may touch it."""

from handlers.alarms import theirs
from handlers.turn import Turn
from rules.mail import Priority
from services.audit import record
from services.mailbox import post


def show(turn: Turn, number: int) -> None:
    """A message of its own; the look is logged (invariant 11)."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=f"escalation:{one.id}", what="history")
    post(turn.session, turn.now, turn.account, Priority.REPLY, "history", about=f"history:{one.id}")
