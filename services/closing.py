"""The end of a slot: missed when somebody was asked, unreachable when nobody was (漏报, 失联)."""

from collections import Counter
from datetime import datetime

from sqlalchemy import case, literal, update
from sqlalchemy.orm import Session

from models import ReportRequest
from models.statements import among, plan_for_these_rows
from rules.rounds import outcome_of_silence
from services.held_slots import hold_back
from services.raising import raise_silences
from services.shards import HOUSEHOLDS_A_PART, next_requests
from services.silence import SAID, Silence


def close_rounds(
    session: Session, now: datetime, below: str | None = None, households: int = HOUSEHOLDS_A_PART
) -> dict[str, int]:
    """Ends the slots whose time is up: missed when somebody was asked, unreachable when nobody was (invariant 5).

    So many households in one transaction; who has ended is not found again. Where messages did not arrive for many, the
    slot is held, and judged anew at a later time of its own (`services.held_slots`).

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    judged = hold_back(session, now, below, households)
    those = next_requests(ReportRequest.miss_at, now, below, households)
    if judged is not None:
        those = among(session, ReportRequest.id, judged.requests)
    status_type = ReportRequest.__table__.c.status.type
    asked = ReportRequest.asked_at.is_not(None)
    missed, unreachable = (outcome_of_silence(asked=one) for one in (True, False))
    ended = session.execute(
        update(ReportRequest)
        .where(those)
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
    looked_at = len(ended) if judged is None else judged.looked_at
    return {
        "missed": counts["missed"],
        "unreachable": counts["unreachable"],
        "held": looked_at - len(ended),
        "left": int(looked_at == households),
    }
