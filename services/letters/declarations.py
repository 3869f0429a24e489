"""A returnee's declaration, as staff see it: who, from where, since when; approved or refused with one press."""

from channels.port import Message
from models import Declaration, Household, JoinStatus
from rules.declarations import Refusal
from rules.quarantine import last_day
from rules.times import local_date
from services.areas import address
from services.declarations import those_of
from services.letters.paper import Paper, letter
from services.policy import policy_at


def declaration(paper: Paper) -> Message:
    """What was declared and until when the quarantine would be; afterwards what was decided, and by whom."""
    one = paper.session.get_one(Declaration, paper.subject)
    home = paper.session.get_one(Household, one.household_id)
    head = paper.line(
        "declaration",
        name=paper.names(person.id for person in those_of(paper.session, one)),
        where=address(paper.session, home),
        origin=one.origin,
        day=paper.day(one.arrived_on),
        ticket=one.ticket or paper.word("declaration-no-ticket"),
    )
    if one.status is not JoinStatus.WAITING:
        who = paper.names([one.decided_by]) if one.decided_by else ""
        return letter([head, paper.line(f"declaration-{one.status.value}", who=who)])
    policy = policy_at(paper.session, home.grid_id)
    last = last_day(one.arrived_on, policy.quarantine_days)
    refusals = [
        [paper.button(f"drefuse:{one.id}:{why.value}", f"declaration-{why.value.replace('_', '-')}")] for why in Refusal
    ]
    if last < local_date(paper.now, policy.timezone):
        over = paper.line("declaration-over", days=policy.quarantine_days, last=paper.day(last))
        return letter([head, over], refusals)
    approve = [paper.button(f"dapprove:{one.id}", "button-declaration-approve", last=paper.day(last))]
    return letter([head, paper.line("declaration-question")], [approve, *refusals])
