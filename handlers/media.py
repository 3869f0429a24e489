"""Photos, voices, files and places that people send, and how staff look at them."""

from handlers.admission import greet_stranger
from handlers.alarms import looked_at, theirs
from handlers.readers import reader_of
from handlers.turn import Turn
from rules.mail import Priority
from rules.media import is_voice
from services.audit import record
from services.homes import household_of
from services.media import photos_for, receive, show

MOST_AT_ONCE = 5
"""Photos that one press shows: the newest."""


def take(turn: Turn, media: str, caption: str, mime: str = "") -> None:
    """A photo of the thermometer, a ticket, a voice: kept, and said so; words beside it are heard as any other."""
    household = household_of(turn.session, turn.person.id) if turn.person else None
    if turn.person is None:
        greet_stranger(turn)
        return
    if household is None:
        turn.reply("media-of-no-door", {"who": reader_of(turn).value})
        return
    receive(turn.session, turn.now, turn.account, turn.person, household, media, caption)
    if not caption:
        turn.reply("media-taken-voice" if is_voice(mime) else "media-taken")


def show_photos(turn: Turn, number: int) -> None:
    """看照片: what the household of an alarm sent; the look is logged (invariant 11)."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=looked_at(one))
    for row in photos_for(turn.session, one)[-MOST_AT_ONCE:]:
        show(turn.session, turn.now, turn.account, row, Priority.REPLY, turn.now)
