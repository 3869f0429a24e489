"""What was too much for somebody's hour, in one message that stands as things stand: a line and a button each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.port import Choice, Message
from models import Area, DutyGap, Escalation
from rules.escalation import State
from services.areas import whereabouts
from services.changes import begun_with
from services.dossier import escalations_about
from services.letters.paper import Paper, letter
from services.mailbox import in_rows, subject_of
from services.overflow import abouts_in
from services.words import Lines

LINES = 30
"""Lines in one message; the rest is counted, with the way to all of it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line, its button where there is something to press, and whether it is over."""

    line: Lines
    button: Choice | None = None
    over: bool = False


def gathered(paper: Paper) -> Message | None:
    """What it gathers, as it stands now; pointless when nothing of it is open before it is sent.

    What is over afterwards keeps its line and its number, so that no button moves under a thumb.
    """
    begins = begun_with(paper.session, paper.message)
    if subject_of(begins.about)[0] == "message":
        return letter([paper.line("digest-newer")])
    entries: list[_Entry] = []
    for about in abouts_in(paper.session, paper.message):
        entry = _entry(paper, about, len(entries) + 1, begins.sent_at or paper.now)
        entries += [entry] if entry else []
    left = sum(not one.over for one in entries)
    if not left:
        return letter([paper.line("gathered-done", count=len(entries))]) if paper.message.edits_id else None
    shown = entries[:LINES]
    parts = [paper.line("gathered-head", count=len(entries)), *(one.line for one in shown)]
    if len(entries) > LINES:
        parts.append(paper.line("gathered-more", count=len(entries) - LINES))
    if left < len(entries):
        parts.append(paper.line("gathered-left", count=left))
    buttons = [one.button for one in shown if one.button]
    return letter(parts, [*in_rows(buttons, 3), [paper.button("alarms:0", "answering-alarms")]])


def _entry(paper: Paper, about: str, index: int, sent_at: datetime) -> _Entry | None:
    """None for what was over before the message was sent."""
    kind, number = subject_of(about)
    if kind == "duty_gap":  # of before there were alarms about it
        gap = paper.session.get(DutyGap, int(number))
        if gap is None or gap.escalation_id is None:
            return None
        kind, number = "escalation", str(gap.escalation_id)
    together = escalations_about(paper.session, kind, number, closed_since=sent_at)
    shown = [one for one in together if one.closed_at is None or one.closed_at > sent_at]
    if not shown:
        return None
    return _silence(paper, number, shown, index) if kind == "bundle" else _alarm(paper, shown[0], index)


def _alarm(paper: Paper, one: Escalation, index: int) -> _Entry:
    where = whereabouts(paper.session, one.household_id, one.place_id)
    what = paper.word(f"kind-{one.kind.value.replace('_', '-')}")
    return _written(paper, _ALARM, f"show:{one.id}", index, [one], kind=what, where=where)


def _silence(paper: Paper, bundle: str, together: Sequence[Escalation], index: int) -> _Entry:
    grid = paper.session.get_one(Area, together[0].grid_id).name
    count = sum(one.state is not State.CLOSED for one in together)
    return _written(paper, _SILENCE, f"list:{bundle}", index, together, grid=grid, count=count)


_ALARM = ("gathered-alarm", "gathered-alarm-held", "gathered-alarm-over")
_SILENCE = ("gathered-silent", "gathered-silent-held", "gathered-silent-over")
"""The texts of what nobody has, of what somebody has, and of what is over."""


def _written(
    paper: Paper, texts: tuple[str, str, str], key: str, index: int, together: Sequence[Escalation], **args: str | int
) -> _Entry:
    """With who has it, when all that is left of it is in somebody's hands."""
    waits, held, over = texts
    left = [one for one in together if one.state is not State.CLOSED]
    if not left:
        return _Entry(paper.line(over, index=index, **args), over=True)
    button = paper.button(key, "digest-button", index=index)
    if any(one.holder_id is None for one in left):
        return _Entry(paper.line(waits, index=index, **args), button)
    who = paper.names(dict.fromkeys(one.holder_id for one in left if one.holder_id))
    return _Entry(paper.line(held, index=index, who=who, **args), button)
