"""Joining: an invite, a number or a name, a door; the register knows them, or a worker decides."""

import re

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from models import Account, Area, Household, Invite, JoinKind, JoinRequest, Person
from rules.errors import NotAllowedError
from services.areas import address
from services.invites import InviteTrouble, look_up, use
from services.joining import ask_to_join, decide, find_residents, join_staff, link
from services.mailbox import Button, say
from services.menus import refresh_menus
from services.numbers import people_with_number
from services.phones import speak_for
from services.readings import household_of, latest_request, owed
from services.rounds import ask_late
from services.staff import may_touch
from services.words import Value

_NAME = re.compile(r"[^\W\d_][\w·.'\- ]{0,39}")


def _name(text: str, _: Answers) -> str | None:
    return text.strip() if _NAME.fullmatch(text.strip()) else None


def _room(text: str, _: Answers) -> str | None:
    room = text.strip()
    return room if 0 < len(room) <= 40 and any(letter.isalnum() for letter in room) else None


def _one_of(text: str, answers: Answers) -> int | None:
    people = {name: number for number, name in answers["people"]}
    said = text.strip()
    return int(said) if said.isdecimal() and int(said) in people.values() else people.get(said)


_ASK_NAME = Field("name", "join-ask-name", "join-wrong-name", _name, ask_number=True)

RESIDENT = Form("join-resident", (_ASK_NAME, Field("room", "join-ask-room", "join-wrong-room", _room)))
STAFF = Form("join-staff", (_ASK_NAME,))
WHO = Form("join-who", (Field("who", "join-ask-who", "join-wrong-who", _one_of),))
OTHER = Form(
    "join-other",
    (
        Field("name", "other-ask-name", "join-wrong-name", _name),
        Field("room", "other-ask-room", "join-wrong-room", _room),
        Field("call", "other-ask-call", "join-wrong-name", _name),
    ),
)
_WAITING = {JoinKind.SELF: "self-waiting", JoinKind.OTHER: "other-waiting", JoinKind.MOVE: "move-waiting"}
MOVE = Form("join-move", (Field("room", "move-ask-room", "join-wrong-room", _room),))


def start(turn: Turn, forms: Forms, code: str) -> None:
    """`/start` with an invite begins joining; without one it greets."""
    turn.account.stopped = False
    if not code:
        _greet(turn)
        return
    found = look_up(turn.session, turn.now, code)
    if isinstance(found, InviteTrouble):
        turn.reply(f"invite-{found.value.replace('_', '-')}")
        return
    known: dict[str, object] = {"invite": found.id, "area": found.area_id}
    if turn.person is None:
        forms.start(turn, STAFF.name if found.role.is_staff else RESIDENT.name, known)
    elif found.role.is_staff:
        _finish_staff(turn, {**known, "name": turn.person.name})
    else:
        _offer(turn, turn.person, found)


def _greet(turn: Turn) -> None:
    if turn.person is None:
        turn.reply("start-unknown", ask_number=True)
        return
    refresh_menus(turn.session, turn.now, turn.person.id)
    turn.reply("start-known", {"name": turn.person.name})


def _offer(turn: Turn, person: Person, invite: Invite) -> None:
    """Somebody who has joined uses an invite again: they have moved, or answer for somebody without a phone."""
    area = turn.session.get_one(Area, invite.area_id)
    home = household_of(turn.session, person.id)
    buttons: list[list[Button]] = [[(f"other:{invite.id}", "button-other")]]
    if home is None or not turn.session.get_one(Area, home.area_id).path.startswith(area.path):
        buttons.insert(0, [(f"move:{invite.id}", "button-move", {"area": area.name})])
    turn.reply("start-again", {"name": person.name, "where": address(turn.session, home) if home else ""}, buttons)


def again(turn: Turn, forms: Forms, number: int, form: Form) -> None:
    """The choice under that offer."""
    invite = turn.session.get(Invite, number)
    if invite is None or turn.person is None or invite.role.is_staff:
        turn.reply("not-yours")
    else:
        forms.start(turn, form.name, {"invite": invite.id, "area": invite.area_id})


def hand_over_number(turn: Turn, forms: Forms, number: str, *, own: bool) -> None:
    """Somebody hands over a phone number: their own says who they are."""
    if not own:
        turn.reply("number-not-own", ask_number=turn.person is None)
        return
    if turn.person is not None:
        turn.reply("start-known", {"name": turn.person.name})
        return
    known = forms.known(turn)
    invite = turn.session.get(Invite, known["invite"]) if "invite" in known else None
    found = people_with_number(turn.session, turn.now, number, invite)
    if not found:
        turn.reply("number-unknown" if invite else "number-nobody")
    elif len(found) == 1:
        forms.leave(turn)
        _join_as(turn, found[0], invite)
    else:
        people = [[person.id, person.name] for person in found]
        forms.start(turn, WHO.name, {"people": people, **({"invite": invite.id} if invite else {})})


