"""Messages owed: written in the transaction that causes them, sent by the delivery, never from here."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, exists, literal, null, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Account, OutboxMessage
from models.db import insert_into
from models.statements import rows_changed
from rules.mail import MailState, Priority
from services.words import Value

Button = tuple[str, str] | tuple[str, str, dict[str, Value]]
"""The key that comes back, the catalogue's key of the label, the label's arguments."""

Buttons = Sequence[Sequence[Button]]
T = TypeVar("T")


def turning(key: Callable[[int], str], start: int, page: int, *, more: bool) -> list[Button]:
    """The way to the page before one that begins at `start`, and to the one after it, where there are such."""
    before: list[Button] = [(key(max(0, start - page)), "button-earlier")] if start else []
    after: list[Button] = [(key(start + page), "button-later")] if more else []
    return [*before, *after]


def in_rows(buttons: Sequence[T], wide: int) -> list[list[T]]:
    """Buttons side by side, `wide` to a row."""
    return [list(buttons[at : at + wide]) for at in range(0, len(buttons), wide)]


def post(
    session: Session,
    now: datetime,
    account: Account,
    priority: Priority,
    template: str,
    *,
    args: dict[str, Any] | None = None,
    about: str | None = None,
    dedupe_key: str | None = None,
    due_at: datetime | None = None,
    counted: bool = False,
) -> OutboxMessage | None:
    """Owes a message to an account; None when one with this key was already owed or sent.

    `counted`: an alarm that can wait, one of so many an hour (`services.hours`).
    """
    if dedupe_key and session.scalar(select(exists().where(OutboxMessage.dedupe_key == dedupe_key))):
        return None
    message = OutboxMessage(
        bot=account.bot,
        account_id=account.id,
        priority=priority,
        template=template,
        args=args or {},
        about=about,
        dedupe_key=dedupe_key,
        due_at=due_at or now,
        created_at=now,
        counted=counted,
    )
    session.add(message)
    return message


def post_many(
    session: Session,
    now: datetime,
    source: Select[Any],
    priority: Priority,
    template: str,
    *,
    about: ColumnElement[str],
    dedupe_key: ColumnElement[str] | None,
    due_at: datetime | None = None,
) -> int:
    """Owes one message to every `Account` row of `source`, inside the database; how many that are.

    With a key, twice owes nothing twice; without, `source` must not give a row twice.
    """
    return rows_changed(session, _many(session, now, source, priority, template, about, dedupe_key, due_at))


def prompt_many(
    session: Session,
    now: datetime,
    source: Select[Any],
    template: str,
    *,
    about: ColumnElement[str],
    dedupe_key: ColumnElement[str],
) -> Sequence[str | None]:
    """Owes a prompt to every `Account` row of `source`, as `post_many` does; what each of them is about."""
    owed = _many(session, now, source, Priority.PROMPT, template, about, dedupe_key, None)
    return session.scalars(owed.returning(OutboxMessage.about)).all()


def _many(
    session: Session,
    now: datetime,
    source: Select[Any],
    priority: Priority,
    template: str,
    about: ColumnElement[str],
    dedupe_key: ColumnElement[str] | None,
    due_at: datetime | None,
) -> Any:
    columns = OutboxMessage.__table__.c
    fixed = {
        "priority": int(priority),
        "template": template,
        "args": {},
        "due_at": due_at or now,
        "waits": due_at is not None and due_at > now,
        "state": MailState.PENDING,
        "attempts": 0,
        "handle": "",
        "created_at": now,
    }
    rows = source.with_only_columns(
        Account.bot,
        Account.id,
        about.label("about"),
        (null() if dedupe_key is None else dedupe_key).label("dedupe_key"),
        *(literal(value, columns[name].type).label(name) for name, value in fixed.items()),
    )
    owed = insert_into(session, OutboxMessage).from_select(["bot", "account_id", "about", "dedupe_key", *fixed], rows)
    return owed if dedupe_key is None else owed.on_conflict_do_nothing(index_elements=["dedupe_key"])


def say(
    session: Session,
    now: datetime,
    account: Account,
    key: str,
    args: dict[str, Value] | None = None,
    buttons: Buttons = (),
    priority: Priority = Priority.REPLY,
    about: str | None = None,
    ask_number: bool = False,
    shortcuts: Buttons = (),
    due_at: datetime | None = None,
) -> OutboxMessage | None:
    """Owes one text of the catalogue with its buttons; `ask_number` shows a key that hands over the phone number.

    `shortcuts` are buttons for what can be typed as well. It is due at `due_at`; None: now.
    """
    body: dict[str, Any] = {
        "key": key,
        "args": args or {},
        "buttons": [[list(button) for button in row] for row in buttons],
    }
    if ask_number:
        body["ask_number"] = True
    if shortcuts:
        body["shortcuts"] = [[list(button) for button in row] for row in shortcuts]
    return post(session, now, account, priority, "say", args=body, about=about, due_at=due_at)


def subject_of(about: str | None) -> tuple[str, str]:
    """``request:12`` as ("request", "12")."""
    kind, _, rest = (about or "").partition(":")
    return kind, rest
