"""Joining: an invite, a name, a door; the register knows them, or a worker decides."""

import re

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from models import Account, Area, Invite, JoinRequest, Person
from rules.errors import NotAllowedError
from services.areas import address
from services.invites import InviteTrouble, look_up, use
from services.joining import ask_to_join, decide, find_residents, join_staff, link
from services.mailbox import say
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


_ASK_NAME = Field("name", "join-ask-name", "join-wrong-name", _name)

RESIDENT = Form("join-resident", (_ASK_NAME, Field("room", "join-ask-room", "join-wrong-room", _room)))
STAFF = Form("join-staff", (_ASK_NAME,))


def start(turn: Turn, forms: Forms, code: str) -> None:
    """`/start` with an invite begins joining; without one it greets."""
    turn.account.stopped = False
    if not code:
        turn.reply("start-known" if turn.person else "start-unknown", _greeting(turn))
        return
    found = look_up(turn.session, turn.now, code)
    if isinstance(found, InviteTrouble):
        turn.reply(f"invite-{found.value.replace('_', '-')}")
        return
    if turn.person and not found.role.is_staff:
        turn.reply("start-known", _greeting(turn))
        return
    known: dict[str, object] = {"invite": found.id, "area": found.area_id}
    if turn.person:
        _finish_staff(turn, {**known, "name": turn.person.name})
        return
    forms.start(turn, STAFF.name if found.role.is_staff else RESIDENT.name, known)


def _greeting(turn: Turn) -> dict[str, Value]:
    return {"name": turn.person.name} if turn.person else {}


def _area_name(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    return {"area": turn.session.get_one(Area, answers["area"]).name}


def _finish_staff(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get_one(Invite, answers["invite"])
    if not use(turn.session, invite):
        turn.reply("invite-used-up")
        return
    person = join_staff(turn.session, turn.now, turn.account, invite, answers["name"])
    area = turn.session.get_one(Area, invite.area_id)
    turn.reply(f"joined-{invite.role.value.replace('_', '-')}", {"name": person.name, "area": area.name})


def _finish_resident(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get_one(Invite, answers["invite"])
    area = turn.session.get_one(Area, answers["area"])
    if not use(turn.session, invite):
        turn.reply("invite-used-up")
        return
    found = find_residents(turn.session, area, answers["name"], answers["room"])
    if len(found) == 1:
        link(turn.session, turn.now, turn.account, found[0])
        turn.person = found[0]
        _welcome(turn, turn.account, found[0])
        return
    asked = ask_to_join(turn.session, turn.now, turn.account, area, answers["name"], answers["room"])
    turn.reply("join-waiting" if asked else "join-nobody", {"area": area.name})


def _welcome(turn: Turn, account: Account, person: Person) -> None:
    household = household_of(turn.session, person.id)
    where = address(turn.session, household) if household else ""
    say(turn.session, turn.now, account, "joined-resident", {"name": person.name, "where": where})
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
    if person:
        _welcome(turn, account, person)
    else:
        say(turn.session, turn.now, account, "join-refused")


FILLINGS = (
    Filling(RESIDENT, _finish_resident, _area_name),
    Filling(STAFF, _finish_staff, _area_name),
)
