"""What every way in has in common: how names and doors are read, invites used, people found and welcomed."""

import re

from handlers.form import Answers, Field
from handlers.turn import Turn
from models import Account, Area, Household, Invite, JoinKind, Person
from services.areas import address
from services.homes import household_of
from services.invites import InviteTrouble, use
from services.joining import ask_to_join, find_residents
from services.mailbox import say
from services.rounds import ask_late
from services.slots import latest_request, owed
from services.words import Value

WAITING = {JoinKind.SELF: "self-waiting", JoinKind.OTHER: "other-waiting", JoinKind.MOVE: "move-waiting"}
"""What whoever asks to be let in hears."""

_NAME = re.compile(r"[^\W\d_][\w·.'\- ]{0,39}")
GREETINGS = frozenset(
    {
        "你好",
        "您好",
        "你们好",
        "大家好",
        "在吗",
        "在不在",
        "谢谢",
        "好",
        "好的",
        "嗯",
        "hello",
        "hi",
        "hey",
        "ok",
        "thanks",
    }
)
"""What people say first in a chat; taken for a name it would stand in the register for good."""


def read_name(text: str, _: Answers) -> str | None:
    """A name; None for anything else."""
    name = text.strip()
    return name if _NAME.fullmatch(name) and name.casefold() not in GREETINGS else None


def read_room(text: str, _: Answers) -> str | None:
    """What stands on a door; None for anything else."""
    room = text.strip()
    says_something = any(letter.isalnum() for letter in room) and room.casefold() not in GREETINGS
    return room if 0 < len(room) <= 40 and says_something else None


def area_name(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    """The area of a form, for its questions."""
    return {"area": turn.session.get_one(Area, answers["area"]).name}


def greet_stranger(turn: Turn, *, ask_number: bool = True) -> None:
    """How somebody nobody knows gets in; an employer's member is told their account, which the roster wants to have."""
    if turn.member:
        turn.reply("start-unknown-member", {"member": turn.member})
    else:
        turn.reply("start-unknown", ask_number=ask_number)


def refuse(turn: Turn, trouble: InviteTrouble) -> None:
    """Says why an invite lets nobody in."""
    turn.reply(f"invite-{trouble.value.replace('_', '-')}")


def uses(turn: Turn, invite: Invite) -> bool:
    """Counts one use of the invite; who cannot use it any more is told why."""
    trouble = use(turn.session, turn.now, invite)
    if trouble:
        refuse(turn, trouble)
    return trouble is None


def find(turn: Turn, answers: Answers, kind: JoinKind) -> Person | None:
    """The one person whom the register knows by this name behind this door; else the area's staff are asked."""
    invite = turn.session.get_one(Invite, answers["invite"])
    if not uses(turn, invite):
        return None
    area = turn.session.get_one(Area, answers["area"])
    found = find_residents(turn.session, area, answers["name"], answers["room"])
    if len(found) == 1:
        return found[0]
    _ask_staff(turn, area, kind, answers["name"], answers["room"], answers.get("call", ""))
    return None


def _ask_staff(turn: Turn, area: Area, kind: JoinKind, name: str, room: str, call: str = "") -> None:
    asked = ask_to_join(turn.session, turn.now, turn.account, area, name, room, kind=kind, call=call)
    turn.reply(WAITING[kind] if asked else "join-nobody", {"area": area.name})


def welcome(turn: Turn, account: Account, person: Person, key: str = "joined-resident") -> None:
    """Says where they are registered, and asks at once for what the household still owes."""
    household = household_of(turn.session, person.id)
    where = address(turn.session, household) if household else ""
    say(turn.session, turn.now, account, key, {"name": person.name, "where": where})
    _ask_now(turn, account, household)


def _ask_now(turn: Turn, account: Account, household: Household | None) -> None:
    request = latest_request(turn.session, turn.now, household.id) if household else None
    if request and owed(turn.session, request.id):
        ask_late(turn.session, turn.now, request, account)
