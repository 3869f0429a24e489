"""A letter as one messenger can take it: what it cannot do is done otherwise, or left."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from channels.port import Attachment, Capabilities, Menu, Message, Sent
from channels.text import pieces
from models import Account, OutboxMessage
from rules.mail import Priority
from services.accounts import language_of
from services.forms import standing
from services.notice_sweeps import CHANGED
from services.window import may_send
from services.words import Lines, Words, words_in

_NEWS = frozenset({"told", CHANGED})
"""What stands in the place of what was sent, and is said below it where that cannot be changed."""


def can_change(original: OutboxMessage | None, can: Capabilities) -> bool:
    """Whether a message that was sent can be replaced where it stands."""
    return can.edits and original is not None and (bool(original.handle) or not can.edits_by_handle)


def answers_in_place(
    session: Session, message: OutboxMessage, original: OutboxMessage | None, account: Account, can: Capabilities
) -> bool:
    """Whether an owed edit is worth sending where a sent message cannot be changed.

    It is said anew to whoever has just caused it by a press, for they wait for an answer and need the next choices; it
    was owed in the transaction in which they were heard. Everybody else would only see the same message again, but for
    what is news to them; and so would they, of a record that several messages in their chat speak of: the newest one
    answers.
    """
    if original is None or can_change(original, can) or message.template in _NEWS:
        return True
    return message.created_at == account.last_seen_at and not _another_answers(session, message)


def _another_answers(session: Session, message: OutboxMessage) -> bool:
    """Whether a later message of the chat, the same letter about the same record, is said anew for the same press."""
    if message.about is None:
        return False
    later = exists().where(
        OutboxMessage.account_id == message.account_id,
        OutboxMessage.template == message.template,
        OutboxMessage.about == message.about,
        OutboxMessage.created_at == message.created_at,
        OutboxMessage.edits_id > message.edits_id,
    )
    return bool(session.scalar(select(later)))


def fit(
    session: Session,
    message: OutboxMessage,
    account: Account,
    written: Message | Menu,
    edits: Sent | None,
    can: Capabilities,
    now: datetime,
) -> tuple[Message | Menu, Sent | None]:
    """What is sent in fact, and what it replaces."""
    if isinstance(written, Menu):
        return written, edits
    if not takes(written.attachment, can):
        told = told_instead(written.attachment, words_in(language_of(session, account)))
        written = replace(written, lines=(*written.lines, *told), attachment=None)
    if written.ask_number and can.ask_number:
        hint = words_in(language_of(session, account)).lines("share-number-too", {})
        written = replace(written, lines=(*written.lines, *hint))
    if can.window and not may_send(account, now, Priority(message.priority), pushes(written, can)):
        written = replace(written, outside=True)
    if can.numbered and message.template != "say" and _comes_in_between(session, account, written):
        written = replace(written, wants_words=True)
    return replace(written, number=message.id), edits


def _comes_in_between(session: Session, account: Account, written: Message) -> bool:
    """Whether it has choices while a form waits for an answer to something else: a typed number is for the form."""
    keys = [choice.key for row in written.choices for choice in row]
    if not keys or any(key.startswith("form:") for key in keys):
        return False
    return standing(session, account) is not None


def takes(attached: Attachment | None, can: Capabilities) -> bool:
    """Whether a messenger can carry what goes with the words."""
    return attached is None or (can.pictures if attached.is_picture else can.files)


def told_instead(attached: Attachment | None, words: Words) -> Lines:
    """What is said in place of a picture or a file that a messenger cannot carry."""
    return words.lines("file-not-here", {"name": attached.name if attached else ""})


def pushes(message: Message, can: Capabilities) -> int:
    """How many messages of the messenger it takes: its pieces, and one for a picture."""
    return len(pieces(message, can.longest_text)) + (message.attachment is not None)
