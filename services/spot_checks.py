"""Random spot checks: a stated share of the prompts asks for a photo of the thermometer too (抽查)."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Account, ReportRequest
from models.db import vault_of
from rules.honesty import is_spot_checked, spot_mark
from services.chain import first_told
from services.policy import default_policy
from services.quarantines import quarantined_on
from services.slots import latest_request


def checked(session: Session, request: ReportRequest) -> int | None:
    """Of whom a slot asks for a photo; None for most slots.

    Chance has chosen by the house's key: it is the same whenever it is asked, and nobody outside can foresee it.
    """
    mark = vault_of(session).index(spot_mark(request.household_id, request.day, request.half), "spot check")
    if not is_spot_checked(mark, default_policy(session).spot_checks):
        return None
    people = sorted(quarantined_on(session, request.day, request.household_id))
    return people[mark[8] % len(people)] if people else None


def who_sees(session: Session, now: datetime, household_id: int, at: datetime) -> list[Account]:
    """Whoever is to see what a household sent at an instant, when its slot was spot checked."""
    request = latest_request(session, at, household_id)
    if request is None or at >= request.miss_at or checked(session, request) is None:
        return []
    return first_told(session, now, request.grid_id)
