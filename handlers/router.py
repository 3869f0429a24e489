"""From what was said to who answers it: commands, their Chinese words, choices, temperatures, forms, in that order."""

from channels.port import Contact, Document, Moved, NotDelivered, Other, Photo, Press, Reachable, Text
from handlers import (
    asking,
    composing,
    feeling,
    joining,
    media,
    noting,
    reporting,
    sent_notices,
    unheard,
    visiting,
)
from handlers.buttons import BUTTONS
from handlers.commands import COMMANDS, SPOKEN
from handlers.forms import FORMS
from handlers.turn import Turn
from services.reach import lost, not_delivered

CIVIL: dict[str, str] = {
    "谢谢": "civil-welcome",
    "谢谢你": "civil-welcome",
    "谢谢您": "civil-welcome",
    "多谢": "civil-welcome",
    "thanks": "civil-welcome",
    "thank you": "civil-welcome",
    "好": "civil-good",
    "好的": "civil-good",
    "知道了": "civil-good",
    "ok": "civil-good",
}
"""What is said without wanting anything, and is not to be called a mistake; in small letters."""
CANCELLING = frozenset({"取消", "cancel", "/cancel"})
"""What leaves an open form wherever its button stands: nobody means it as an answer, or as the words of a notice."""


def route(turn: Turn) -> None:
    """Answers one update; whatever it changes is in the turn's transaction."""
    if not (turn.member and turn.person is None and joining.recognise(turn, FORMS)):
        _answer(turn)
    if turn.said and FORMS.wants_words(turn):
        for one in turn.said:  # a number that is typed now is an answer (a room): choices are shown without
            one.args = {**one.args, "wants_words": True}


def _answer(turn: Turn) -> None:
    match turn.content:
        case Reachable(True) | Moved():
            return
        case Reachable(False):
            lost(turn.session, turn.now, turn.account, "blocked")
        case NotDelivered(number, why):
            not_delivered(turn.session, turn.now, turn.account, number, why)
        case Press(key):
            _press(turn, key)
        case Text(text):
            _text(turn, text.strip())
        case Photo() | Document():
            _file(turn, turn.content)
        case Contact(digits, own):
            joining.hand_over_number(turn, FORMS, digits, own=own)
        case Other(kind):
            unheard.thing(turn, kind)


def _file(turn: Turn, sent: Photo | Document) -> None:
    said = sent.caption.strip()
    if composing.take_file(turn, FORMS, sent) or asking.take_photo(turn, FORMS, sent.media, said):
        return
    if sent_notices.take_file(turn, FORMS, said):
        return
    if isinstance(sent, Document) and (kind := unheard.film_or_sound(sent)):
        unheard.thing(turn, kind)
        return
    held = noting.pictured(turn, FORMS)
    if len(held) > 1:
        turn.reply("note-photo-which")
        return
    if held:
        noting.keep_photo(turn, FORMS, held[0], sent.media, said)
    else:
        media.take(turn, sent.media, said, sent.mime if isinstance(sent, Document) else "")
    if turn.person and said:
        _text(turn, said)


def _press(turn: Turn, key: str) -> None:
    verb, *rest = key.split(":")
    button = BUTTONS.get(verb)
    if button is None or not rest:
        unheard.words(turn)
    else:
        button(turn, rest)


def _text(turn: Turn, text: str) -> None:
    command, rest = _command(text)
    if (key := offered(turn.account.offered, text, numbers=not FORMS.wants_words(turn))) is not None and not command:
        _press(turn, key)
    elif text.casefold() in CANCELLING:
        _cancel(turn)
    elif command:
        COMMANDS[command](turn, rest)
    elif reporting.hear(turn, text) or visiting.hear(turn, text) or FORMS.hear(turn, text) or feeling.hear(turn, text):
        return
    elif turn.person is not None and (civil := CIVIL.get(text.casefold().rstrip("！!。.~"))):
        turn.reply(civil)
    else:
        unheard.words(turn)


def _cancel(turn: Turn) -> None:
    if FORMS.known(turn):
        FORMS.press(turn, "cancel")
    elif turn.person is None:
        unheard.words(turn)
    else:
        turn.reply("civil-nothing-to-cancel")


def _command(text: str) -> tuple[str | None, str]:
    if text.startswith("/"):
        word, _, rest = text[1:].partition(" ")
        name = word.partition("@")[0].casefold()
        return (name if name in COMMANDS else "help"), rest.strip()
    return SPOKEN.get(text), ""


def offered(choices: list[list[str]], text: str, *, numbers: bool) -> str | None:
    """The key of a choice whose label, or (with `numbers`) whose place in the list, was typed instead of pressed."""
    for key, label in choices:
        if text == label:
            return str(key)
    if numbers and text.isdecimal() and 0 < int(text) <= len(choices):
        return str(choices[int(text) - 1][0])
    return None
