"""Digests: what many alarms of a part tell somebody is gathered by bundle and owed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Account
from rules.mail import Priority
from services.alerts import GATHER, join_digest, waiting_digests, with_passed
from services.mailbox import post


@dataclass
class _Digest:
    """One message to be owed."""

    account: Account
    due_at: datetime
    passed: list[list[Any]]


@dataclass
class Digests:
    """What is to be told, by bundle and account: as `services.alerts.tell` does it for one alarm after the other."""

    accounts: Mapping[int, Account]
    """By person: where they are told."""
    found: dict[tuple[str, int], _Digest] = field(default_factory=dict)

    def tell(self, bundle: str, people: Iterable[int], starts: datetime, passed: list[list[Any]]) -> None:
        """These people hear of one more alarm of the bundle, not before `starts`; `passed` were passed over for it."""
        for person in people:
            account = self.accounts[person]
            digest = self.found.setdefault((f"bundle:{bundle}", account.id), _Digest(account, starts + GATHER, []))
            digest.passed = with_passed(digest.passed, passed)

    def owe(self, session: Session, now: datetime) -> None:
        """Writes them down; one that waits already tells of these alarms too."""
        if not self.found:
            return
        waiting = {
            (one.about, one.account_id): one
            for one in session.scalars(waiting_digests({about for about, _ in self.found}))
        }
        for (about, number), one in self.found.items():
            args = {"passed": one.passed, "handed_by": None}
            if present := waiting.get((about, number)):
                join_digest(present, args)
            else:
                post(session, now, one.account, Priority.ALERT, "digest", args=args, about=about, due_at=one.due_at)
