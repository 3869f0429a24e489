"""The end of a shift: what is still in hand, to whom it went, and the one list of whoever gets it (交班)."""

from collections.abc import Sequence

from channels.port import Choice, Message
from models import Escalation, ShiftEnd
from rules.escalation import State
from rules.shift_ends import Leaves
from services.areas import whereabouts
from services.duty_hours import stays_beyond
from services.letters.paper import Paper, letter
from services.mailbox import in_rows
from services.shift_ends import alarms_of, who_can
from services.words import Lines

LINES = 20
"""Alarms in one message; the rest is counted, with the way to all of them."""


def shift_end(paper: Paper) -> Message | None:
    """To whoever goes: what is in hand, and what can be done; pointless when it is nothing by then, or they stay."""
    end = paper.session.get_one(ShiftEnd, paper.subject)
    alarms = alarms_of(paper.session, end)
    mine = [one for one in alarms if _holds(one, end.person_id)]
    if not paper.message.edits_id and (not mine or stays_beyond(paper.session, paper.now, end.person_id, end.ends_at)):
        return None
    head = paper.line("shift-end-head", until=paper.clock(end.ends_at), count=len(alarms))
    lines = _lines(paper, alarms, end.person_id)
    if not mine:
        gone = paper.line("shift-end-gone", name=paper.names([end.taker_id])) if end.taker_id else None
        return letter([head, *lines, gone or paper.line("shift-end-done")])
    return letter([head, *lines, _asked(paper, end)], [*_ways(paper, end, mine), *_each(paper, alarms, mine)])


def _asked(paper: Paper, end: ShiftEnd) -> Lines:
    if end.leaves is Leaves.KEEPS:
        return paper.line("shift-end-kept")
    if end.give_at is not None and end.taker_id is not None:
        return paper.line("shift-end-will", until=paper.clock(end.give_at), name=paper.names([end.taker_id]))
    return paper.line("shift-end-ask")


def _ways(paper: Paper, end: ShiftEnd, mine: Sequence[Escalation]) -> list[list[Choice]]:
    """To the next one, to somebody else, to nobody: a row each, for one thumb."""
    rows: list[list[Choice]] = []
    able = who_can(paper.session, paper.now, end)
    first = next(iter(able), None)
    if first is not None and end.give_at is None:
        key, name = f"shift:give:{end.id}:{first}", paper.names([first])
        whole = len(able[first]) == len(mine)
        label = "button-shift-give" if whole else "button-shift-give-some"
        rows.append([paper.button(key, label, name=name, count=len(able[first]))])
    rows.append([paper.button(f"shift:who:{end.id}", "button-shift-who")])
    if end.leaves is not Leaves.KEEPS:
        rows.append([paper.button(f"shift:keep:{end.id}", "button-shift-keep")])
    return rows


def shift_taken(paper: Paper) -> Message | None:
    """To whoever gets it: one list, with one press for all; pointless before that when nothing is to be taken."""
    end = paper.session.get_one(ShiftEnd, paper.subject)
    given = [one for one in alarms_of(paper.session, end) if one.id in end.given]
    waiting = [one for one in given if one.state is State.OPEN]
    reader = paper.account.person_id or 0
    left = [one for one in given if one.state is State.OPEN or _holds(one, reader)]
    if not left and not paper.message.edits_id:
        return None
    head = paper.line("shift-taken-head", name=paper.names([end.person_id]), count=len(given))
    lines = _lines(paper, given, end.person_id)
    if not left:
        return letter([head, *lines, paper.line("shift-taken-over")])
    rows: list[list[Choice]] = []
    if waiting:
        until = min(one.next_at or paper.now for one in waiting)
        lines.append(paper.line("shift-taken-until", until=paper.clock(until)))
        label = "button-take-all" if len(waiting) > 1 else "button-take"
        rows.append([paper.button(f"shift:take:{end.id}", label)])
    return letter([head, *lines], [*rows, *_each(paper, given, left)])


def shift_back(paper: Paper) -> Message | None:
    """To whoever gave it: the other did not take it, and the chain has gone on."""
    end = paper.session.get_one(ShiftEnd, paper.subject)
    left = [one for one in alarms_of(paper.session, end) if one.id in end.given and one.state is State.OPEN]
    if not left or end.taker_id is None:
        return None
    return letter([paper.line("shift-back", name=paper.names([end.taker_id]), count=len(left))])


def _holds(one: Escalation, person_id: int) -> bool:
    return one.state is State.TAKEN and one.holder_id == person_id


def _lines(paper: Paper, alarms: Sequence[Escalation], giver: int) -> list[Lines]:
    lines = [
        paper.line(
            "shift-end-line",
            index=at,
            kind=paper.word(f"kind-{one.kind.value.replace('_', '-')}"),
            where=whereabouts(paper.session, one.household_id, one.place_id),
            age=paper.age(one.opened_at),
            state=_state(paper, one, giver),
        )
        for at, one in enumerate(alarms[:LINES], 1)
    ]
    if len(alarms) > LINES:
        lines.append(paper.line("gathered-more", count=len(alarms) - LINES))
    return lines


def _state(paper: Paper, one: Escalation, giver: int) -> str:
    if one.state is State.CLOSED:
        return paper.word("shift-line-closed")
    if one.handed:
        return paper.word("shift-line-handed")
    if one.state is State.OPEN:
        return paper.word("shift-line-open")
    if one.holder_id is None or one.holder_id == giver:
        return ""
    return paper.word("shift-line-taken", who=paper.names([one.holder_id]))


def _each(paper: Paper, alarms: Sequence[Escalation], left: Sequence[Escalation]) -> list[list[Choice]]:
    shown = {one.id for one in left}
    buttons = [
        paper.button(f"show:{one.id}", "digest-button", index=at)
        for at, one in enumerate(alarms[:LINES], 1)
        if one.id in shown
    ]
    rows = in_rows(buttons, 4)
    if len(alarms) > LINES:
        rows.append([paper.button("alarms:0", "answering-alarms")])
    return rows
