"""What anybody may ask at any time: status, family, help, language, stop."""

from handlers.turn import Turn
from rules.mail import Priority
from services.dossier import members
from services.mailbox import Button, post
from services.menus import refresh_menus
from services.phones import calls_here, households_of, speak_no_more
from services.staff import appointments
from services.words import LANGUAGES


def status(turn: Turn) -> None:
    """`/status`: which day it is, the last values, what is owed, and a picture of everybody's curve."""
    if turn.person is None or not households_of(turn.session, turn.account):
        turn.reply("not-joined")
        return
    post(turn.session, turn.now, turn.account, Priority.REPLY, "status")


def family(turn: Turn) -> None:
    """`/family`: who is in the register behind the doors that this chat answers for."""
    homes = households_of(turn.session, turn.account)
    if not homes:
        turn.reply("not-joined")
        return
    for home in homes:
        living_there = members(turn.session, home.id)
        lines = [f"{at}. {person.name} {one.relation}".rstrip() for at, (one, person) in enumerate(living_there, 1)]
        turn.reply("family", {"lines": "\n".join(lines), "room": home.room})
    spoken_for = list(calls_here(turn.session, turn.account))
    if spoken_for:
        stop: list[list[Button]] = [
            [(f"notfor:{one}", "button-not-for", {"name": turn.names([one])})] for one in spoken_for
        ]
        turn.reply("spoken-for", {"names": turn.names(spoken_for)}, stop)


def stop_speaking_for(turn: Turn, person_id: int) -> None:
    """This chat is not asked for that person's household any more."""
    if not speak_no_more(turn.session, turn.now, turn.account, person_id):
        turn.reply("form-gone")
        return
    turn.reply("spoken-for-no-more", {"name": turn.names([person_id])})


def help_(turn: Turn) -> None:
    """`/help`: what can be said here, by whom."""
    if turn.person is None:
        turn.reply("help-stranger")
    elif appointments(turn.session, turn.now, turn.person.id):
        turn.reply("help-staff")
    else:
        turn.reply("help-resident")


def choose_language(turn: Turn) -> None:
    """`/language`: Chinese or English."""
    turn.reply("language-ask", buttons=[[(f"lang:{one}", f"language-{one.lower()}") for one in LANGUAGES]])


def set_language(turn: Turn, language: str) -> None:
    """The reader's language, for every chat of this person."""
    if language not in LANGUAGES:
        turn.reply("not-understood")
        return
    turn.account.language = language
    if turn.person:
        turn.person.language = language
    turn.session.flush()
    if turn.person:
        refresh_menus(turn.session, turn.now, turn.person.id)
    turn.reply("language-set")


def stop(turn: Turn) -> None:
    """`/stop`: no more notices; what the quarantine asks for goes on, and that is said."""
    turn.account.stopped = True
    turn.reply("stopped")
