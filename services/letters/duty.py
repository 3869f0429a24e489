"""What somebody hears when their rest is over, and who is asked to stand in."""

from datetime import datetime

from channels.port import Message
from models import StandIn
from rules.duty import Plea
from services.letters.paper import Paper, letter
from services.open_alarms import waiting_open
from services.staff import appointments


def again(paper: Paper) -> Message | None:
    """On duty again, with what waits; pointless for somebody who came back before, or rests for longer."""
    mine = appointments(paper.session, paper.now, paper.account.person_id or 0)
    over = datetime.fromisoformat(paper.message.args["until"])
    if not any(one.off_until == over and not one.on_duty for one, _ in mine):
        return None
    waiting = waiting_open(paper.session, [area.path for _, area in mine])
    parts = [paper.line("duty-again")]
    if not waiting:
        return letter(parts)
    parts.append(paper.line("duty-waiting", count=waiting))
    return letter(parts, [[paper.button("alarms:0", "button-open-alarms", count=waiting)]])


def stand_in(paper: Paper) -> Message | None:
    """Whom it is asked of decides with one press; afterwards it says what became of it."""
    one = paper.session.get_one(StandIn, paper.subject)
    areas = paper.word("list-mark").join(
        dict.fromkeys(
            area.name for held, area in appointments(paper.session, paper.now, one.giver_id) if held.stands_for is None
        )
    )
    head = paper.line("stand-in-asked", name=paper.names([one.giver_id]), areas=areas, until=paper.clock(one.until))
    over = one.until <= paper.now and one.plea is not Plea.REFUSED
    plea = Plea.OVER if over else one.plea
    if plea is not Plea.ASKED:
        return letter([head, paper.line(f"stand-in-{plea.value}")]) if paper.message.edits_id else None
    yes, no = paper.button(f"standin:yes:{one.id}", "stand-in-yes"), paper.button(f"standin:no:{one.id}", "stand-in-no")
    return letter([head], [[yes, no]])


def stood_in(paper: Paper) -> Message | None:
    """Thanks at the end; pointless when it ended before."""
    one = paper.session.get_one(StandIn, paper.subject)
    if one.plea is not Plea.ACCEPTED:
        return None
    return letter([paper.line("stand-in-done", name=paper.names([one.giver_id]))])