def _join_as(turn: Turn, person: Person, invite: Invite | None) -> None:
    if invite is not None and not use(turn.session, invite):
        turn.reply("invite-used-up")
        return
    link(turn.session, turn.now, turn.account, person)
    turn.person = person
    if invite is not None and invite.role.is_staff:
        _welcome_staff(turn, person, invite)
    else:
        _welcome(turn, turn.account, person)


def _finish_who(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get(Invite, answers["invite"]) if "invite" in answers else None
    _join_as(turn, turn.session.get_one(Person, answers["who"]), invite)


def _people(_turn: Turn, _field: Field, answers: Answers) -> list[list[Button]]:
    return [[(f"form:pick={number}", "button-person", {"name": name})] for number, name in answers["people"]]


def _area_name(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    return {"area": turn.session.get_one(Area, answers["area"]).name}


def _finish_staff(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get_one(Invite, answers["invite"])
    if not use(turn.session, invite):
        turn.reply("invite-used-up")
        return
    _welcome_staff(turn, join_staff(turn.session, turn.now, turn.account, invite, answers["name"]), invite)


def _welcome_staff(turn: Turn, person: Person, invite: Invite) -> None:
    area = turn.session.get_one(Area, invite.area_id)
    turn.reply(f"joined-{invite.role.value.replace('_', '-')}", {"name": person.name, "area": area.name})


def _finish_resident(turn: Turn, answers: Answers) -> None:
    found = _find(turn, answers, JoinKind.SELF)
    if found:
        link(turn.session, turn.now, turn.account, found)
        turn.person = found
        _welcome(turn, turn.account, found)


def _finish_other(turn: Turn, answers: Answers) -> None:
    found = _find(turn, answers, JoinKind.OTHER)
    if found:
        speak_for(turn.session, turn.now, turn.account, found, answers["call"])
        _welcome(turn, turn.account, found, "other-joined")


def _find(turn: Turn, answers: Answers, kind: JoinKind) -> Person | None:
    """The one person whom the register knows by this name behind this door; else the area's staff are asked."""
    invite = turn.session.get_one(Invite, answers["invite"])
    if not use(turn.session, invite):
        turn.reply("invite-used-up")
        return None
    area = turn.session.get_one(Area, answers["area"])
    found = find_residents(turn.session, area, answers["name"], answers["room"])
    if len(found) == 1:
        return found[0]
    _ask_staff(turn, area, kind, answers["name"], answers["room"], answers.get("call", ""))
    return None


def _finish_move(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get_one(Invite, answers["invite"])
    if turn.person is None or not use(turn.session, invite):
        turn.reply("invite-used-up")
        return
    area = turn.session.get_one(Area, answers["area"])
    _ask_staff(turn, area, JoinKind.MOVE, turn.person.name, answers["room"])


def _ask_staff(turn: Turn, area: Area, kind: JoinKind, name: str, room: str, call: str = "") -> None:
    asked = ask_to_join(turn.session, turn.now, turn.account, area, name, room, kind=kind, call=call)
    turn.reply(_WAITING[kind] if asked else "join-nobody", {"area": area.name})


def _welcome(turn: Turn, account: Account, person: Person, key: str = "joined-resident") -> None:
    """Says where they are registered, and asks at once for what the household still owes."""
    household = household_of(turn.session, person.id)
    where = address(turn.session, household) if household else ""
    say(turn.session, turn.now, account, key, {"name": person.name, "where": where})
    _ask_now(turn, account, household)


def _ask_now(turn: Turn, account: Account, household: Household | None) -> None:
    request = latest_request(turn.session, turn.now, household.id) if household else None
    if request and owed(turn.session, request.id):
        ask_late(turn.session, turn.now, request, account)


def decide_on(turn: Turn, number: int, *, admit: bool) -> None:
    """The worker's press: let in, or not from here."""
    request = turn.session.get_one(JoinRequest, number)
    if turn.person is None or not may_touch(turn.session, turn.now, turn.person.id, request.area_id):
        turn.reply("not-yours")
        return
    try:
        person = decide(turn.session, turn.now, request, turn.person.id, admit=admit)
    except NotAllowedError:
        turn.reply("approval-decided", {"status": request.status.value})
        return
    account = turn.session.get_one(Account, request.account_id)
    if person is None:
        say(turn.session, turn.now, account, "join-refused")
    else:
        _welcome(turn, account, person, "other-joined" if request.kind is JoinKind.OTHER else "joined-resident")


FILLINGS = (
    Filling(RESIDENT, _finish_resident, _area_name),
    Filling(STAFF, _finish_staff, _area_name),
    Filling(WHO, _finish_who, picks=_people),
    Filling(OTHER, _finish_other, _area_name),
    Filling(MOVE, _finish_move, _area_name),
)
