"""Photos and files that people send: written down, kept once they are fetched, shown to whoever has the alarm."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from channels.port import Attachment
from models import Account, Escalation, Export, Household, MediaCopy, NoticeFile, NoticePhrase, Person, ReceivedMedia
from rules.escalation import State
from rules.mail import Priority
from rules.media import KEEP_EXPORTS, KEEP_NOTICE_FILES, KEEP_PHOTOS, RECENT, MediaState
from rules.nights import part_of
from services.accounts import reachable_accounts
from services.chain import reach
from services.escalations import may_ring_at, refresh
from services.fetching import tried_again
from services.foresight import foreseen
from services.mailbox import post, say
from services.questioning import wants_photo
from services.spot_checks import who_sees

BATCH = 20


def receive(
    session: Session, now: datetime, account: Account, person: Person, home: Household | None, media: str, caption: str
) -> ReceivedMedia:
    """Puts down that somebody sent a photo or a file; its content is fetched after the commit. `home` None: it is no
    household's, and is seen by nobody but whoever is asked with it.
    """
    row = ReceivedMedia(
        bot=account.bot,
        external_id=media,
        account_id=account.id,
        person_id=person.id,
        household_id=home.id if home else None,
        caption=caption,
        at=now,
        due_at=now,
    )
    session.add(row)
    session.flush()
    return row


def kept(session: Session, now: datetime, number: int, digest: str, mime: str) -> None:
    """The content is in the store: whoever has an alarm of this household sees it."""
    row = session.get_one(ReceivedMedia, number)
    row.state, row.digest, row.mime = MediaState.KEPT, digest, mime
    session.flush()
    if row.household_id is None:
        return
    for escalation in _open_alarms(session, row.household_id):
        refresh(session, now, escalation)
        for account in _hands(session, now, escalation):
            if account.person_id == row.person_id:
                continue  # whoever noted it with the alarm took it themselves
            # Whoever has two alarms of one household sees the picture once.
            once = f"photo:{row.id}:{account.id}"
            show(session, now, account, row, Priority.ALERT, may_ring_at(session, now, escalation), once)
    if asking := wants_photo(session, now, row.household_id):
        for account in reachable_accounts(session, asking).values():
            show(session, now, account, row, Priority.PROMPT, now, f"photo:{row.id}:{account.id}")
    for account in who_sees(session, now, row.household_id, row.at):
        show(session, now, account, row, Priority.NOTICE, now, f"photo:{row.id}:{account.id}")


def refuse(session: Session, now: datetime, number: int, error: str) -> None:
    """It is nothing that we take; the sender hears what we do take."""
    row = session.get_one(ReceivedMedia, number)
    row.state, row.error = MediaState.REFUSED, error
    say(session, now, session.get_one(Account, row.account_id), "media-refused")


def fetch_later(session: Session, now: datetime, number: int, error: str, *, lost: bool) -> None:
    """It could not be fetched: tried again later, or given up and said so."""
    row = session.get_one(ReceivedMedia, number)
    if not tried_again(now, row, error, lost=lost):
        say(session, now, session.get_one(Account, row.account_id), "media-gone")


def photos_for(session: Session, escalation: Escalation) -> list[ReceivedMedia]:
    """What a household sent shortly before an alarm and since, as long as the alarm was open; oldest first."""
    home, since, until = escalation.household_id, escalation.opened_at - RECENT, escalation.closed_at
    if home is None:
        return []
    known = foreseen(session).photos.get(home)
    every = kept_of(session, [home])[home] if known is None else known
    return [one for one in every if since <= one.at and (until is None or one.at <= until)]


_KEPT = (
    select(ReceivedMedia)
    .where(ReceivedMedia.household_id.in_(bindparam("homes", expanding=True)), ReceivedMedia.state == MediaState.KEPT)
    .order_by(ReceivedMedia.id)
)


def kept_of(session: Session, homes: Collection[int]) -> dict[int, list[ReceivedMedia]]:
    """Everything that is kept of these households, oldest first."""
    found: dict[int, list[ReceivedMedia]] = {home: [] for home in homes}
    for one in session.scalars(_KEPT, {"homes": list(homes)}):
        if one.household_id is not None:
            found[one.household_id].append(one)
    return found


def show(
    session: Session,
    now: datetime,
    account: Account,
    row: ReceivedMedia,
    priority: Priority,
    due_at: datetime,
    once: str | None = None,
) -> None:
    """Owes somebody the picture itself; with a key not a second time."""
    post(session, now, account, priority, "photo", about=f"photo:{row.id}", dedupe_key=once, due_at=due_at)


def attachment(session: Session, bot: str, digest: str, name: str, mime: str) -> Attachment:
    """A content of the store to send through a bot, by the messenger's own id where it has one."""
    copy = session.get(MediaCopy, (bot, digest))
    return Attachment(digest, name, mime, known=copy.external_id if copy else "")


def remember_copy(session: Session, bot: str, digest: str, external_id: str) -> None:
    """What the messenger calls a content from now on."""
    if digest and external_id:
        session.merge(MediaCopy(bot=bot, digest=digest, external_id=external_id))


def outdated(session: Session, now: datetime) -> list[str]:
    """Forgets photos and workbooks whose time is over; the digests that nobody needs any more."""
    old = [
        *session.scalars(
            select(ReceivedMedia)
            .where(ReceivedMedia.state == MediaState.KEPT, ReceivedMedia.at <= now - KEEP_PHOTOS)
            .limit(BATCH)
        ),
        *session.scalars(
            select(Export).where(Export.state == MediaState.KEPT, Export.created_at <= now - KEEP_EXPORTS).limit(BATCH)
        ),
        *session.scalars(
            select(NoticeFile)
            .where(NoticeFile.state == MediaState.KEPT, NoticeFile.at <= now - KEEP_NOTICE_FILES)
            .where(~exists().where(NoticePhrase.file_id == NoticeFile.id))
            .limit(BATCH)
        ),
    ]
    digests = {row.digest for row in old}
    for row in old:
        row.state = MediaState.GONE
    session.flush()
    for digest in digests:
        for copy in session.scalars(select(MediaCopy).where(MediaCopy.digest == digest)):
            session.delete(copy)
    return [one for one in digests if not _in_use(session, one)]


def _in_use(session: Session, digest: str) -> bool:
    """The same picture sent twice is one content."""
    return any(
        session.scalars(select(table.id).where(table.digest == digest, table.state == MediaState.KEPT).limit(1)).first()
        for table in (ReceivedMedia, Export, NoticeFile)
    )


def _open_alarms(session: Session, household_id: int) -> Sequence[Escalation]:
    return session.scalars(
        select(Escalation).where(Escalation.household_id == household_id, Escalation.state != State.CLOSED)
    ).all()


def _hands(session: Session, now: datetime, escalation: Escalation) -> list[Account]:
    """Whoever holds an alarm; while nobody does, those of the chain who have been told."""
    accounts = reach(session, now, escalation.chain).accounts
    first = part_of(escalation.chain, escalation.step).start
    told = [person for step in escalation.chain[first : escalation.step + 1] for person in step["people"]]
    people = [escalation.holder_id] if escalation.holder_id else told
    return [accounts[one] for one in dict.fromkeys(people) if one in accounts]
