"""`/alerts`: what is open in one's own areas; every button changes the message that it stands under (告警)."""

from collections.abc import Sequence

from handlers.turn import Turn
from models import OutboxMessage
from rules.mail import MailState, Priority
from rules.open_alarms import View, read_view
from services.audit import record
from services.changes import change
from services.mailbox import post
from services.staff import paths

_TEMPLATE = "open_alarms"


def show(turn: Turn) -> None:
    """Everything, gravest and oldest first."""
    _look(turn, View(), None)


def press(turn: Turn, rest: Sequence[str]) -> None:
    """What a button chose: a page, in whose hands, a kind, an area; last the number of the message that changes."""
    *chosen, number = rest if len(rest) > _PARTS else (*rest, "0")
    try:
        _look(turn, read_view(chosen), int(number))
    except ValueError:
        turn.reply("not-understood")


_PARTS = len(View().written().split(":"))


def _look(turn: Turn, view: View, number: int | None) -> None:
    """The look is logged, with what was looked at (invariant 11)."""
    if turn.person is None or not paths(turn.session, turn.now, turn.person.id):
        turn.reply("staff-only")
        return
    written = view.written()
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject="alarms", view=written)
    args = {"view": written}
    shown = turn.session.get(OutboxMessage, number) if number else None
    if shown is not None and _is_here(turn, shown):
        change(turn.session, turn.now, shown, args)
    else:
        post(turn.session, turn.now, turn.account, Priority.REPLY, _TEMPLATE, args=args)


def _is_here(turn: Turn, shown: OutboxMessage) -> bool:
    """Whether it stands in this chat; any number can be sent by a client of one's own."""
    mine = shown.account_id == turn.account.id and shown.template == _TEMPLATE
    return mine and shown.state is MailState.SENT and shown.external_id is not None and shown.edits_id is None
