"""Questions about a notice in the hands of whoever answers them (提问)."""

from handlers import asking
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, words_of
from handlers.turn import Turn
from models import Enquiry, EnquiryEvent, EnquiryTopic, Notice, ReceivedMedia
from rules.enquiries import OPEN, EnquiryState, Heard
from rules.mail import Priority
from rules.media import MediaState
from services.audit import record
from services.enquiries.addressing import may_answer, may_see_who
from services.enquiries.answering import answer, answer_no_more
from services.enquiries.finding import group_of, last_words, story
from services.enquiries.going_on import PAST, TEMPLATE
from services.mailbox import Button, post
from services.media import show as show_photo
from services.words import Value

LONGEST = 500
"""Characters: with the question above it, it is read on one screen."""
_SEND = frozenset({"send", "发送", "确认", "ok"})
_ALL = frozenset({"all", "也告诉别人"})


def _confirm(text: str, answers: Answers) -> str | None:
    said = text.strip().casefold()
    if said in _ALL:
        return "all" if answers.get("shared") else None
    return "send" if said in _SEND else None


ANSWER = Form(
    "enquiry_answer",
    (
        Field("body", "enquiry-write", "enquiry-answer-wrong", words_of(LONGEST)),
        Field("confirm", "enquiry-preview", "enquiry-confirm-wrong", _confirm, picked=True),
    ),
)


def press(turn: Turn, forms: Forms, what: str, *rest: str) -> None:
    """A button of the asker's, or of whoever answers."""
    number = int(rest[0]) if rest and rest[0].isdecimal() else 0
    if asking.press(turn, forms, what, number):
        return
    if what in {"list", "known"}:
        _of_notice(turn, what, number, int(rest[1]) if len(rest) > 1 else 0)
    elif what == "stop":
        _stop(turn, number)
    elif what in {"show", "answer", "write"}:
        one = _theirs(turn, number)
        if one is not None and what == "show":
            _show(turn, one)
        elif one is not None:
            _answer(turn, forms, one, seen=what == "write")
    else:
        turn.reply("not-understood")


def _of_notice(turn: Turn, what: str, number: int, start: int) -> None:
    if not _answers_for(turn, turn.session.get(Notice, number)):
        turn.reply("not-yours")
    elif what == "list":
        about, args = f"{PAST}:{number}", {"start": start}
        post(turn.session, turn.now, turn.account, Priority.REPLY, TEMPLATE, about=about, args=args)
    else:
        post(turn.session, turn.now, turn.account, Priority.REPLY, "enquiry_known", about=f"{PAST}:{number}")


def _stop(turn: Turn, number: int) -> None:
    """不再自动回答."""
    topic = turn.session.get(EnquiryTopic, number)
    notice = turn.session.get_one(Notice, topic.notice_id) if topic else None
    if topic is None or turn.person is None or not _answers_for(turn, notice):
        turn.reply("not-yours")
    elif answer_no_more(turn.session, turn.now, topic, turn.person.id):
        turn.reply("enquiry-stopped")
    else:
        turn.reply("enquiry-known-none")


def _theirs(turn: Turn, number: int) -> Enquiry | None:
    """The question, when this reader answers such; else that is said."""
    one = turn.session.get(Enquiry, number)
    notice = turn.session.get_one(Notice, one.notice_id) if one else None
    if not _answers_for(turn, notice, one):
        turn.reply("not-yours")
        return None
    return one


def _answers_for(turn: Turn, notice: Notice | None, one: Enquiry | None = None) -> bool:
    """Whether this reader answers questions about a notice, or this one of them."""
    if turn.person is None or notice is None:
        return False
    return may_answer(turn.session, turn.now, turn.person.id, notice, one)


def _show(turn: Turn, one: Enquiry) -> None:
    ones = group_of(turn.session, one) or [one]
    _look(turn, ones)
    args = {"ones": [each.id for each in ones]}
    post(
        turn.session, turn.now, turn.account, Priority.REPLY, "enquiry_card", about=f"enquiry_card:{one.id}", args=args
    )


