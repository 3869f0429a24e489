"""What anybody may ask at any time: status, family, help, language, stop."""

from handlers.turn import Turn
from models import ReportRequest
from rules.quarantine import day_number
from rules.times import local_date
from services.dossier import latest_reading, members
from services.menus import refresh_menus
from services.policy import default_policy
from services.quarantines import active_on
from services.readings import household_of, latest_request, owed
from services.staff import appointments
from services.words import LANGUAGES, Value


def status(turn: Turn) -> None:
    """`/status`: days left, the last values, what is owed."""
    household = household_of(turn.session, turn.person.id) if turn.person else None
    if turn.person is None or household is None:
        turn.reply("not-joined")
        return
    today = local_date(turn.now, default_policy(turn.session).timezone)
    running = {one.person_id: one for one in active_on(turn.session, today, household.id)}
    if not running:
        turn.reply("status-free", {"name": turn.person.name})
        return
    words = turn.words
    lines: list[str] = []
    for _, person in members(turn.session, household.id):
        if person.id not in running:
            continue
        one, last = running[person.id], latest_reading(turn.session, person.id)
        args: dict[str, Value] = {
            "name": person.name,
            "day": day_number(today, one.first_day),
            "days": day_number(one.last_day, one.first_day),
            "celsius": f"{last.celsius:.1f}" if last else "–",
        }
        lines.append(words.text("status-line", args))
    request = latest_request(turn.session, turn.now, household.id)
    turn.reply("status", {"lines": "\n".join(lines), "owed": _owed_words(turn, request)})


def _owed_words(turn: Turn, request: ReportRequest | None) -> str:
    words = turn.words
    left = owed(turn.session, request.id) if request else []
    if not left:
        return words.text("status-nothing-owed")
    return words.text("status-owed", {"count": len(left)})


def family(turn: Turn) -> None:
    """`/family`: who is in the register behind this door."""
    household = household_of(turn.session, turn.person.id) if turn.person else None
    if household is None:
        turn.reply("not-joined")
        return
    living_there = members(turn.session, household.id)
    lines = [f"{at}. {person.name} {one.relation}".rstrip() for at, (one, person) in enumerate(living_there, 1)]
    turn.reply("family", {"lines": "\n".join(lines), "room": household.room})


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
