"""What is told of a household that did not stay at home: who said so, how often, never which neighbour (隔离违规)."""

from collections.abc import Sequence

from models import Escalation, EscalationEvent, Household
from rules.breaches import ToldBy
from services.dossier import head_of
from services.letters.door import where_it_is
from services.letters.paper import Paper
from services.words import Lines


def breach(
    paper: Paper, escalation: Escalation, household: Household, events: Sequence[EscalationEvent]
) -> list[Lines]:
    """The household, and each way by which it was told of with the number of times and the last one."""
    head = head_of(paper.session, household.id)
    told = [one for one in events if "by" in one.detail]
    ways = [
        paper.word(f"breach-by-{by.value}", count=len(times), time=paper.clock(times[-1].at))
        for by in ToldBy
        if (times := [one for one in told if one.detail["by"] == by])
    ]
    return [
        paper.line("alert-breach", name=head.name if head else household.room),
        where_it_is(paper, household, head),
        paper.line("alert-breach-told", ways=paper.word("list-mark").join(ways)),
        paper.line("alert-opened", time=paper.clock(escalation.opened_at)),
    ]
