"""What a message says, written when it leaves: in the reader's language, with the present state of its subject."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from channels.port import Menu, Message
from models import Account, OutboxMessage
from services.accounts import language_of
from services.letters import alarms, inviting, joining, media, menus, notices, replies, rounds
from services.letters.paper import Paper
from services.words import words_in

Writer = Callable[[Paper], Message | Menu | None]

WRITERS: dict[str, Writer] = {
    "say": replies.say,
    "prompt": rounds.prompt,
    "reminder": rounds.reminder,
    "recheck": rounds.recheck,
    "alert": alarms.alert,
    "digest": alarms.digest,
    "nobody_left": alarms.nobody_left,
    "open_alarms": alarms.open_alarms,
    "approval": joining.approval,
    "notice": notices.copy,
    "funnel": notices.funnel,
    "menu": menus.menu,
    "invited": inviting.invited,
    "photo": media.photo,
    "export": media.export,
}
"""The writer of each template; None from a writer means that the message has become pointless."""


def write(session: Session, message: OutboxMessage, now: datetime) -> Message | Menu | None:
    """The message as it is to be sent at `now`, or None when there is no point in it any more."""
    account = session.get_one(Account, message.account_id)
    words = words_in(language_of(session, account))
    return WRITERS[message.template](Paper(session, message, account, words, now))
