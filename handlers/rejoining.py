"""Somebody who has joined uses an invite again: they have moved, or answer for somebody without a phone."""

from handlers.admission import WAITING, area_name, find, read_name, read_room, refuse, uses, welcome
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from models import Area, Invite, JoinKind, Person
from services.areas import address
from services.dossier import members
from services.homes import household_of
from services.invites import InviteTrouble, code_of, look_up
from services.joining import ask_to_join
from services.mailbox import Button
from services.phones import speak_for


def _me_or_all(text: str, _: Answers) -> str | None:
    return text if text in {"me", "all"} else None


OTHER = Form(
    "join-other",
    (
        Field("name", "other-ask-name", "join-wrong-name", read_name),
        Field("room", "other-ask-room", "join-wrong-room", read_room),
        Field("call", "other-ask-call", "join-wrong-name", read_name),
    ),
)
MOVE = Form(
    "join-move",
    (
        Field(
            "who",
            "move-ask-who",
            "move-wrong-who",
            _me_or_all,
            choices=(("me", "move-only-me"), ("all", "move-all")),
            when=lambda given: given["family"],
        ),
        Field("room", "move-ask-room", "join-wrong-room", read_room),
    ),
)


def offer(turn: Turn, person: Person, invite: Invite) -> None:
    """What may be meant by it, as buttons."""
    area = turn.session.get_one(Area, invite.area_id)
    home = household_of(turn.session, person.id)
    # The whole code, not its number: a key that was never shown here must not open an area.
    code = code_of(turn.session, invite)
    buttons: list[list[Button]] = [[(f"other:{code}", "button-other")]]
    if home is None or not turn.session.get_one(Area, home.area_id).path.startswith(area.path):
        label = "button-move" if home else "button-live-here"
        buttons.insert(0, [(f"move:{code}", label, {"area": area.name})])
    if home is None:
        turn.reply("start-again-nowhere", {"name": person.name}, buttons)
    else:
        turn.reply("start-again", {"name": person.name, "where": address(turn.session, home)}, buttons)


def again(turn: Turn, forms: Forms, code: str, form: Form) -> None:
    """The choice under that offer; the invite is looked at anew."""
    found = look_up(turn.session, turn.now, code)
    if isinstance(found, InviteTrouble):
        refuse(turn, found)
    elif turn.person is None or found.role.is_staff:
        turn.reply("not-yours")
    else:
        home = household_of(turn.session, turn.person.id)
        family = len(members(turn.session, home.id)) > 1 if home else False
        forms.start(turn, form.name, {"invite": found.id, "area": found.area_id, "family": family})


def _finish_other(turn: Turn, answers: Answers) -> None:
    found = find(turn, answers, JoinKind.OTHER)
    if found:
        speak_for(turn.session, turn.now, turn.account, found, answers["call"])
        welcome(turn, turn.account, found, "other-joined")


def _finish_move(turn: Turn, answers: Answers) -> None:
    invite = turn.session.get_one(Invite, answers["invite"])
    if turn.person is None or not uses(turn, invite):
        return
    area = turn.session.get_one(Area, answers["area"])
    asked = ask_to_join(
        turn.session,
        turn.now,
        turn.account,
        area,
        turn.person.name,
        answers["room"],
        kind=JoinKind.MOVE,
        mover=turn.person,
        whole_household=answers.get("who") == "all",
    )
    turn.reply(WAITING[JoinKind.MOVE] if asked else "join-nobody", {"area": area.name})


FILLINGS = (Filling(OTHER, _finish_other, area_name), Filling(MOVE, _finish_move, area_name))
