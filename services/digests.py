"""Digests: what many alarms of a part tell somebody is gathered by bundle and owed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Account, OutboxMessage
from rules.mail import Priority
from services.alerts import GATHER, waiting_digests
from services.hours import Hours
from services.mailbox import post
from services.passed_over import join_digest, with_passed


@dataclass
class _Digest:
    """One message to be owed."""

    account: Account
    starts: datetime
    passed: list[list[Any]]
    joins: OutboxMessage | None = None
    """One that waits already and tells of these alarms too."""
    gathered_at: datetime | None = None
    """When it is told, together with what is too much for its reader's hour; None: by itself."""


@dataclass
class Digests:
    """What is to be told, by bundle and account: as `services.alerts.tell` does it for one alarm after the other."""

    accounts: Mapping[int, Account]
    """By person: where they are told."""
    found: dict[tuple[str, int], _Digest] = field(default_factory=dict)
    hours: Hours | None = None

    def tell(self, bundle: str, people: Iterable[int], starts: datetime, passed: list[list[Any]]) -> None:
        """These people hear of one more alarm of the bundle, not before `starts`; `passed` were passed over for it."""
        for person in people:
            account = self.accounts[person]
            digest = self.found.setdefault((f"bundle:{bundle}", account.id), _Digest(account, starts, []))
            digest.passed = with_passed(digest.passed, passed)

    def find_places(self, session: Session, now: datetime) -> None:
        """Decides which of them join one that waits, go by themselves, or are too much for their reader's hour."""
        if not self.found:
            return
        waiting = {
            (one.about, one.account_id): one
            for one in session.scalars(waiting_digests({about for about, _ in self.found}))
        }
        fresh = []
        for key, one in self.found.items():
            one.joins = waiting.get(key)
            if one.joins is None:
                fresh.append((key[0], one))
        self.hours = Hours(session, now, [one.account for _, one in fresh])
        for about, one in fresh:
            one.gathered_at = self.hours.place(one.account, "digest", about, one.starts + GATHER)

    def told_at(self, bundle: str, people: Iterable[int], starts: datetime) -> datetime:
        """When the first of these people is told: their time begins then; `starts` where nobody is told here."""
        keys = ((f"bundle:{bundle}", self.accounts[person].id) for person in people)
        digests = (self.found[key] for key in keys if key in self.found)
        return min((one.gathered_at or starts for one in digests), default=starts)

    def owe(self, session: Session, now: datetime) -> None:
        """Writes them down."""
        for (about, _), one in self.found.items():
            args = {"passed": one.passed, "handed_by": None}
            due_at = one.starts + GATHER
            if one.joins is not None:
                join_digest(one.joins, args)
            elif one.gathered_at is None:
                post(
                    session,
                    now,
                    one.account,
                    Priority.ALERT,
                    "digest",
                    args=args,
                    about=about,
                    due_at=due_at,
                    counted=True,
                )
        if self.hours:
            self.hours.owe()
