"""Links to the page of an alarm: signed, for one person and one day; at each look their right is asked again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from models import Escalation, Household, Person
from models.db import vault_of
from rules.errors import BadInviteError
from rules.escalation import Kind, State
from rules.signed import seal, unseal
from services.areas import whereabouts
from services.audit import record
from services.dossier import head_of
from services.policy import default_policy, policy_at
from services.staff import may_touch
from services.timelines import Moment, Timeline
from services.words import Words

HOLDS = timedelta(hours=24)
_NUMBER, _HOURS = 8, 4


@dataclass(frozen=True, slots=True)
class Story:
    """What the page of an alarm shows."""

    number: int
    kind: Kind
    state: State
    name: str
    """Whom it is about, or the head of the household."""
    where: str
    timezone: str
    moments: tuple[Moment, ...]


def link_to(session: Session, now: datetime, escalation: Escalation, person_id: int) -> str:
    """The address of an alarm's page for one person; "" where the house has no site that the world can find."""
    site = default_policy(session).site
    if not site:
        return ""
    until = int((now + HOLDS).timestamp()) // 3600
    parts = (escalation.id, _NUMBER), (person_id, _NUMBER), (until, _HOURS)
    payload = b"".join(number.to_bytes(size, "big") for number, size in parts)
    return f"{site}/alarm/{seal(payload, lambda given: _sign(session, given))}"


def _sign(session: Session, payload: bytes) -> bytes:
    # A code for something else must never do for this one.
    return vault_of(session).signature(b"alarm " + payload)


def opened(session: Session, now: datetime, code: str, words: Words, what: str) -> Story | None:
    """What is behind a link, for whom it was made, while they still answer for the grid; the look is written down.

    None for what is not ours, is too old, or is theirs no more.
    """
    try:
        payload = unseal(code, _NUMBER * 2 + _HOURS, lambda given: _sign(session, given))
    except BadInviteError:
        return None
    number, person, until = (int.from_bytes(part, "big") for part in (payload[:8], payload[8:16], payload[16:]))
    one = session.get(Escalation, number)
    if one is None or datetime.fromtimestamp(until * 3600, UTC) < now:
        return None
    if not may_touch(session, now, person, one.grid_id):
        return None
    record(session, now, actor_id=person, act="look", subject=f"escalation:{one.id}", what=what)
    return story_of(session, words, one)


def story_of(session: Session, words: Words, one: Escalation) -> Story:
    """The story of an alarm with what it is about."""
    home = session.get(Household, one.household_id) if one.household_id is not None else None
    person = session.get(Person, one.person_id) if one.person_id else head_of(session, home.id) if home else None
    return Story(
        number=one.id,
        kind=one.kind,
        state=one.state,
        name=person.name if person else (home.room if home else ""),
        where=whereabouts(session, one.household_id, one.place_id),
        timezone=policy_at(session, one.grid_id).timezone,
        moments=tuple(Timeline(session, words, one).moments()),
    )
