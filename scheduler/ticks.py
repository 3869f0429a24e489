"""What happens by the clock.

A tick is a function (session, now) -> counts: idempotent, safe to run twice, late, or on two machines.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.retention import forget
from services.auditing import audit
from services.briefs import tell_briefs
from services.climbing import go_on
from services.closing import close_rounds
from services.declarations import ask_on
from services.directives.advancing import go_on as go_on_with_directives
from services.duty_gaps import watch
from services.ends import begin_and_end
from services.enquiries.going_on import go_on_with_enquiries
from services.forms import lapse_forms
from services.gathering import gather
from services.holding import remind_holders
from services.node_funnels import show_at_nodes
from services.notice_plans import send_planned
from services.notice_sweeps import sweep
from services.outlook import look_ahead
from services.owing import owe_ahead
from services.questioning import look_at_answers
from services.reminding import remind
from services.rounds import open_rounds
from services.spreading import spread
from services.troubles import watch as watch_delivery

Counts = dict[str, int]
"""What one run did, by name; `left` above 0 means that there is more at once: it is run again without a pause."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick and how often it looks, in real seconds.

    One that `shards` takes the path of a subtree as its third argument: a community is the shard of its work, and
    `services.shards` knows which communities have some.
    """

    name: str
    seconds: float
    work: Callable[..., Counts]
    shards: bool = False
    due: str = ""
    """The event of `services.agenda` without which it has nothing to do; "": it must look itself."""


TICKS: tuple[Tick, ...] = (
    Tick("quarantines", 30, begin_and_end, shards=True),
    Tick("rounds", 2, open_rounds, shards=True, due="event-round"),
    Tick("reminders", 5, remind, shards=True, due="event-reminder"),
    Tick("delivery", 15, watch_delivery),
    Tick("closing", 5, close_rounds, shards=True, due="event-closing"),
    Tick("escalation", 2, go_on, shards=True, due="event-escalation"),
    Tick("holders", 15, remind_holders, due="event-holder"),
    Tick("audit", 60, audit),
    Tick("directives", 2, go_on_with_directives, due="event-directive"),
    Tick("plans", 5, send_planned, due="event-plan"),
    Tick("notices", 1, spread, due="event-notice"),
    Tick("copies", 1, owe_ahead, due="event-copies"),
    Tick("receipts", 2, gather),
    Tick("sweeps", 1, sweep, due="event-sweep"),
    Tick("funnels", 5, show_at_nodes, due="event-funnel"),
    Tick("enquiries", 5, go_on_with_enquiries, due="event-enquiry"),
    Tick("declarations", 60, ask_on, due="event-declaration"),
    Tick("duty", 60, watch),
    Tick("briefs", 60, tell_briefs),
    Tick("outlook", 60, look_ahead, due="event-outlook"),
    Tick("forms", 15, lapse_forms),
    Tick("answers", 60, look_at_answers),
    Tick("retention", 600, forget),
)
"""In the order in which one moment's work is done when several are due."""
