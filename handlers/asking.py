"""A question about a notice: written by a resident, asked on, or enough as it was answered (有问题)."""

from handlers import feeling
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, words_of
from handlers.turn import Turn
from models import Area, Enquiry, Notice, NoticeCopy
from rules.enquiries import MOST_OPEN, EnquiryState
from rules.first_words import first_words
from rules.notice_life import NoticeState
from services.enquiries.asking import ask, ask_a_human, ask_on, open_of, useful
from services.enquiries.lately import notices_of
from services.forms import keep, standing
from services.homes import household_of
from services.letters.paper import clock
from services.mailbox import Button
from services.media import receive
from services.notices import copies_together
from services.policy import policy_at
from services.words import Value

LONGEST = 300
"""Characters: it is read on a phone, among others."""

ASK = Form("enquiry", (Field("words", "enquiry-ask", "enquiry-wrong", words_of(LONGEST)),))
ON = Form("enquiry_on", (Field("words", "enquiry-ask-on", "enquiry-wrong", words_of(LONGEST)),))
_FORMS = frozenset({ASK.name, ON.name})


def choose(turn: Turn, forms: Forms) -> None:
    """`/ask`: about which of the notices that came lately."""
    found = notices_of(turn.session, turn.now, turn.account)
    _which(turn, forms, [copy for copy, _ in found])


def choose_of(turn: Turn, forms: Forms, number: int) -> None:
    """有问题 under several notices in one message: about which of them."""
    _which(turn, forms, copies_together(turn.session, turn.account, number))


def _which(turn: Turn, forms: Forms, copies: list[NoticeCopy]) -> None:
    if len(copies) == 1:
        begin(turn, forms, copies[0].id)
        return
    buttons: list[list[Button]] = []
    for copy in copies:
        notice = turn.session.get_one(Notice, copy.notice_id)
        if notice.state is not NoticeState.WITHDRAWN:
            buttons.append([(f"ask:{copy.id}", "enquiry-about", {"first": first_words(notice.body)})])
    turn.reply("enquiry-which" if buttons else "enquiry-no-notice", buttons=buttons)


def begin(turn: Turn, forms: Forms, number: int) -> None:
    """有问题: the question is asked for."""
    copy = turn.session.get(NoticeCopy, number)
    if copy is None or turn.person is None or copy.person_id != turn.person.id:
        turn.reply("not-yours")
    elif len(open_of(turn.session, copy.notice_id, turn.person.id)) >= MOST_OPEN:
        turn.reply("enquiry-too-many", {"count": MOST_OPEN})
    else:
        forms.start(turn, ASK.name, {"copy": copy.id})


def take_photo(turn: Turn, forms: Forms, media: str, caption: str) -> bool:
    """A picture that goes with the question that is being written; False when none is. Staff may have no door."""
    row = standing(turn.session, turn.account) if forms.is_open(turn, _FORMS) else None
    if row is None or turn.person is None:
        return False
    home = household_of(turn.session, turn.person.id)
    photo = receive(turn.session, turn.now, turn.account, turn.person, home, media, caption)
    keep(turn.session, turn.now, turn.account, row.form, row.step, {**row.answers, "photo": photo.id})
    if not caption or not forms.hear(turn, caption):
        turn.reply("enquiry-photo", buttons=[[("form:cancel", "button-cancel")]])
    return True


def _args(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    if "copy" not in answers:
        return {}
    notice = turn.session.get_one(Notice, turn.session.get_one(NoticeCopy, answers["copy"]).notice_id)
    area = turn.session.get_one(Area, notice.area_id).name
    return {"area": area, "first": first_words(notice.body)}


def _asked(turn: Turn, answers: Answers) -> None:
    copy = turn.session.get_one(NoticeCopy, answers["copy"])
    said = str(answers["words"])
    before = {one.id for one in open_of(turn.session, copy.notice_id, copy.person_id)}
    one = ask(turn.session, turn.now, copy, turn.account, said, answers.get("photo"))
    if one is None:
        turn.reply("enquiry-too-many", {"count": MOST_OPEN})
    elif one.id in before:
        turn.reply("enquiry-asked-already")
    elif one.state is not EnquiryState.KNOWN:
        _on_its_way(turn, one)
    feeling.hear(turn, said)  # whoever asks what to do about their breath is ill, whatever else they want to know


def _on_its_way(turn: Turn, one: Enquiry) -> None:
    """Who has it, or from when on: nobody is woken for a question."""
    area = turn.session.get_one(Area, one.node_id)
    policy = policy_at(turn.session, area.id)
    awake = policy.awake(turn.now)
    if awake > turn.now:
        time = clock(policy.timezone, turn.now, awake, turn.words)
        turn.reply("enquiry-asked-at-night", {"area": area.name, "time": time})
    else:
        turn.reply("enquiry-asked", {"area": area.name})


def press(turn: Turn, forms: Forms, what: str, number: int) -> bool:
    """A button under an answer; False when it is none of the asker's."""
    if what not in {"on", "useful", "still"}:
        return False
    one = turn.session.get(Enquiry, number)
    if one is None or turn.person is None or one.person_id != turn.person.id:
        turn.reply("not-yours")
    elif what == "on":
        forms.start(turn, ON.name, {"enquiry": one.id})
    elif what == "useful":
        turn.reply("enquiry-thanks" if useful(turn.session, turn.now, one) else "enquiry-done-already")
    elif ask_a_human(turn.session, turn.now, one):
        _on_its_way(turn, one)
    else:
        turn.reply("enquiry-asked-already")
    return True


def _asked_on(turn: Turn, answers: Answers) -> None:
    one = turn.session.get_one(Enquiry, answers["enquiry"])
    said = str(answers["words"])
    ask_on(turn.session, turn.now, one, turn.account, said, answers.get("photo"))
    _on_its_way(turn, one)
    feeling.hear(turn, said)


FILLINGS = (Filling(ASK, _asked, _args), Filling(ON, _asked_on))
