"""Messages owed: written in the transaction that causes them, sent by the delivery, never from here."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import CompoundSelect, Select, String, Table, bindparam, exists, literal, null, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Account, Mention, OutboxMessage
from models.db import insert_into
from models.statements import rows_changed, spelled
from rules.mail import MailState, Priority
from services.foresight import foreseen
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


def not_left(template: str, abouts: Iterable[str]) -> Select[OutboxMessage]:
    """The messages about these that have not left, changes of sent ones aside: they say what is true by then."""
    return select(OutboxMessage).where(
        OutboxMessage.about.in_(list(abouts)),
        OutboxMessage.template == template,
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.PENDING,
    )


def _shown() -> CompoundSelect[Any]:
    sent, spoken_of = cast(Table, OutboxMessage.__table__), cast(Table, Mention.__table__)
    waiting = sent.alias()
    shows = (
        sent.c.state == MailState.SENT,
        sent.c.edits_id.is_(None),
        sent.c.external_id.is_not(None),
        ~exists().where(waiting.c.edits_id == sent.c.id, waiting.c.state == spelled(MailState.PENDING)),
    )
    abouts = bindparam("abouts", expanding=True, type_=String())
    return union_all(
        select(sent.c.id, sent.c.about).where(sent.c.about.in_(abouts), *shows),
        select(sent.c.id, spoken_of.c.about).where(
            spoken_of.c.about.in_(abouts), sent.c.id == spoken_of.c.message_id, *shows
        ),
    )


_BY_NUMBER = (
    select(OutboxMessage).where(OutboxMessage.id.in_(bindparam("numbers", expanding=True))).order_by(OutboxMessage.id)
)
_SHOWN = _shown()
"""What was sent about a record and shows it, but for what will be brought up to date anyway; put together once.

It is asked with every few messages of a broadcast, and mostly there is none.
"""


def bring_up_to_date(session: Session, now: datetime, about: str, due_at: datetime | None = None) -> int:
    """Owes an edit of every message sent about a record, so that each shows its present state; how many.

    An edit that still waits will show the newest state by itself (it is written when it leaves): none is added to it.
    """
    return bring_all_up_to_date(session, now, [about], due_at)


def bring_all_up_to_date(
    session: Session,
    now: datetime,
    abouts: Iterable[str],
    due_at: datetime | None = None,
    priority: Priority = Priority.REPLY,
) -> int:
    """The same about several records."""
    known = foreseen(session).shown
    wanted = list(dict.fromkeys(abouts))
    shown = {one.id: one for about in wanted if about in known for one in known[about]}
    if strange := [about for about in wanted if about not in known]:
        session.flush()
        found = shown_about(session, strange)
        shown |= {one.id: one for about in strange for one in found[about]}
    if shown:  # one that speaks of several records has its edit now, whichever of them comes next
        known |= {about: [one for one in those if one.id not in shown] for about, those in known.items()}
    session.add_all(_edit(one, now, due_at or now, priority=priority) for one in shown.values())
    if strange:
        session.flush()
    return len(shown)


def shown_about(session: Session, abouts: Collection[str]) -> dict[str, list[OutboxMessage]]:
    """What was sent about these records and shows them, but for what will be brought up to date anyway."""
    found: dict[str, list[OutboxMessage]] = {about: [] for about in abouts}
    rows = session.connection().execute(_SHOWN, {"abouts": list(abouts)}).all() if abouts else ()
    numbers = {number for number, _ in rows}
    sent = {one.id: one for one in session.scalars(_BY_NUMBER, {"numbers": list(numbers)})} if numbers else {}
    for number, about in sorted(map(tuple, rows)):
        found[about].append(sent[number])
    return found


def change(session: Session, now: datetime, original: OutboxMessage, args: dict[str, Any]) -> None:
    """Owes an edit of one sent message, to be written with other arguments; one that still waits takes these."""
    waits = (OutboxMessage.edits_id == original.id) & (OutboxMessage.state == spelled(MailState.PENDING))
    waiting = session.scalar(select(OutboxMessage).where(waits).limit(1))
    if waiting is not None:
        waiting.args = args
    else:
        session.add(_edit(original, now, now, args))


def _edit(
    original: OutboxMessage,
    now: datetime,
    due_at: datetime,
    args: dict[str, Any] | None = None,
    priority: Priority = Priority.REPLY,
) -> OutboxMessage:
    return OutboxMessage(
        bot=original.bot,
        account_id=original.account_id,
        priority=priority,
        template=original.template,
        args=original.args if args is None else args,
        about=original.about,
        edits_id=original.id,
        due_at=due_at,
        created_at=now,
    )


def begun_with(session: Session, message: OutboxMessage) -> OutboxMessage:
    """The message that stands in the chat: this one, or the one that it changes."""
    return message if message.edits_id is None else session.get_one(OutboxMessage, message.edits_id)


def subject_of(about: str | None) -> tuple[str, str]:
    """``request:12`` as ("request", "12")."""
    kind, _, rest = (about or "").partition(":")
    return kind, rest
