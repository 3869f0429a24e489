"""The end of a slot: missed when somebody was asked, unreachable when nobody was (漏报, 失联)."""

from collections import Counter
from datetime import datetime

from sqlalchemy import case, literal, update
from sqlalchemy.orm import Session

from models import ReportRequest
from models.statements import plan_for_these_rows
from rules.rounds import outcome_of_silence
from services.raising import raise_silences
from services.shards import HOUSEHOLDS_A_PART, next_requests
from services.silence import SAID, Silence


def close_rounds(
    session: Session, now: datetime, below: str | None = None, households: int = HOUSEHOLDS_A_PART
) -> dict[str, int]:
    """Ends the slots whose time is up: missed when somebody was asked, unreachable when nobody was (invariant 5).

    So many households in one transaction; who has ended is not found again.

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    status_type = ReportRequest.__table__.c.status.type
    asked = ReportRequest.asked_at.is_not(None)
    missed, unreachable = (outcome_of_silence(asked=one) for one in (True, False))
    ended = session.execute(
        update(ReportRequest)
        .where(next_requests(ReportRequest.miss_at, now, below, households))
        .values(
            status=case((asked, literal(missed, status_type)), else_=literal(unreachable, status_type)),
            why=case((asked, ReportRequest.why), else_="not_delivered"),
        )
        .returning(*SAID)
        .execution_options(synchronize_session=False)
    ).all()
    if ended:
        plan_for_these_rows(session)
    silences = [Silence.of(one) for one in ended]
    raise_silences(session, now, silences)
    counts = Counter(one.kind.value for one in silences)
    return {"missed": counts["missed"], "unreachable": counts["unreachable"], "left": int(len(ended) == households)}
