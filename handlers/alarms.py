"""Alarms in a worker's hands: taken, visited, passed on, finished (接单, 上门, 转交, 结案)."""

from typing import Any

from handlers.turn import Turn
from models import Escalation, Person
from rules.errors import NotAllowedError
from rules.escalation import OUTCOMES, Outcome, State
from rules.mail import Priority
from services import handing_over, handling
from services.audit import record
from services.dossier import escalations_about
from services.forms import let_go, standing
from services.mailbox import Button, post
from services.staff import may_touch


def theirs(turn: Turn, number: int) -> Escalation | None:
    """The escalation, when this person may touch it; else they are told so (invariant 11)."""
    one = turn.session.get(Escalation, number)
    person = turn.person
    if one and person and may_touch(turn.session, turn.now, person.id, one.grid_id):
        return one
    turn.reply("not-yours")
    return None


def refused(turn: Turn, one: Escalation) -> None:
    """Somebody was quicker, or it is finished: say who and how."""
    if one.state is State.CLOSED:
        turn.reply("alarm-closed")
    elif one.holder_id:
        turn.reply("alarm-held", {"who": turn.session.get_one(Person, one.holder_id).name})
    else:
        turn.reply("alarm-not-held")


def take(turn: Turn, number: int) -> None:
    """我来处理."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    try:
        handling.take(turn.session, turn.now, one, turn.person.id)
    except NotAllowedError:
        refused(turn, one)


def take_all(turn: Turn, bundle: str) -> None:
    """Every household of a digest that is in nobody's hands."""
    mine = [
        one
        for one in escalations_about(turn.session, "bundle", bundle)
        if turn.person and one.state is State.OPEN and may_touch(turn.session, turn.now, turn.person.id, one.grid_id)
    ]
    for one in mine:
        handling.take(turn.session, turn.now, one, turn.person.id if turn.person else 0)
    if not mine:
        turn.reply("alarm-not-held")


def show(turn: Turn, number: int) -> None:
    """One escalation in a message of its own, with what can be done; the look is logged (invariant 11)."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=looked_at(one))
    post(
        turn.session,
        turn.now,
        turn.account,
        Priority.REPLY,
        "alert",
        args={"asked": True},
        about=f"escalation:{one.id}",
    )


def show_list(turn: Turn, bundle: str) -> None:
    """The list of a grid's silent households, in a message of its own; the look is logged (invariant 11)."""
    mine = [
        one
        for one in escalations_about(turn.session, "bundle", bundle)
        if turn.person and may_touch(turn.session, turn.now, turn.person.id, one.grid_id)
    ]
    if not mine or turn.person is None:
        turn.reply("list-empty")
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=f"area:{mine[0].grid_id}")
    args: dict[str, Any] = {"passed": [], "handed_by": None}
    post(turn.session, turn.now, turn.account, Priority.REPLY, "digest", args=args, about=f"bundle:{bundle}")


def looked_at(one: Escalation) -> str:
    """What a look at an alarm is a look at, for the audit."""
    return f"household:{one.household_id}" if one.household_id is not None else f"area:{one.place_id}"


def pass_on(turn: Turn, number: int) -> None:
    """转交: to whom? Everybody else on the chain who can be told."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    if one.state is State.CLOSED:
        refused(turn, one)
        return
    others = [person for person in handing_over.others(turn.session, turn.now, one) if person.id != turn.person.id]
    if not others:
        turn.reply("pass-nobody")
        return
    buttons: list[list[Button]] = [
        [(f"passto:{number}:{person.id}", "pass-to", {"name": person.name})] for person in others
    ]
    turn.reply("pass-ask", buttons=buttons)


def pass_to(turn: Turn, number: int, to: int) -> None:
    """The chosen one is told; until they take it the chain's time runs."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    target = turn.session.get_one(Person, to)
    if target.id not in {person.id for person in handing_over.others(turn.session, turn.now, one)}:
        turn.reply("pass-lost", {"name": target.name})
        return
    try:
        done = handing_over.hand_over(turn.session, turn.now, one, turn.person.id, to)
    except NotAllowedError:
        refused(turn, one)
        return
    turn.reply("pass-done" if done else "pass-lost", {"name": target.name})


def finish(turn: Turn, number: int, outcome: str) -> None:
    """Closes with an outcome; only the holder may, and only with an outcome that fits."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    if one.holder_id != turn.person.id or one.state is not State.TAKEN:
        refused(turn, one)
        return
    if outcome not in OUTCOMES[one.kind]:
        turn.reply("not-understood")
        return
    handling.close(turn.session, turn.now, one, Outcome(outcome), turn.person.id)
    asking = standing(turn.session, turn.account)
    if asking and asking.answers.get("escalation") == number:
        let_go(turn.session, turn.account)  # what was measured at the door is not asked for any more
