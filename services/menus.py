"""The commands beside the text field: a few for a stranger, a resident's, and those of whoever works here."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from channels.port import Introduction, Menu
from models import Account, Resident
from rules.mail import Priority
from rules.roles import NO_STAFF, NOTICE_ROLES, Role
from services.accounts import language_of
from services.mailbox import post
from services.staff import appointments, gates
from services.words import text_for, words_in

LANGUAGES = {"": "zh-CN", "en": "en"}
"""A messenger's two letters -> ours; "" is for everybody else, in our first language."""

STRANGER = ("start", "help", "language")
RESIDENT = ("report", "status", "family", "ask", "breach", "help", "language", "stop")
STAFF = ("today", "alerts", "doors", "find", "breach", "duty", "invite", "export")
HEAD = ("brief", "notice", "sent", "directive", "group")
GATE = ("breach", "check")


def commands_for(roles: Iterable[Role], *, resident: bool) -> tuple[str, ...]:
    """The commands that somebody with these roles can use, the work's first; nobody's are a stranger's."""
    every = set(roles)
    held = every - NO_STAFF
    names: list[str] = []
    if held:
        names += [*STAFF, *(HEAD if held & NOTICE_ROLES else ())]
    if Role.GATE in every:
        names += [one for one in GATE if one not in names]
    if resident:
        names += [one for one in RESIDENT if one not in names]
    names += [one for one in (("help", "language") if names else STRANGER) if one not in names]
    return tuple(names)


def menu_in(language: str, commands: Iterable[str]) -> Menu:
    """The commands with what each does, in the reader's language."""
    return Menu(tuple((name, text_for(language, f"command-{name}")) for name in commands))


def introductions() -> dict[str, Introduction]:
    """By two-letter language: the menu and the descriptions for whoever has not joined."""
    return {
        code: Introduction(
            menu_in(language, STRANGER), text_for(language, "bot-description"), text_for(language, "bot-about")
        )
        for code, language in LANGUAGES.items()
    }


def commands_of(session: Session, now: datetime, person_id: int | None) -> tuple[str, ...]:
    """What a person can use now; None: somebody who has not joined."""
    if person_id is None:
        return STRANGER
    roles = [one.role for one, _ in appointments(session, now, person_id)]
    roles += [Role.GATE] * bool(gates(session, now, person_id))
    lives_somewhere = session.scalar(select(exists().where(Resident.person_id == person_id)))
    return commands_for(roles, resident=bool(lives_somewhere))


def refresh_menus(session: Session, now: datetime, person_id: int) -> int:
    """Owes a menu to each chat of a person whose shown menu is another than theirs; how many.

    Called wherever somebody's roles, home or language change.
    """
    owed = 0
    for account in session.scalars(select(Account).where(Account.person_id == person_id, Account.reachable)):
        language = words_in(language_of(session, account)).language
        wanted = " ".join((language, *commands_of(session, now, person_id)))
        if account.menu != wanted:
            account.menu = wanted
            post(session, now, account, Priority.NOTICE, "menu", about=f"account:{account.id}")
            owed += 1
    return owed
