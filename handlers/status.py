"""What anybody may ask at any time: status, help, language, stop."""

from handlers.readers import Reader, works_as
from handlers.turn import Turn
from rules.mail import Priority
from rules.roles import POLICY_ROLES, Role
from services.mailbox import post
from services.menus import refresh_menus
from services.phones import households_of
from services.staff import appointments, helping
from services.words import LANGUAGES


def status(turn: Turn) -> None:
    """`/status`: which day it is, the last values, what is owed, and a picture of everybody's curve."""
    if turn.person is None or not households_of(turn.session, turn.account):
        turn.reply("not-joined")
        return
    post(turn.session, turn.now, turn.account, Priority.REPLY, "status")


def help_(turn: Turn) -> None:
    """`/help`: what can be said here, by whom."""
    if turn.person is None:
        turn.reply("help-stranger")
    elif work := works_as(turn):
        if work is Reader.HEAD:
            roles = {one.role for one, _ in appointments(turn.session, turn.now, turn.person.id)}
            turn.reply("help-head", {"own": _own_help(turn, roles)})
        else:
            turn.reply("help-gate" if work is Reader.GATE else "help-staff")
    elif helping(turn.session, turn.now, turn.person.id) and not households_of(turn.session, turn.account):
        turn.reply("help-volunteer")
    else:
        turn.reply("help-resident")


def _own_help(turn: Turn, roles: set[Role]) -> str:
    """What some heads may and others may not, each on a line of its own."""
    keys = [
        *(["help-own-group"] if Role.GRID_HEAD in roles else []),
        *(["help-own-policy"] if roles & POLICY_ROLES else []),
    ]
    return "".join(f"\n{turn.words.text(key)}" for key in keys)


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
