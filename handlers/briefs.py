"""`/brief`: the day so far, of each area that one answers for (简报)."""

from handlers.turn import Turn
from rules.briefs import READERS
from rules.mail import Priority
from rules.roles import Role
from rules.times import local_date
from services.audit import record
from services.briefs import counted
from services.mailbox import post
from services.policy import default_policy
from services.staff import appointments

MOST = 3
"""Areas of one person: each is a message with a picture."""
_ABOVE = frozenset(READERS.values()) | {Role.OPERATOR}


def show(turn: Turn) -> None:
    """A message for each of one's own areas, as things are."""
    held = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    areas = list({area.id: area for one, area in held if one.role in _ABOVE}.values())[:MOST]
    if turn.person is None or not areas:
        turn.reply("brief-not-yours")
        return
    day = local_date(turn.now, default_policy(turn.session).timezone)
    for area, made in counted(turn.session, turn.now, day, areas):
        record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=f"area:{area.id}", what="brief")
        args = {"area": area.id, "day": day.isoformat(), "at": turn.now.isoformat()}
        args |= {"figures": made.figures, "parts": made.parts}
        post(turn.session, turn.now, turn.account, Priority.REPLY, "brief", args=args)
