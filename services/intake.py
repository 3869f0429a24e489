"""Updates as they take effect: once each, in order, inside the transaction of their batch."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, exists, insert, select, update
from sqlalchemy.orm import Session

from channels.port import Incoming, NotDelivered, Press, Reachable
from models import Account, OutboxMessage, Person, RejectedUpdate, SeenUpdate
from services.accounts import account_of, seen
from services.ways import heard
from services.window import open_window

_SEEN = cast(Table, SeenUpdate.__table__)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update that is new here, with its chat and the person behind it."""

    incoming: Incoming
    account: Account
    person: Person | None
    back_since: datetime | None = None
    """Since when the account could not be reached, when it has just come back."""
    unanswered: int = 0
    """How many alerts in a row were not answered here until now."""


def arrived(session: Session, now: datetime, incoming: Incoming) -> Arrived:
    """An update that is new, with its chat; whoever writes can be reached again."""
    account = account_of(session, incoming, now)
    back_since, unanswered = None, 0
    speaks = incoming.content != Reachable(False) and not isinstance(incoming.content, NotDelivered)
    if speaks:
        back_since, account.unreachable_since = account.unreachable_since, None
        unanswered = account.unanswered
        seen(account, now)
    if isinstance(incoming.content, Press) and incoming.content.handle:
        _keep_handle(session, account, incoming.content)
    if incoming.allows is not None:
        # The messenger counts from when it was said; by our later clock the last minute would be one too many.
        open_window(account, incoming.allows, min(incoming.at or now, now))
    if speaks:
        heard(session, now, account)
    person = session.get(Person, account.person_id) if account.person_id else None
    return Arrived(incoming, account, person, back_since, unanswered)


def _keep_handle(session: Session, account: Account, press: Press) -> None:
    """The message that was pressed may be changed once more."""
    mine = update(OutboxMessage).where(
        OutboxMessage.account_id == account.id, OutboxMessage.external_id == press.message_id
    )
    session.execute(mine.values(handle=press.handle))


def note_seen(session: Session, now: datetime, incoming: Incoming) -> bool:
    """Notes an update as seen; False when it has had its effect already."""
    key = (incoming.sender.bot, incoming.update_id)
    if session.scalar(select(exists().where(SeenUpdate.bot == key[0], SeenUpdate.update_id == key[1]))):
        return False
    session.add(SeenUpdate(bot=key[0], update_id=key[1], at=now))
    return True


def note_all_seen(session: Session, now: datetime, batch: Sequence[Incoming]) -> list[Incoming]:
    """Notes the updates of a batch as seen; those that are new, each once."""
    new: dict[tuple[str, str], Incoming] = {}
    for one in batch:
        new.setdefault((one.sender.bot, one.update_id), one)
    for bot in {bot for bot, _ in new}:
        numbers = [number for at, number in new if at == bot]
        known = select(SeenUpdate.update_id).where(SeenUpdate.bot == bot, SeenUpdate.update_id.in_(numbers))
        for number in session.scalars(known):
            del new[bot, number]
    if new:
        session.connection().execute(
            insert(_SEEN), [{"bot": bot, "update_id": number, "at": now} for bot, number in new]
        )
    return list(new.values())


def reject(session: Session, now: datetime, incoming: Incoming, account: Account | None, error: str) -> None:
    """Keeps an update whose handler failed, with the error, for somebody to look at."""
    session.add(
        RejectedUpdate(
            bot=incoming.sender.bot,
            update_id=incoming.update_id,
            account_id=account.id if account else None,
            content={"kind": type(incoming.content).__name__, **asdict(incoming.content)},
            error=error,
            at=now,
        )
    )
