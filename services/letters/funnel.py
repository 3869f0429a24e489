"""How far a notice has come: its author's own message, and the one of whoever holds an area that it went to."""

from channels.port import Choice, Message
from models import Area, Notice
from rules.first_words import first_words
from rules.notice_life import NoticeState, time_left
from rules.roles import Level
from services.ages import took_in
from services.letters.paper import Paper, letter
from services.mailbox import subject_of
from services.node_funnels import place_of
from services.notice_pace import messages_a_minute
from services.receipts import Receipts, reasons, receipts
from services.words import Lines

REASONS = 3
"""Why a notice could not be delivered: the commonest, and the rest together."""


def funnel(paper: Paper) -> Message:
    """The counts as they are, with what can be done about them."""
    kind, number = subject_of(paper.message.about)
    if kind == "notice":
        notice = paper.session.get_one(Notice, int(number))
        return _of_group(paper, notice) if notice.group_id is not None else _of_author(paper, notice)
    notice_id, area_id = place_of(number)
    return _of_node(paper, paper.session.get_one(Notice, notice_id), paper.session.get_one(Area, area_id))


def _of_author(paper: Paper, notice: Notice) -> Message:
    count = receipts(paper.session, notice.id)
    area = paper.session.get_one(Area, notice.area_id)
    parts = [paper.line("funnel", people=count.people), *state_of(paper, notice), *counts(paper, notice, area, count)]
    if notice.spread_at:
        parts.append(paper.line("funnel-spreading"))
    if notice.confirmed_by:
        parts.append(paper.line("funnel-confirmed", who=paper.names([notice.confirmed_by])))
    parts += _progress(paper, notice, count)
    keep = [] if notice.directive_id is not None else [paper.button(f"keep:{notice.id}", "button-keep-phrase")]
    return letter(parts, [*controls(paper, notice, count), *_openings(paper, notice, area, count), keep])


def _of_node(paper: Paper, notice: Notice, area: Area) -> Message:
    """Of a notice from above, what is so in one area."""
    count = receipts(paper.session, notice.id, area.id)
    origin = paper.session.get_one(Area, notice.area_id).name
    first = first_words(notice.body)
    head = paper.line("funnel-node", origin=origin, area=area.name, first=first, time=paper.clock(notice.created_at))
    parts = [head, *state_of(paper, notice), *counts(paper, notice, area, count)]
    return letter(parts, _openings(paper, notice, area, count))


def _of_group(paper: Paper, notice: Notice) -> Message:
    count = receipts(paper.session, notice.id)
    state = "funnel-group-posted" if notice.posted_at else "funnel-group-waiting"
    parts = [paper.line(state), *state_of(paper, notice), paper.line("funnel-group-read", read=count.read)]
    return letter(parts, _texts(paper, notice))


def state_of(paper: Paper, notice: Notice) -> list[Lines]:
    """What is unusual about it."""
    parts = []
    if notice.state is not NoticeState.SENDING:
        parts.append(paper.line(f"funnel-{notice.state.value}"))
    if notice.corrected_at and notice.state is not NoticeState.WITHDRAWN:
        parts.append(paper.line("funnel-corrected", time=paper.clock(notice.corrected_at)))
    return parts


def counts(paper: Paper, notice: Notice, area: Area, count: Receipts) -> list[Lines]:
    """The numbers themselves, and why some could not be told."""
    parts = [
        paper.line("funnel-sent", sent=count.sent, people=count.people),
    ]
    if notice.receipt and notice.audience.at_doors:
        homes = {"homes_read": count.homes_read, "homes": count.homes}
        parts.append(paper.line("funnel-read", read=count.read, people=count.people, **homes))
    elif notice.receipt:
        parts.append(paper.line("funnel-read-people", read=count.read, people=count.people))
    if count.failed:
        parts.append(paper.line("funnel-failed", failed=count.failed, why=_why(paper, notice, area)))
    if count.dropped:
        parts.append(paper.line("funnel-dropped", dropped=count.dropped))
    if notice.left_out and area.id == notice.area_id:
        parts.append(paper.line("funnel-left-out", people=notice.left_out))
    return parts


def _why(paper: Paper, notice: Notice, area: Area) -> str:
    """The commonest reasons with how many people each."""
    found = list(reasons(paper.session, notice.id, area).items())
    said = [
        paper.word("funnel-why", why=paper.word(f"why-{why.replace('_', '-')}"), people=people)
        for why, people in found[:REASONS]
    ]
    if rest := sum(people for _, people in found[REASONS:]):
        said.append(paper.word("funnel-why", why=paper.word("funnel-why-others"), people=rest))
    return paper.word("list-mark").join(said)


def _progress(paper: Paper, notice: Notice, count: Receipts) -> list[Lines]:
    """What still goes out, how fast, and how long it takes."""
    if not count.waiting or notice.state in (NoticeState.STOPPED, NoticeState.WITHDRAWN):
        return []
    parts = [paper.line("funnel-waiting", waiting=count.waiting)]
    pace = messages_a_minute(paper.session, paper.now, notice.id, count.sent)
    left = time_left(count.waiting, pace)
    if notice.state is NoticeState.SENDING and pace and left:
        parts.append(paper.line("funnel-pace", rate=max(1, round(pace)), left=took_in(paper.words, left)))
    return parts


def controls(paper: Paper, notice: Notice, count: Receipts, *, card: bool = False) -> list[list[Choice]]:
    """What can be done to it by whoever answers for it; under its history (`card`) that has no button."""
    going = []
    if notice.group_id is not None:
        return _texts(paper, notice, card=card)
    if notice.state is NoticeState.SENDING and (count.waiting or notice.spread_at):
        going = [_act(paper, notice, "pause"), _act(paper, notice, "stop")]
    elif notice.state is NoticeState.PAUSED:
        going = [_act(paper, notice, "resume"), _act(paper, notice, "stop")]
    return [going, *_texts(paper, notice, card=card)]


def _texts(paper: Paper, notice: Notice, *, card: bool = False) -> list[list[Choice]]:
    """The text is mended or taken back; under its own history there is no way to that."""
    past = [] if card else [paper.button(f"nhist:{notice.id}", "button-notice-history")]
    if notice.state is NoticeState.WITHDRAWN:
        return [past]
    mended = [] if notice.directive_id is not None else [_act(paper, notice, "correct")]
    return [[*mended, _act(paper, notice, "withdraw"), *past]]


def _act(paper: Paper, notice: Notice, act: str) -> Choice:
    return paper.button(f"nact:{act}:{notice.id}", f"button-notice-{act}")


def _openings(paper: Paper, notice: Notice, area: Area, count: Receipts) -> list[list[Choice]]:
    """What is behind the numbers, and what can be done about those who have not read it."""
    if notice.state is NoticeState.WITHDRAWN or not count.people:
        return []
    place = f"{notice.id}:{area.id}"
    below = area.level.depth < Level.GRID.depth
    rows = [[paper.button(f"nbelow:{place}:0", "button-notice-below")]] if below else []
    if count.read >= count.people or not notice.receipt or not notice.audience.at_doors:
        return rows
    return [
        *rows,
        [
            paper.button(f"nwho:{place}:0", "button-notice-who"),
            paper.button(f"nremind:{place}", "button-notice-remind"),
            paper.button(f"ndoor:{place}:0", "button-notice-doors"),
        ],
    ]
