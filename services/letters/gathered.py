"""What was too much for somebody's hour, in one message: a line and a button each, what is finished left out."""

from collections.abc import Sequence

from channels.port import Choice, Message
from models import Area, DutyGap, Escalation
from rules.escalation import State
from services.areas import whereabouts
from services.dossier import escalations_about
from services.letters.paper import Paper, letter
from services.mailbox import begun_with, in_rows, subject_of
from services.words import Lines

LINES = 30
"""Lines in one message; the rest is counted, with the way to all of it."""
Entry = tuple[Lines, Choice | None]


def gathered(paper: Paper) -> Message | None:
    """What is still open of what it gathers, as it stands now; pointless when nothing is."""
    begins = begun_with(paper.session, paper.message)
    if subject_of(begins.about)[0] == "message":
        return letter([paper.line("digest-newer")])
    abouts = dict.fromkeys(about for _, about in begins.args["told"])
    entries: list[Entry] = []
    left = 0
    for about in abouts:
        if len(entries) == LINES:
            left += bool(_open(paper, about))
        elif entry := _entry(paper, about, len(entries) + 1):
            entries.append(entry)
    if not entries:
        return None
    parts = [paper.line("gathered-head", count=len(entries) + left), *(line for line, _ in entries)]
    if left:
        parts.append(paper.line("digest-more", count=left))
    buttons = [button for _, button in entries if button]
    return letter(parts, [*in_rows(buttons, 3), [paper.button("alarms:0", "answering-alarms")]])


def _open(paper: Paper, about: str) -> Sequence[Escalation]:
    kind, number = subject_of(about)
    if kind not in {"bundle", "escalation"}:
        return ()
    return [one for one in escalations_about(paper.session, kind, number) if one.state is not State.CLOSED]


def _entry(paper: Paper, about: str, index: int) -> Entry | None:
    kind, number = subject_of(about)
    if kind == "duty_gap":
        gap = paper.session.get_one(DutyGap, int(number))
        grid = paper.session.get_one(Area, gap.grid_id).name
        return None if gap.closed_at else (paper.line("gathered-gap", index=index, grid=grid), None)
    together = _open(paper, about)
    if not together:
        return None
    if kind == "bundle":
        grid = paper.session.get_one(Area, together[0].grid_id).name
        line = paper.line("gathered-silent", index=index, grid=grid, count=len(together))
        return line, paper.button(f"list:{number}", "digest-button", index=index)
    escalation = together[0]
    where = whereabouts(paper.session, escalation.household_id, escalation.place_id)
    what = paper.word(f"kind-{escalation.kind.value}")
    line = paper.line("gathered-alarm", index=index, kind=what, where=where)
    return line, paper.button(f"show:{escalation.id}", "digest-button", index=index)
