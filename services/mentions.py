"""What a message speaks of beside the record that it is about: it is changed in place with each of them (ADR 87)."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models import Escalation, Mention
from models.statements import insert_rows
from rules.escalation import State
from services.mailbox import subject_of


def speak_of(session: Session, spoken: Mapping[int, Iterable[str]]) -> None:
    """These messages, by number, speak of these records from now on, each of them new to the message."""
    rows = [{"about": about, "message_id": number} for number, abouts in spoken.items() for about in abouts]
    insert_rows(session, Mention, rows)


def speak_no_more(session: Session, messages: Collection[int]) -> None:
    """What moves in the records changes these messages no longer."""
    if messages:
        session.execute(delete(Mention).where(Mention.message_id.in_(messages)))


def spoken_of(session: Session, messages: Collection[int]) -> list[str]:
    """The records of which these messages speak, each once, oldest message first."""
    rows = select(Mention.about).where(Mention.message_id.in_(messages)).order_by(Mention.message_id, Mention.about)
    return list(dict.fromkeys(session.scalars(rows))) if messages else []


def unfinished(session: Session, abouts: Iterable[str]) -> list[str]:
    """Those of these alarms and lists of a grid that are not over, in their order."""
    wanted = list(dict.fromkeys(abouts))
    numbers: dict[str, list[str]] = {}
    for about in wanted:
        kind, number = subject_of(about)
        numbers.setdefault(kind, []).append(number)
    left: set[str] = set()
    if alone := numbers.get("escalation"):
        one = Escalation.id.in_(map(int, alone)) & (Escalation.state != State.CLOSED)
        left |= {f"escalation:{number}" for number in session.scalars(select(Escalation.id).where(one))}
    if together := numbers.get("bundle"):
        some = Escalation.bundle.in_(together) & Escalation.closed_at.is_(None)
        left |= {f"bundle:{bundle}" for bundle in session.scalars(select(Escalation.bundle).where(some).distinct())}
    return [about for about in wanted if about in left]