def _look(turn: Turn, ones: list[Enquiry]) -> None:
    """Whose questions these are is seen, where it may be; of residents that is logged (invariant 11). With photos."""
    reader = turn.person.id if turn.person else 0
    for one in ones:
        if not may_see_who(turn.session, turn.now, reader, one.area_id):
            continue
        if one.household_id is not None:
            subject = f"household:{one.household_id}"
            record(turn.session, turn.now, actor_id=reader, act="look", subject=subject, enquiry=one.id)
        for each in story(turn.session, one):
            _photo(turn, each)


def _photo(turn: Turn, event: EnquiryEvent) -> None:
    row = turn.session.get(ReceivedMedia, event.photo_id) if event.photo_id else None
    if row is not None and row.state is MediaState.KEPT:
        show_photo(turn.session, turn.now, turn.account, row, Priority.REPLY, turn.now)


def _answer(turn: Turn, forms: Forms, one: Enquiry, *, seen: bool) -> None:
    """回答: to everybody who asks the same; who asks is `seen` already, or shown now."""
    ones = group_of(turn.session, one) if one.state in OPEN else [one]
    if one.state is EnquiryState.ANSWERED:
        _answered_by(turn, one)
        return
    if one.state is EnquiryState.KNOWN:
        turn.reply("enquiry-nobody-waits")
        return
    if not seen:
        _look(turn, ones)
    rounds = {str(each.id): each.round for each in ones}
    shared = not one.alone
    forms.start(turn, ANSWER.name, {"enquiry": one.id, "rounds": rounds, "shared": shared, "seen": seen})


def _answered_by(turn: Turn, one: Enquiry) -> None:
    """Somebody else was quicker: who, and what they said."""
    said = next((each for each in reversed(story(turn.session, one)) if each.event is Heard.ANSWERED), None)
    name = turn.names([one.answered_by]) if one.answered_by else ""
    turn.reply("enquiry-answered-already", {"name": name, "words": said.body if said else ""})


def _not_given(turn: Turn, one: Enquiry) -> None:
    """What was answered is not as it was read: somebody else was quicker, or the asker has added something."""
    turn.session.refresh(one)
    if one.state not in OPEN:
        _answered_by(turn, one)
        return
    words = last_words(turn.session, [one.id]).get(one.id, "")
    turn.reply("enquiry-asked-on-meanwhile", {"words": words}, [[(f"enq:answer:{one.id}", "button-enquiry-answer")]])


def _asks(turn: Turn, field: Field, answers: Answers) -> bool:
    """What is answered stands above the field; what is nobody else's cannot be told to others."""
    if field.name != "body":
        if not answers.get("shared"):
            back: list[Button] = [("form:back", "button-back"), ("form:cancel", "button-cancel")]
            turn.reply("enquiry-preview-alone", _args(turn, field, answers), [[_send(answers)], back])
        return not answers.get("shared")
    if answers.get("seen"):
        return False
    args = {"ones": [int(one) for one in answers["rounds"]], "writing": True}
    about = f"enquiry_card:{answers['enquiry']}"
    post(turn.session, turn.now, turn.account, Priority.REPLY, "enquiry_card", about=about, args=args)
    return True


def _args(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    number = int(answers["enquiry"])
    words = last_words(turn.session, [number]).get(number, "")
    return {"words": words, "answer": str(answers.get("body", "")), "people": len(answers["rounds"])}


def _picks(_turn: Turn, field: Field, answers: Answers) -> list[list[Button]]:
    if field.name != "confirm":
        return []
    return [[_send(answers)], [("form:pick=all", "enquiry-send-all")]]


def _send(answers: Answers) -> Button:
    return ("form:pick=send", "enquiry-send", {"people": len(answers["rounds"])})


def _finish(turn: Turn, answers: Answers) -> None:
    one = _theirs(turn, int(answers["enquiry"]))
    if one is None or turn.person is None:
        return
    asked = {int(number): int(each) for number, each in answers["rounds"].items()}
    body, for_all = str(answers["body"]), answers["confirm"] == "all"
    given = answer(turn.session, turn.now, asked, body, turn.person.id, for_all=for_all)
    if not given.people:
        _not_given(turn, one)
        return
    key = "enquiry-answered-all" if for_all else "enquiry-answered"
    turn.reply(key, {"people": given.people, "unreachable": given.unreachable})


FILLINGS = (Filling(ANSWER, _finish, _args, _picks, _asks),)
