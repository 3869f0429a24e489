"""The silent households of a grid in one list, which goes on: changed in place, told anew when there is more."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from channels.port import Choice, Message
from models import Escalation, Household, OutboxMessage, ReportRequest
from rules.escalation import State
from rules.rounds import Half
from services.areas import address
from services.changes import begun_with
from services.dossier import escalations_about, front_of
from services.letters.alarms import of_one, why_you
from services.letters.paper import Paper, letter
from services.mailbox import in_rows, subject_of
from services.words import Lines

LINES = 30
"""Households in one list: what a phone shows, and a messenger changes in place, as one message."""
LOOKS_BACK = timedelta(days=1)
"""What was finished longer ago than this is not shown as done any more."""


def digest(paper: Paper) -> Message | None:
    """What is open in the grid, and what was finished since the list was told; pointless before that when all is done.

    A list that was told anew since says only that.
    """
    kind, bundle = subject_of(begun_with(paper.session, paper.message).about)
    if kind == "message":
        return letter([paper.line("digest-newer")])
    together = _shown(paper, bundle)
    if not paper.message.edits_id and all(each.state is State.CLOSED for each in together):
        return None
    if not together:
        return letter([paper.line("digest-done")])
    return of_one(paper, together[0]) if len(together) == 1 else _list(paper, bundle, together)


def shown_since(message: OutboxMessage, begins: OutboxMessage) -> datetime:
    """What was closed after this instant is shown as done in a list that began with a message."""
    return max(begins.created_at, message.created_at - LOOKS_BACK)


def _shown(paper: Paper, bundle: str) -> list[Escalation]:
    """The newest slot first; when they are too many for a message, what is still open of them alone."""
    since = shown_since(paper.message, begun_with(paper.session, paper.message))
    found = escalations_about(paper.session, "bundle", bundle, closed_since=since)
    if len(found) > LINES:
        found = [each for each in found if each.state is not State.CLOSED] or found[:LINES]
    return sorted(found, key=lambda each: _slot(paper, each), reverse=True)


def _slot(paper: Paper, escalation: Escalation) -> tuple[Any, ...]:
    request = paper.session.get(ReportRequest, escalation.request_id) if escalation.request_id else None
    when = (request.day, list(Half).index(request.half)) if request else (escalation.opened_at.date(), 0)
    return *when, escalation.kind.value, -escalation.id


def _list(paper: Paper, bundle: str, together: Sequence[Escalation]) -> Message:
    left = [each for each in together if each.state is not State.CLOSED]
    numbered = list(enumerate(together[:LINES], 1))
    groups = [list(some) for _, some in groupby(numbered, key=lambda each: _slot(paper, each[1])[:3])]
    counts = {key: len(list(some)) for key, some in groupby(together, key=lambda each: _slot(paper, each)[:3])}
    parts: list[Lines] = []
    for some in groups:
        first = some[0][1]
        parts.append(paper.line(f"digest-{first.kind.value}", count=counts[_slot(paper, first)[:3]]))
        if request := paper.session.get(ReportRequest, first.request_id) if first.request_id else None:
            half = paper.word(f"half-{request.half.value}")
            parts.append(paper.line("alert-slot", day=paper.day(request.day), half=half))
        parts += [_line(paper, index, each) for index, each in some]
    if len(together) > LINES:
        parts.append(paper.line("digest-more", count=len(together) - LINES))
    if len(left) < len(together):
        parts.append(paper.line("digest-left", count=len(left)) if left else paper.line("digest-done"))
    return letter([*parts, why_you(paper)], _choices(paper, bundle, numbered, together))


def _line(paper: Paper, index: int, escalation: Escalation) -> Lines:
    household = paper.session.get_one(Household, escalation.household_id)
    name, phone = front_of(paper.session, household.id)
    state = escalation.state.value
    who = paper.names([escalation.holder_id]) if escalation.holder_id else paper.word("the-household")
    return paper.line(
        f"digest-line-{state}",
        index=index,
        where=address(paper.session, household),
        name=name,
        phone=phone or paper.word("no-phone"),
        who=who,
    )


def _choices(
    paper: Paper, bundle: str, numbered: Sequence[tuple[int, Escalation]], together: Sequence[Escalation]
) -> list[list[Choice]]:
    rows: list[list[Choice]] = []
    if sum(each.state is State.OPEN for each in together) > 1:
        rows.append([paper.button(f"takeall:{bundle}", "button-take-all")])
    pressable = [
        paper.button(f"show:{each.id}", "digest-button", index=index)
        for index, each in numbered
        if each.state is not State.CLOSED
    ]
    rows += in_rows(pressable, 3)
    if len(together) > LINES:
        rows.append([paper.button("alarms:0", "answering-alarms")])
    return rows
