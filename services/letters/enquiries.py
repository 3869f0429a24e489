"""Questions about a notice: for whoever answers them, and the answers for whoever asked (提问)."""

from datetime import datetime, timedelta

from channels.port import Choice, Message
from models import Area, Enquiry, EnquiryEvent, EnquiryTopic, Notice, Person
from rules.enquiries import OPEN, Heard
from rules.first_words import first_words
from rules.notice_life import NoticeState
from services.enquiries.addressing import may_see_who, senders_level
from services.enquiries.finding import Group, commonest, groups, known, last_words, story, tally, text_then, who_asks
from services.letters.notices import body_lines
from services.letters.paper import Paper, letter
from services.mailbox import in_rows
from services.words import Lines

PAGE = 6
_A_ROW = 3
FRESH = timedelta(minutes=1)
"""What was asked within it has not waited yet."""
MOST_NAMES = 8
"""Of those who ask the same, in one message."""
MOST_KNOWN = 5
_SAID = frozenset({Heard.ASKED, Heard.KNOWN, Heard.ANSWERED})


def listing(paper: Paper) -> Message | None:
    """What waits for an answer, the commonest first; pointless when nothing does and nobody has the message yet."""
    notice = paper.session.get_one(Notice, paper.subject)
    args, found = paper.message.args, groups(paper.session, notice.id)
    rows = [[paper.button(f"enq:known:{notice.id}", "button-enquiry-known")]] if known(paper.session, notice.id) else []
    if not found:
        none = letter([*_head(paper, notice, 0), paper.line("enquiries-none"), *_commonest(paper, notice)], rows)
        return none if paper.message.edits_id is not None or "start" in args else None
    parts = []
    if args.get("from"):
        parts.append(paper.line("enquiries-from-below", area=args["from"]))
    elif args.get("again"):
        parts.append(paper.line("enquiries-again"))
    parts += _head(paper, notice, sum(tally(each.ones) for each in found))
    start = int(args.get("start", 0))
    shown = list(enumerate(found[start : start + PAGE], start + 1))
    parts += [_line(paper, notice, at, each, alone=len(found) == 1) for at, each in shown]
    parts += _commonest(paper, notice) if "start" in args else []
    turning = paper.turning(f"enq:list:{notice.id}", start, PAGE, more=start + PAGE < len(found))
    return letter(parts, [*_openers(paper, found, shown), turning, *rows])


def _commonest(paper: Paper, notice: Notice) -> list[Lines]:
    """What was asked most, answered or not: of several people, or it is no news."""
    found = [one for one in commonest(paper.session, notice.id, MOST_KNOWN) if one[1] > 1]
    lines = [paper.line("enquiries-commonest-line", words=words, people=people) for words, people in found]
    return [((),), paper.line("enquiries-commonest"), *lines] if lines else []


def _head(paper: Paper, notice: Notice, people: int) -> list[Lines]:
    area = paper.session.get_one(Area, notice.area_id).name
    about = {"area": area, "time": paper.clock(notice.created_at), "first": first_words(notice.body)}
    parts = [paper.line("enquiries-head", count=people), paper.line("enquiries-about", **about)]
    return [*parts, paper.line("enquiries-withdrawn")] if notice.state is NoticeState.WITHDRAWN else parts


def _line(paper: Paper, notice: Notice, at: int, each: Group, *, alone: bool) -> Lines:
    first, people = each.ones[0], tally(each.ones)
    waited = paper.now - first.asked_at
    age = paper.word("enquiry-waits", age=paper.age(first.asked_at)) if waited >= FRESH else paper.word("enquiry-fresh")
    if first.node_id != senders_level(paper.session, notice).id and first.holder_id != paper.account.person_id:
        age += paper.word("enquiry-is-at", area=paper.session.get_one(Area, first.node_id).name)
    if alone:
        return paper.line("enquiries-one", words=each.words, people=people, age=age)
    return paper.line("enquiries-line", index=at, words=each.words, people=people, age=age)


def _openers(paper: Paper, found: list[Group], shown: list[tuple[int, Group]]) -> list[list[Choice]]:
    if len(found) == 1:
        return [[paper.button(f"enq:answer:{found[0].ones[0].id}", "button-enquiry-answer")]]
    buttons = [paper.button(f"enq:show:{each.ones[0].id}", "digest-button", index=at) for at, each in shown]
    return in_rows(buttons, _A_ROW)


