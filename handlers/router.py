"""From what was said to who answers it: commands, their Chinese words, choices, temperatures, forms, in that order."""

from collections.abc import Callable

from channels.port import Contact, Document, Moved, NotDelivered, Other, Photo, Press, Reachable, Text
from handlers import (
    alarms,
    asking,
    breaches,
    briefs,
    checking,
    composing,
    correcting,
    declaring,
    directives,
    doors,
    duty,
    enquiries,
    excuses,
    exporting,
    family,
    feeling,
    finding,
    grid_group,
    history,
    inviting,
    joining,
    media,
    notices,
    noting,
    open_alarms,
    phones,
    phrases,
    planned,
    policies,
    pressing,
    quarantine,
    questioning,
    rejoining,
    releases,
    reporting,
    sent_notices,
    shift_ends,
    standing_in,
    status,
    today,
    transferring,
    unheard,
    unread_notices,
    visiting,
    ways,
    working,
)
from handlers.filling import Forms
from handlers.turn import Turn
from services.reach import lost, not_delivered

Command = Callable[[Turn, str], None]
Button = Callable[[Turn, list[str]], None]

FORMS = Forms(
    *(*joining.FILLINGS, *rejoining.FILLINGS, *notices.FILLINGS, *visiting.FILLINGS),
    *(*doors.FILLINGS, *policies.FILLINGS, *quarantine.FILLINGS, *correcting.FILLINGS, *checking.FILLINGS),
    *(*transferring.FILLINGS, *declaring.FILLINGS, *noting.FILLINGS, *breaches.FILLINGS, *directives.FILLINGS),
    *sent_notices.FILLINGS,
    *(*phrases.FILLINGS, *planned.FILLINGS, *asking.FILLINGS, *enquiries.FILLINGS),
    *finding.FILLINGS,
)

COMMANDS: dict[str, Command] = {
    "start": lambda turn, rest: joining.start(turn, FORMS, rest),
    "report": lambda turn, _: reporting.ask(turn),
    "family": lambda turn, _: family.show(turn),
    "status": lambda turn, _: status.status(turn),
    "declare": lambda turn, _: declaring.begin(turn, FORMS),
    "ask": lambda turn, _: asking.choose(turn, FORMS),
    "help": lambda turn, _: status.help_(turn),
    "language": lambda turn, _: status.choose_language(turn),
    "here": lambda turn, _: ways.here(turn),
    "stop": lambda turn, _: status.stop(turn),
    "today": lambda turn, _: today.today(turn),
    "alerts": lambda turn, _: open_alarms.show(turn),
    "brief": lambda turn, _: briefs.show(turn),
    "doors": lambda turn, _: doors.show(turn),
    "duty": lambda turn, _: duty.show(turn),
    "find": lambda turn, rest: finding.begin(turn, FORMS, rest),
    "notice": lambda turn, _: notices.begin(turn, FORMS),
    "directive": lambda turn, _: directives.begin(turn, FORMS),
    "sent": lambda turn, _: sent_notices.show_list(turn),
    "invite": lambda turn, _: inviting.begin(turn),
    "quarantine": lambda turn, rest: quarantine.begin(turn, FORMS, rest),
    "check": lambda turn, rest: checking.begin(turn, FORMS, rest),
    "breach": lambda turn, rest: breaches.begin(turn, FORMS, rest),
    "policy": lambda turn, _: policies.begin(turn, FORMS),
    "export": lambda turn, _: exporting.begin(turn),
    "group": lambda turn, _: grid_group.begin(turn),
}

SPOKEN: dict[str, str] = {
    "上报": "report",
    "家人": "family",
    "状态": "status",
    "返乡申报": "declare",
    "返乡": "declare",
    "申报": "declare",
    "有问题": "ask",
    "提问": "ask",
    "帮助": "help",
    "语言": "language",
    "以后发到这里": "here",
    "发到这里": "here",
    "Write to me here": "here",
    "停止": "stop",
    "退订": "stop",
    "今日": "today",
    "告警": "alerts",
    "简报": "brief",
    "上门": "doors",
    "值班": "duty",
    "查找": "find",
    "通知": "notice",
    "指令": "directive",
    "已发通知": "sent",
    "通知记录": "sent",
    "邀请": "invite",
    "规则": "policy",
    "举报外出": "breach",
    "外出": "breach",
    "隔离": "quarantine",
    "核验": "check",
    "导出": "export",
    "群": "group",
    "绑定群": "group",
}
"""The Chinese words that do the same without a slash."""

