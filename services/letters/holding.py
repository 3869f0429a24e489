"""To somebody who has alarms in hand: their time is nearly over."""

from channels.port import Message
from models import Escalation, Household, Person
from rules.escalation import Kind, State
from services.areas import address, whereabouts
from services.clusters import fevers_of, people_of
from services.dossier import escalations_about, events_of, head_of, phone_line
from services.letters.alarm_choices import of_an_alarm
from services.letters.paper import Paper, letter
from services.mailbox import in_rows, subject_of
from services.words import Lines

_BUTTONS = 30


def lapsing(paper: Paper) -> Message | None:
    """What of it is still in this reader's hands; pointless when nothing is, before it is sent."""
    together = escalations_about(paper.session, *subject_of(paper.message.about))
    mine = [one for one in together if one.state is State.TAKEN and one.holder_id == paper.account.person_id]
    if not mine:
        done = all(one.state is State.CLOSED for one in together)
        over = letter([paper.line("lapsing-done" if done else "lapsing-gone")])
        return over if paper.message.edits_id else None
    if len(mine) == 1:
        return letter(
            [_line(paper, "lapsing-one", mine[0])], of_an_alarm(paper, mine[0], events_of(paper.session, mine[0].id))
        )
    parts = [paper.line("lapsing-head", count=len(mine))]
    parts += [_line(paper, "lapsing-line", one, index=at) for at, one in enumerate(mine, 1)]
    buttons = [paper.button(f"show:{one.id}", "digest-button", index=at) for at, one in enumerate(mine, 1)][:_BUTTONS]
    return letter(parts, in_rows(buttons, 3))


def _line(paper: Paper, key: str, escalation: Escalation, **more: int) -> Lines:
    if escalation.place_id is not None:
        return _line_of_a_place(paper, key, escalation, **more)
    household = paper.session.get_one(Household, escalation.household_id)
    person = paper.session.get(Person, escalation.person_id) if escalation.person_id else None
    front = person or head_of(paper.session, household.id)
    return paper.line(
        key,
        kind=_kind(paper, escalation),
        name=front.name if front else household.room,
        where=address(paper.session, household),
        phone=phone_line(paper.session, household.id, front) or paper.word("no-phone"),
        until=paper.clock(escalation.next_at or paper.now),
        **more,
    )


_OF_A_PLACE = {"lapsing-one": "lapsing-one-place", "lapsing-line": "lapsing-line-place"}


def _line_of_a_place(paper: Paper, key: str, escalation: Escalation, **more: int) -> Lines:
    return paper.line(
        _OF_A_PLACE[key],
        what=_what(paper, escalation),
        where=whereabouts(paper.session, escalation.household_id, escalation.place_id),
        until=paper.clock(escalation.next_at or paper.now),
        **more,
    )


def _what(paper: Paper, escalation: Escalation) -> str:
    """What it is, of a cluster with how many are ill."""
    kind = _kind(paper, escalation)
    if escalation.kind is not Kind.CLUSTER:
        return kind
    return paper.word("lapsing-people", kind=kind, count=len(people_of(fevers_of(paper.session, escalation))))


def _kind(paper: Paper, escalation: Escalation) -> str:
    return paper.word(f"kind-{escalation.kind.value.replace('_', '-')}")
