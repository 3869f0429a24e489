"""The gate's own check in the chat: what is behind the code of a certificate (核验)."""

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from services.audit import record
from services.certificates import check, code_in
from services.dates import day_in
from services.staff import appointments, gates

CHECK = Form("check", (Field("code", "check-ask", "check-wrong", lambda text, _: code_in(text) or None),))


def begin(turn: Turn, forms: Forms, code: str) -> None:
    """`/check CODE`: valid or not, a masked name, the area, the days; nothing else."""
    if turn.person is None or not _may(turn, turn.person.id):
        turn.reply("staff-only")
    elif code:
        _tell(turn, code_in(code) or code)
    else:
        forms.start(turn, CHECK.name, {})


def _may(turn: Turn, person_id: int) -> bool:
    return bool(appointments(turn.session, turn.now, person_id) or gates(turn.session, turn.now, person_id))


def _tell(turn: Turn, code: str) -> None:
    found = check(turn.session, turn.now, code)
    one = found.certificate
    subject = f"certificate:{code[:8]}"
    record(turn.session, turn.now, actor_id=turn.person.id if turn.person else None, act="check", subject=subject)
    if one is None:
        turn.reply("check-unknown")
        return
    turn.reply(
        f"check-{found.standing.value.replace('_', '-')}",
        {
            "name": one.masked,
            "area": one.area,
            "first": day_in(one.first_day, turn.words.language),
            "last": day_in(one.last_day, turn.words.language),
            "day": day_in(one.valid_from, turn.words.language),
        },
    )


def _finish(turn: Turn, answers: Answers) -> None:
    _tell(turn, answers["code"])


FILLINGS = (Filling(CHECK, _finish),)
