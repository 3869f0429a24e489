"""What a batch of letters is about, looked up together: one question a table instead of one a letter."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, event, select
from sqlalchemy.orm import Session

from models import Account, NoticeCopy, OutboxMessage, Person, ReportRequest
from services.mailbox import subject_of

_SUBJECTS: dict[str, Any] = {"request": ReportRequest, "notice_copy": NoticeCopy}
"""The records that many letters of one batch are about, each about another."""


@contextmanager
def look_up(session: Session, chosen: Sequence[tuple[OutboxMessage, Account]]) -> Iterator[None]:
    """Within it the session knows the readers, the subjects and the edited messages of these messages by their numbers.

    And whatever a letter asks for is known to the next one: a session forgets what nobody holds, so we hold it.
    """
    wanted: dict[Any, set[int]] = {Person: {account.person_id for _, account in chosen if account.person_id}}
    for message, _ in chosen:
        kind, number = subject_of(message.about)
        if kind in _SUBJECTS:
            wanted.setdefault(_SUBJECTS[kind], set()).add(int(number))
        if message.edits_id is not None:
            wanted.setdefault(OutboxMessage, set()).add(message.edits_id)
    held: list[object] = []

    def hold(_session: Session, record: object) -> None:
        held.append(record)

    event.listen(session, "loaded_as_persistent", hold)
    try:
        for table, numbers in wanted.items():
            if len(numbers) > 1:
                session.scalars(_by_number(table), {"numbers": sorted(numbers)}).all()
        yield
    finally:
        event.remove(session, "loaded_as_persistent", hold)


@cache
def _by_number(table: Any) -> Select[Any]:
    return select(table).where(table.id.in_(bindparam("numbers", expanding=True)))
