"""What people did about an alarm so far, a line each."""

from collections.abc import Sequence

from models import EscalationEvent
from rules.escalation import Event
from services.letters.paper import Paper
from services.words import Lines


def what_was_done(paper: Paper, events: Sequence[EscalationEvent]) -> list[Lines]:
    """Oldest first."""
    return [_reopened(paper, one) for one in events if one.event is Event.REOPENED]


def _reopened(paper: Paper, one: EscalationEvent) -> Lines:
    outcome = paper.word(f"outcome-{one.detail['outcome'].replace('_', '-')}")
    who = paper.names([one.person_id] if one.person_id else [])
    return paper.line("alert-reopened", time=paper.clock(one.at), who=who, outcome=outcome)