CIVIL: dict[str, str] = {
    "谢谢": "civil-welcome",
    "谢谢你": "civil-welcome",
    "谢谢您": "civil-welcome",
    "多谢": "civil-welcome",
    "Thanks": "civil-welcome",
    "Thank you": "civil-welcome",
    "好": "civil-good",
    "好的": "civil-good",
    "知道了": "civil-good",
    "OK": "civil-good",
    "取消": "civil-nothing-to-cancel",
    "Cancel": "civil-nothing-to-cancel",
}
"""What is said without wanting anything, and is not to be called a mistake."""

BUTTONS: dict[str, Button] = {
    "take": lambda turn, rest: alarms.take(turn, int(rest[0])),
    "takeall": lambda turn, rest: alarms.take_all(turn, rest[0]),
    "list": lambda turn, rest: alarms.show_list(turn, rest[0]),
    "show": lambda turn, rest: alarms.show(turn, int(rest[0])),
    "alarms": open_alarms.press,
    "history": lambda turn, rest: history.show(turn, int(rest[0])),
    "pass": lambda turn, rest: alarms.pass_on(turn, int(rest[0])),
    "passto": lambda turn, rest: alarms.pass_to(turn, int(rest[0]), int(rest[1])),
    "doors": lambda turn, rest: doors.show(turn, int(rest[0])),
    "door": lambda turn, rest: doors.begin(turn, FORMS, int(rest[0])),
    "breach": lambda turn, rest: breaches.press(turn, *rest),
    "find": lambda turn, rest: finding.show(turn, int(rest[0])),
    "qshow": lambda turn, rest: quarantine.show(turn, int(rest[0])),
    "qbegin": lambda turn, rest: quarantine.start(turn, int(rest[0])),
    "qlonger": lambda turn, rest: quarantine.longer(turn, int(rest[0]), int(rest[1])),
    "qask": lambda turn, rest: quarantine.ask(turn, int(rest[0])),
    "qend": lambda turn, rest: quarantine.end(turn, int(rest[0])),
    "qagain": lambda turn, rest: quarantine.send_again(turn, int(rest[0])),
    "qrevoke": lambda turn, rest: quarantine.revoke_certificate(turn, int(rest[0])),
    "qexcuse": lambda turn, rest: _excuse(turn, *rest),
    "dexcuse": lambda turn, rest: excuses.give_at_the_door(turn, int(rest[0]), rest[1], rest[2]),
    "qback": lambda turn, rest: excuses.come_back(turn, int(rest[0])),
    "qmove": lambda turn, rest: transferring.begin(turn, FORMS, int(rest[0])),
    "dapprove": lambda turn, rest: declaring.let(turn, int(rest[0])),
    "drefuse": lambda turn, rest: declaring.turn_down(turn, int(rest[0]), rest[1]),
    "rshow": lambda turn, rest: releases.show(turn, int(rest[0])),
    "release": lambda turn, rest: releases.let_go(turn, int(rest[0])),
    "rlonger": lambda turn, rest: releases.longer(turn, int(rest[0]), int(rest[1])),
    "visit": lambda turn, rest: visiting.begin(turn, FORMS, int(rest[0])),
    "later": lambda turn, rest: working.put_off(turn, int(rest[0])),
    "more": lambda turn, rest: working.more(turn, int(rest[0])),
    "call": lambda turn, rest: noting.call(turn, FORMS, int(rest[0])),
    "note": lambda turn, rest: noting.note(turn, FORMS, int(rest[0])),
    "reopen": lambda turn, rest: working.open_again(turn, int(rest[0])),
    "end": lambda turn, rest: alarms.finish(turn, int(rest[0]), rest[1]),
    "admit": lambda turn, rest: joining.decide_on(turn, int(rest[0]), admit=True),
    "refuse": lambda turn, rest: joining.decide_on(turn, int(rest[0]), admit=False),
    "invite": lambda turn, rest: inviting.choose_area(turn, rest[0], int(rest[1])),
    "invitein": lambda turn, rest: inviting.choose(turn, rest[0], int(rest[1])),
    "makeinvite": lambda turn, rest: inviting.make(turn, rest[0], int(rest[1]), many=rest[2] == "many"),
    "invites": lambda turn, _: inviting.show_open(turn),
    "uninvite": lambda turn, rest: inviting.take_back(turn, int(rest[0])),
    "other": lambda turn, rest: rejoining.again(turn, FORMS, rest[0], rejoining.OTHER),
    "move": lambda turn, rest: rejoining.again(turn, FORMS, rest[0], rejoining.MOVE),
    "notfor": lambda turn, rest: family.stop_speaking_for(turn, int(rest[0])),
    "ans": lambda turn, rest: questioning.press(turn, rest[0], int(rest[1])),
    "fam": lambda turn, rest: family.press(turn, FORMS, rest[0], int(rest[1])),
    "putout": lambda turn, rest: phones.put_out(turn, int(rest[0]), int(rest[1])),
    "notme": lambda turn, rest: phones.not_me(turn, int(rest[0])),
    "oldphone": lambda turn, rest: phones.retire(turn, int(rest[0])),
    "missed": lambda turn, rest: notices.bring_missed(turn, int(rest[0])),
    "readall": lambda turn, rest: notices.read_all(turn, int(rest[0])),
    "read": lambda turn, rest: notices.read(turn, int(rest[0])),
    "ask": lambda turn, rest: asking.begin(turn, FORMS, int(rest[0])),
    "askall": lambda turn, rest: asking.choose_of(turn, FORMS, int(rest[0])),
    "enq": lambda turn, rest: enquiries.press(turn, FORMS, *rest),
    "notice": lambda turn, rest: notices.choose(turn, FORMS, int(rest[0])),
    "directive": lambda turn, rest: directives.press(turn, FORMS, rest),
    "nact": lambda turn, rest: sent_notices.press(turn, FORMS, rest[0], int(rest[1])),
    **sent_notices.BUTTONS,
    **unread_notices.BUTTONS,
    "compose": lambda turn, rest: composing.press(turn, FORMS, *rest),
    "phrase": lambda turn, rest: phrases.press(turn, FORMS, *rest),
    "keep": lambda turn, rest: phrases.keep(turn, FORMS, int(rest[0])),
    "plan": lambda turn, rest: planned.press(turn, FORMS, *rest),
    "photos": lambda turn, rest: media.show_photos(turn, int(rest[0])),
    "export": lambda turn, rest: exporting.order(turn, rest[0], int(rest[1])),
    "group": grid_group.press,
    "temp": lambda turn, rest: pressing.press(turn, int(rest[0]), int(rest[1]), rest[2]),
    "fix": lambda turn, rest: pressing.fix(turn, int(rest[0])),
    "sym": lambda turn, rest: feeling.press(turn, int(rest[0]), rest[1]),
    "feel": lambda turn, rest: feeling.feel(turn, int(rest[0]), rest[1]),
    "form": lambda turn, rest: FORMS.press(turn, rest[0]),
    "way": lambda turn, rest: ways.press(turn, rest[0]),
    "lang": lambda turn, rest: status.set_language(turn, rest[0]),
    "duty": lambda turn, rest: duty.press(turn, *rest),
    "dutygap": lambda turn, rest: duty.see_to_gap(turn, int(rest[0])),
    "shift": lambda turn, rest: shift_ends.press(turn, *rest),
    "policy": lambda turn, _: policies.begin(turn, FORMS),
    "standin": lambda turn, rest: standing_in.press(turn, *rest),
}


def _excuse(turn: Turn, person: str, why: str, *days: str) -> None:
    if days:
        excuses.give(turn, int(person), why, days[0])
    else:
        excuses.ask(turn, int(person), why)


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
    if command:
        COMMANDS[command](turn, rest)
    elif (key := offered(turn.account.offered, text, numbers=not FORMS.wants_words(turn))) is not None:
        _press(turn, key)
    elif reporting.hear(turn, text) or visiting.hear(turn, text) or FORMS.hear(turn, text) or feeling.hear(turn, text):
        return
    elif turn.person is not None and (civil := CIVIL.get(text.rstrip("！!。.~"))):
        turn.reply(civil)
    else:
        unheard.words(turn)


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
