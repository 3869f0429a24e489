"""In which of their chats somebody is told: here from now on, or wherever they wrote last (以后发到这里)."""

from handlers.turn import Turn
from services.mailbox import Button
from services.phones import other_phones
from services.ways import choose

HERE: list[list[Button]] = [[("way:here", "button-way-here")]]
LAST: list[list[Button]] = [[("way:last", "button-way-last")]]


def here(turn: Turn) -> None:
    """`/here`: from now on this chat is written to, and another one of theirs where this one cannot be reached."""
    if turn.person is None:
        turn.reply("not-joined")
    elif not other_phones(turn.session, turn.account):
        turn.reply("way-only")
    else:
        choose(turn.session, turn.now, turn.account, here=True)
        turn.reply("way-here", buttons=LAST)


def press(turn: Turn, where: str) -> None:
    """The buttons: here, or where they wrote last."""
    if where != "last" or turn.person is None:
        here(turn)
        return
    choose(turn.session, turn.now, turn.account, here=False)
    turn.reply("way-last", buttons=HERE)
