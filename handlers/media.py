"""Photos and files that people send, and how staff look at them."""

from handlers.alarms import looked_at, theirs
from handlers.turn import Turn
from rules.mail import Priority
from services.audit import record
from services.media import photos_for, receive, show
from services.readings import household_of

MOST_AT_ONCE = 5
"""Photos that one press shows: the newest."""


def take(turn: Turn, media: str, caption: str) -> None:
    """A photo of the thermometer, or a ticket: kept, and said so; a temperature beside it is reported as any other."""
    household = household_of(turn.session, turn.person.id) if turn.person else None
    if turn.person is None or household is None:
        turn.reply("start-unknown", ask_number=True) if turn.person is None else turn.reply("not-joined")
        return
    receive(turn.session, turn.now, turn.account, turn.person, household, media, caption)
    if not caption:
        turn.reply("media-taken")


def show_photos(turn: Turn, number: int) -> None:
    """看照片: what the household of an alarm sent; the look is logged (invariant 11)."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=looked_at(one))
    for row in photos_for(turn.session, one)[-MOST_AT_ONCE:]:
        show(turn.session, turn.now, turn.account, row, Priority.REPLY, turn.now)
