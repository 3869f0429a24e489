"""What somebody can press under an alarm."""

from collections.abc import Sequence

from channels.port import Choice
from models import Escalation, EscalationEvent
from rules.escalation import OUTCOMES, OVER_BY_THEMSELVES, Kind, State
from rules.reopening import may_reopen
from services.clusters import fevers_of
from services.letters.cluster import LINES
from services.letters.paper import Paper
from services.mailbox import in_rows
from services.places import lasts
from services.snoozing import can_snooze


def of_an_alarm(paper: Paper, escalation: Escalation, events: Sequence[EscalationEvent]) -> list[list[Choice]]:
    """What this reader can do about it as it stands now."""
    number = escalation.id
    if escalation.state is State.OPEN:
        members = _members(paper, escalation) if escalation.kind is Kind.CLUSTER else []
        return [
            [paper.button(f"take:{number}", "button-take")],
            [paper.button(f"pass:{number}", "button-pass")],
            *members,
        ]
    if escalation.state is State.TAKEN and escalation.holder_id == paper.account.person_id:
        outcomes = [
            [paper.button(f"end:{number}:{one.value}", f"outcome-{one.value.replace('_', '-')}")]
            for one in OUTCOMES[escalation.kind]
        ]
        more = "button-more-later" if can_snooze(paper.session, escalation, events) else "button-more"
        if escalation.kind is Kind.CLUSTER:  # who is ill there is opened from here
            outcomes += _members(paper, escalation)
        goes_there = [] if escalation.kind in OVER_BY_THEMSELVES else [paper.button(f"visit:{number}", "button-visit")]
        # A card of WeCom holds six.
        return [
            [*goes_there, paper.button(f"pass:{number}", "button-pass")],
            *outcomes,
            [paper.button(f"more:{number}", more)],
        ]
    timely = may_reopen(escalation.kind, escalation.outcome, escalation.closed_at, paper.now)
    if timely and lasts(paper.session, escalation):
        return [[paper.button(f"reopen:{number}", "button-reopen")]]
    return []


def _members(paper: Paper, escalation: Escalation) -> list[list[Choice]]:
    """A button for each fever of a cluster that is not over, by its number in the message."""
    shown = enumerate(fevers_of(paper.session, escalation)[:LINES], 1)
    each = [
        paper.button(f"show:{one.id}", "digest-button", index=at) for at, one in shown if one.state is not State.CLOSED
    ]
    return in_rows(each, 4)
