"""What a batch of letters is about, looked up together: one question a table instead of one a letter."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Account, Escalation, Household, NoticeCopy, OutboxMessage, Person, ReportRequest
from services import lookups
from services.areas import look_up_lines
from services.changes import begun_with
from services.foresight import Foresight, foresee, foresee_no_more
from services.letters.digest import shown_since
from services.mailbox import subject_of
from services.media import kept_of

Chosen = Sequence[tuple[OutboxMessage, Account]]

_SUBJECTS: dict[str, Any] = {"request": ReportRequest, "notice_copy": NoticeCopy, "escalation": Escalation}
"""The records that many letters of one batch are about, each about another."""


@contextmanager
def look_up(session: Session, chosen: Chosen) -> Iterator[None]:
    """Within it the session knows the readers, the subjects and the edited messages of these messages by their numbers,
    and of the households that they are about: who lives there, who of them is asked, and what they answered.
    """
    known = Foresight()
    subjects = _look_up_subjects(session, known, chosen)
    if not (subjects or known.bundles):
        yield
        return
    _look_into_households(session, known, chosen, subjects)
    foresee(session, known)
    try:
        yield
    finally:
        foresee_no_more(session)


def _look_up_subjects(session: Session, known: Foresight, chosen: Chosen) -> list[ReportRequest | Escalation]:
    """Whom and what the letters are about; of it, what is about one household."""
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
    lists = [_shown_since(session, message) for message, _ in chosen if subject_of(message.about)[0] == "bundle"]
    lookups.bundles(session, known, bundles, min(lists, default=None))
    return subjects


def _shown_since(session: Session, message: OutboxMessage) -> datetime:
    return shown_since(message, begun_with(session, message))


def _look_into_households(
    session: Session, known: Foresight, chosen: Chosen, subjects: Sequence[ReportRequest | Escalation]
) -> None:
    """What a letter shows of one household, and what a digest shows of many: a door, a name and a number."""
    lines = [one for together in known.bundles.values() if len(together) > 1 for one in together]
    alone = [*subjects, *(one for together in known.bundles.values() if len(together) == 1 for one in together)]
    requests = {one.id for one in alone if isinstance(one, ReportRequest)}
    alarms = [one for one in alone if isinstance(one, Escalation)]
    homes_of_alarms = {one.household_id for one in alarms if one.household_id is not None}
    homes_of_lines = {one.household_id for one in lines if one.household_id is not None}
    asked_in = {one.request_id for one in [*alarms, *lines] if one.request_id is not None}
    if asked_in:
        _load(session, ReportRequest, asked_in)
    if alarms or lines:
        homes = _load(session, Household, homes_of_alarms | homes_of_lines)
        look_up_lines(session, {one.area_id for one in homes})
        _load(session, Person, {one.holder_id for one in [*alarms, *lines] if one.holder_id})
    if lines:
        lookups.fronts(session, known, homes_of_lines)
    if alone:
        lookups.slots(session, known, requests | {one.request_id for one in alarms if one.request_id is not None})
        lookups.members(session, known, {one.household_id for one in alone if one.household_id is not None})
    if alarms:
        known.photos = kept_of(session, homes_of_alarms)
    if requests:
        asked = {one.household_id for one in alone if isinstance(one, ReportRequest)}
        lookups.quarantined(session, known, asked)
        lookups.calls(session, known, {account.id for _, account in chosen})


def _load(session: Session, table: Any, numbers: Collection[int]) -> Sequence[Any]:
    return session.scalars(lookups.by_number(table), lookups.among(numbers)).all()
