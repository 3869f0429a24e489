"""What somebody can press under an alarm."""

from collections.abc import Sequence

from channels.port import Choice
from models import Escalation, EscalationEvent
from rules.escalation import OUTCOMES, State
from rules.reopening import may_reopen
from services.letters.paper import Paper
from services.snoozing import can_snooze


def of_an_alarm(paper: Paper, escalation: Escalation, events: Sequence[EscalationEvent]) -> list[list[Choice]]:
    """What this reader can do about it as it stands now."""
    number = escalation.id
    if escalation.state is State.OPEN:
        return [
            [paper.button(f"take:{number}", "button-take")],
            [paper.button(f"pass:{number}", "button-pass")],
        ]
    if escalation.state is State.TAKEN and escalation.holder_id == paper.account.person_id:
        outcomes = [
            [paper.button(f"end:{number}:{one.value}", f"outcome-{one.value.replace('_', '-')}")]
            for one in OUTCOMES[escalation.kind]
        ]
        more = "button-more-later" if can_snooze(paper.session, escalation, events) else "button-more"
        # A card of WeCom holds six.
        return [
            [paper.button(f"visit:{number}", "button-visit"), paper.button(f"pass:{number}", "button-pass")],
            *outcomes,
            [paper.button(f"more:{number}", more)],
        ]
    if may_reopen(escalation.kind, escalation.outcome, escalation.closed_at, paper.now):
        return [[paper.button(f"reopen:{number}", "button-reopen")]]
    return []
