"""Joining: an invite, a number or a name, a door; the register knows them, or a worker decides."""

from channels.port import Contact, Text
from handlers import rejoining
from handlers.admission import area_name, find, greet_stranger, read_name, read_room, refuse, uses, welcome
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from models import Account, Area, Invite, JoinKind, JoinRequest, Person
from rules.errors import NotAllowedError
from rules.roles import Role
from services.areas import numbers
from services.homes import household_of
from services.invites import InviteTrouble, look_up
from services.joining import decide, join_staff, link
from services.mailbox import Button, say
from services.menus import refresh_menus
from services.numbers import member_named, people_with_number
from services.staff import appointments, gates, helping, may_touch


def _one_of(text: str, answers: Answers) -> int | None:
    people = {name: number for number, name in answers["people"]}
    said = text.strip()
    return int(said) if said.isdecimal() and int(said) in people.values() else people.get(said)


_ASK_NAME = Field("name", "join-ask-name", "join-wrong-name", read_name, ask_number=True)

RESIDENT = Form("join-resident", (_ASK_NAME, Field("room", "join-ask-room", "join-wrong-room", read_room)))
STAFF = Form("join-staff", (_ASK_NAME,))
WHO = Form("join-who", (Field("who", "join-ask-who", "join-wrong-who", _one_of),))


def start(turn: Turn, forms: Forms, code: str) -> None:
    """`/start` with an invite begins joining; without one it greets."""
    turn.account.stopped = False
    if not code:
        _greet(turn)
        return
    found = look_up(turn.session, turn.now, code)
    if isinstance(found, InviteTrouble):
        refuse(turn, found)
        return
    known: dict[str, object] = {"invite": found.id, "area": found.area_id}
    if turn.person is None:
        forms.start(turn, STAFF.name if found.role.is_staff else RESIDENT.name, known)
    elif found.role.is_staff:
        _finish_staff(turn, {**known, "name": turn.person.name})
    else:
        rejoining.offer(turn, turn.person, found)


def _greet(turn: Turn) -> None:
    if turn.person is None:
        greet_stranger(turn)
        return
    refresh_menus(turn.session, turn.now, turn.person.id)
    turn.reply("start-known", {"name": turn.person.name})


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


def recognise(turn: Turn, forms: Forms) -> bool:
    """Whoever writes as a member of the house's own employer is known by the roster; whether that answers them.

    What they said beside a greeting is answered as well: an invite, a word.
    """
    person = member_named(turn.session, turn.now, turn.member)
    if person is None:
        return False
    forms.leave(turn)
    _join_as(turn, person, None)
    return turn.content == Text("/start") or isinstance(turn.content, Contact)


def _join_as(turn: Turn, person: Person, invite: Invite | None) -> None:
    if invite is not None and not uses(turn, invite):
        return
    turn.person = person
    if invite is not None and invite.role.is_staff:
        join_staff(turn.session, turn.now, turn.account, invite, person.name, person)
        _welcome_staff(turn, person, invite.role, invite.area_id)
        return
    link(turn.session, turn.now, turn.account, person)
    held = appointments(turn.session, turn.now, person.id)
    for one, area in [*held, *helping(turn.session, turn.now, person.id)]:
        _welcome_staff(turn, person, one.role, area.id)
    for path in gates(turn.session, turn.now, person.id):
        _welcome_staff(turn, person, Role.GATE, numbers(path)[-1])
    if household_of(turn.session, person.id):
        welcome(turn, turn.account, person)


def _finish_who(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get(Invite, answers["invite"]) if "invite" in answers else None
    _join_as(turn, turn.session.get_one(Person, answers["who"]), invite)


def _people(_turn: Turn, _field: Field, answers: Answers) -> list[list[Button]]:
    return [[(f"form:pick={number}", "button-person", {"name": name})] for number, name in answers["people"]]


def _finish_staff(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get_one(Invite, answers["invite"])
    if not uses(turn, invite):
        return
    person = join_staff(turn.session, turn.now, turn.account, invite, answers["name"], turn.person)
    _welcome_staff(turn, person, invite.role, invite.area_id)


def _welcome_staff(turn: Turn, person: Person, role: Role, area_id: int) -> None:
    area = turn.session.get_one(Area, area_id)
    turn.reply(f"joined-{role.value.replace('_', '-')}", {"name": person.name, "area": area.name})


def _finish_resident(turn: Turn, answers: Answers) -> None:
    found = find(turn, answers, JoinKind.SELF)
    if found:
        link(turn.session, turn.now, turn.account, found)
        turn.person = found
        welcome(turn, turn.account, found)


def decide_on(turn: Turn, number: int, *, admit: bool) -> None:
    """The worker's press: let in, or not from here."""
    request = turn.session.get_one(JoinRequest, number)
    if turn.person is None or not may_touch(turn.session, turn.now, turn.person.id, request.area_id):
        turn.reply("not-yours")
        return
    account = turn.session.get_one(Account, request.account_id)
    if request.kind is not JoinKind.SELF and account.person_id is None:
        turn.reply("phone-gone")  # whoever asked was put out meanwhile
        return
    try:
        person = decide(turn.session, turn.now, request, turn.person.id, admit=admit)
    except NotAllowedError:
        turn.reply("approval-decided", {"status": request.status.value})
        return
    if person is None:
        say(turn.session, turn.now, account, "join-refused")
    else:
        welcome(turn, account, person, "other-joined" if request.kind is JoinKind.OTHER else "joined-resident")


FILLINGS = (
    Filling(RESIDENT, _finish_resident, area_name),
    Filling(STAFF, _finish_staff, area_name),
    Filling(WHO, _finish_who, picks=_people),
)
