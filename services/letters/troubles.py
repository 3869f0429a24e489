"""To the operators and the city: an alarm that does not go as it should."""

from channels.port import Message
from models import Escalation
from rules.escalation import State
from services.areas import whereabouts
from services.letters.paper import Paper, letter


def nobody_left(paper: Paper) -> Message | None:
    """To the operators and the city: an alarm that nobody on the chain has in hand."""
    escalation = paper.session.get_one(Escalation, paper.subject)
    if escalation.state is not State.OPEN:
        return None
    where = whereabouts(paper.session, escalation.household_id, escalation.place_id)
    return letter(
        [paper.line("nobody-left", where=where, age=paper.age(escalation.opened_at), kind=_kind(paper, escalation))],
        [[paper.button(f"show:{escalation.id}", "button-show")]],
    )


def alert_dead(paper: Paper) -> Message | None:
    """To the operators and the city: an alert about this alarm was tried for two hours and given up."""
    return _in_trouble(paper, "alert-dead")


def alarm_mended(paper: Paper) -> Message | None:
    """To the operators and the city: the auditor found this alarm in nobody's hands, and it goes on."""
    return _in_trouble(paper, "alarm-mended")


def alarm_stuck(paper: Paper) -> Message | None:
    """The same, and it cannot go on by itself."""
    return _in_trouble(paper, "alarm-stuck")


def _in_trouble(paper: Paper, key: str) -> Message | None:
    escalation = paper.session.get_one(Escalation, paper.subject)
    if escalation.state is State.CLOSED:
        return None
    where = whereabouts(paper.session, escalation.household_id, escalation.place_id)
    kind = _kind(paper, escalation)
    return letter([paper.line(key, where=where, kind=kind)], [[paper.button(f"show:{escalation.id}", "button-show")]])


def _kind(paper: Paper, escalation: Escalation) -> str:
    return paper.word(f"kind-{escalation.kind.value.replace('_', '-')}")
