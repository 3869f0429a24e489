"""What somebody hears when their rest is over."""

from datetime import datetime

from channels.port import Message
from rules.escalation import State
from services.escalations import open_within
from services.letters.paper import Paper, letter
from services.staff import appointments


def again(paper: Paper) -> Message | None:
    """On duty again, with what waits; pointless for somebody who came back before, or rests for longer."""
    mine = appointments(paper.session, paper.now, paper.account.person_id or 0)
    over = datetime.fromisoformat(paper.message.args["until"])
    if not any(one.off_until == over and not one.on_duty for one, _ in mine):
        return None
    waiting = sum(one.state is State.OPEN for one in open_within(paper.session, [area.path for _, area in mine]))
    parts = [paper.line("duty-again")]
    if not waiting:
        return letter(parts)
    parts.append(paper.line("duty-waiting", count=waiting))
    return letter(parts, [[paper.button("alarms:0", "button-open-alarms", count=waiting)]])