def card(paper: Paper) -> Message:
    """One question, or several that ask the same: who asks, what was said on, what the notice said then."""
    args = paper.message.args
    ones = [paper.session.get_one(Enquiry, number) for number in args["ones"]]
    first, writing = ones[0], args.get("writing", False)
    notice = paper.session.get_one(Notice, first.notice_id)
    open_ones = [one for one in ones if one.state in OPEN]
    parts = [*_head(paper, notice, tally(open_ones)), ((),)]
    parts += _thread(paper, first) if len(ones) == 1 else _askers(paper, ones)
    then = text_then(paper.session, notice, first.asked_at)
    if then is not None:
        parts += [((),), paper.line("enquiry-text-then"), body_lines(then)]
    if writing:
        cancel = [[paper.button("form:cancel", "button-cancel")]]
        return letter([*parts, ((),), paper.line("enquiry-write", people=tally(ones))], cancel)
    write = [[paper.button(f"enq:write:{first.id}", "button-enquiry-answer")]]
    return letter(parts, write if open_ones else [])


def _askers(paper: Paper, ones: list[Enquiry]) -> list[Lines]:
    """Each with how they put it."""
    said = last_words(paper.session, [one.id for one in ones])
    parts = [_asked(paper, one, said.get(one.id, ""), one.asked_at) for one in ones[:MOST_NAMES]]
    more = len(ones) - MOST_NAMES
    return [*parts, paper.line("enquiry-more", count=more)] if more > 0 else parts


def _thread(paper: Paper, one: Enquiry) -> list[Lines]:
    """Everything that was said, and by whom."""
    parts = []
    for each in story(paper.session, one):
        if each.event is Heard.ASKED:
            parts.append(_asked(paper, one, each.body, each.at))
        elif each.event in _SAID:
            name = _name(paper, each)
            key = "enquiry-said-known" if each.event is Heard.KNOWN else "enquiry-said"
            parts.append(paper.line(key, name=name, time=paper.clock(each.at), words=each.body))
        elif each.event is Heard.NOT_ENOUGH:
            parts.append(paper.line("enquiry-not-enough"))
    return parts


def _asked(paper: Paper, one: Enquiry, words: str, at: datetime) -> Lines:
    reader = paper.account.person_id or 0
    named = may_see_who(paper.session, paper.now, reader, one.area_id)
    who = who_asks(paper.session, one, named=named)
    return paper.line("enquiry-asked-by", who=who, time=paper.clock(at), words=words)


def answer(paper: Paper) -> Message:
    """What whoever asked gets: their question, the answer, whose it is; asked on under it."""
    one = paper.session.get_one(Enquiry, paper.subject)
    events = story(paper.session, one)
    given = next(each for each in events if each.id == paper.message.args["event"])
    asked = [each.body for each in events if each.event is Heard.ASKED and each.id < given.id][-1]
    notice = paper.session.get_one(Notice, one.notice_id)
    area = paper.session.get_one(Area, notice.area_id).name
    name, by_house = _name(paper, given), given.event is Heard.KNOWN
    parts = [paper.line("enquiry-known-head" if by_house else "enquiry-answer-head", area=area)]
    parts += [paper.line("enquiry-quoted", words=asked), paper.line("enquiry-given", words=given.body)]
    if not by_house:
        parts.append(paper.line("enquiry-given-by", name=name, time=paper.clock(given.at)))
        return letter(parts, [[paper.button(f"enq:on:{one.id}", "button-enquiry-on")]])
    topic = paper.session.get_one(EnquiryTopic, one.topic_id)
    time = paper.clock(topic.answered_at or given.at)
    parts.append(paper.line("enquiry-known-by", name=name, time=time, words=topic.words))
    useful = paper.button(f"enq:useful:{one.id}", "button-enquiry-useful")
    return letter(parts, [[useful, paper.button(f"enq:still:{one.id}", "button-enquiry-still")]])


def known_answers(paper: Paper) -> Message:
    """What the house answers by itself about a notice, how often it did, and the way to end that."""
    notice = paper.session.get_one(Notice, paper.subject)
    found = known(paper.session, notice.id)[:MOST_KNOWN]
    if not found:
        return letter([paper.line("enquiry-known-none")])
    parts = [paper.line("enquiry-known-list", first=first_words(notice.body))]
    for at, one in enumerate(found, 1):
        parts.append(paper.line("enquiry-known-line", index=at, words=one.words, answer=one.answer, given=one.given))
    buttons = [[paper.button(f"enq:stop:{one.id}", "button-enquiry-stop", index=at)] for at, one in enumerate(found, 1)]
    return letter(parts, buttons)


def _name(paper: Paper, event: EnquiryEvent) -> str:
    return paper.session.get_one(Person, event.person_id).name if event.person_id else ""
