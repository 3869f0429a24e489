"""What people did about an alarm so far, a line each."""

from collections.abc import Callable, Mapping, Sequence

from models import EscalationEvent
from rules.escalation import Event
from services.letters.paper import Paper
from services.words import Lines

SHOWN = 5
"""More is in the record; the message stays short."""


def what_was_done(paper: Paper, events: Sequence[EscalationEvent]) -> list[Lines]:
    """The newest `SHOWN`, oldest first."""
    done = [one for one in events if one.event in _LINES]
    return [_LINES[one.event](paper, one) for one in done[-SHOWN:]]


def _visited(paper: Paper, one: EscalationEvent) -> Lines:
    return paper.line("alert-visited", time=paper.clock(one.at), who=_who(paper, one))


def _called(paper: Paper, one: EscalationEvent) -> Lines:
    return paper.line("alert-called", time=paper.clock(one.at), who=_who(paper, one))


def _noted(paper: Paper, one: EscalationEvent) -> Lines:
    words = one.detail["words"] or paper.word("note-photo" if one.detail.get("photo") else "call-no-answer")
    return paper.line("alert-noted", time=paper.clock(one.at), who=_who(paper, one), words=words)


def _reopened(paper: Paper, one: EscalationEvent) -> Lines:
    said = paper.word(f"outcome-{one.detail['outcome'].replace('_', '-')}")
    return paper.line("alert-reopened", time=paper.clock(one.at), who=_who(paper, one), outcome=said)


def _who(paper: Paper, one: EscalationEvent) -> str:
    return paper.names([one.person_id] if one.person_id else [])


_LINES: Mapping[Event, Callable[[Paper, EscalationEvent], Lines]] = {
    Event.VISITED: _visited,
    Event.CALLED: _called,
    Event.NOTED: _noted,
    Event.REOPENED: _reopened,
}
