"""What somebody can press under an alarm."""

from channels.port import Choice
from models import Escalation
from rules.escalation import OUTCOMES, State
from services.letters.paper import Paper


def of_an_alarm(paper: Paper, escalation: Escalation) -> list[list[Choice]]:
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
        return [
            [paper.button(f"visit:{number}", "button-visit"), paper.button(f"pass:{number}", "button-pass")],
            *outcomes,
        ]
    return []
