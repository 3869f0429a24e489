"""What a batch of letters is about, looked up together: one question a table instead of one a letter."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, event, select
from sqlalchemy.orm import Session

from models import Account, Escalation, Household, NoticeCopy, OutboxMessage, Person, ReportRequest
from services import looking_ahead
from services.foresight import Foresight, foresee, foresee_no_more
from services.mailbox import subject_of

Chosen = Sequence[tuple[OutboxMessage, Account]]

_SUBJECTS: dict[str, Any] = {"request": ReportRequest, "notice_copy": NoticeCopy, "escalation": Escalation}
"""The records that many letters of one batch are about, each about another."""


@contextmanager
def look_up(session: Session, chosen: Chosen) -> Iterator[None]:
    """Within it the session knows the readers, the subjects and the edited messages of these messages by their numbers,
    and of the households that they are about: who lives there, who of them is asked, and what they answered.

    And whatever a letter asks for is known to the next one: a session forgets what nobody holds, so we hold it.
    """
    held: list[object] = []

    def hold(_session: Session, record: object) -> None:
        held.append(record)

    event.listen(session, "loaded_as_persistent", hold)
    try:
        subjects = _look_up_subjects(session, chosen)
        if not subjects:
            yield
            return
        foresee(session, _look_into_households(session, chosen, subjects))
        try:
            yield
        finally:
            foresee_no_more(session)
    finally:
        event.remove(session, "loaded_as_persistent", hold)


def _look_up_subjects(session: Session, chosen: Chosen) -> list[ReportRequest | Escalation]:
    """Whom and what the letters are about; of it, what is about a household."""
    wanted: dict[Any, set[int]] = {Person: {account.person_id for _, account in chosen if account.person_id}}
    bundles = set()
    for message, _ in chosen:
        kind, number = subject_of(message.about)
        if kind in _SUBJECTS:
            wanted.setdefault(_SUBJECTS[kind], set()).add(int(number))
        if kind == "bundle":
            bundles.add(number)
        if message.edits_id is not None:
            wanted.setdefault(OutboxMessage, set()).add(message.edits_id)
    subjects: list[ReportRequest | Escalation] = []
    for table, numbers in wanted.items():
        if len(numbers) > 1 or table is Escalation:
            found = _load(session, table, numbers)
            subjects += [one for one in found if isinstance(one, ReportRequest | Escalation)]
    if bundles:
        subjects += session.scalars(select(Escalation).where(Escalation.bundle.in_(bundles)))
    return subjects


def _look_into_households(
    session: Session, chosen: Chosen, subjects: Sequence[ReportRequest | Escalation]
) -> Foresight:
    known = Foresight()
    asked_in = {one.id for one in subjects if isinstance(one, ReportRequest)}
    asked_in |= {one.request_id for one in subjects if isinstance(one, Escalation) and one.request_id is not None}
    looking_ahead.slots(session, known, sorted(asked_in))
    alarms = [one for one in subjects if isinstance(one, Escalation)]
    if alarms:
        _load(session, ReportRequest, asked_in)
        _load(session, Household, {one.household_id for one in alarms})
        _load(session, Person, {one.holder_id for one in alarms if one.holder_id})
    looking_ahead.households(session, known, {one.household_id for one in subjects})
    looking_ahead.calls(session, known, {account.id for _, account in chosen})
    return known


def _load(session: Session, table: Any, numbers: Iterable[int]) -> Sequence[Any]:
    return session.scalars(_by_number(table), {"numbers": sorted(numbers)}).all()


@cache
def _by_number(table: Any) -> Select[Any]:
    return select(table).where(table.id.in_(bindparam("numbers", expanding=True)))
