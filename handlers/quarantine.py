"""A quarantine in the hands of staff: looked up by name, begun, made longer, ended before its time (隔离)."""

from handlers import excuses, releases
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.own_area import at_their_door
from handlers.turn import Turn
from models import Household
from rules.doors import Found
from rules.quarantine import day_number
from rules.roles import Role
from rules.times import local_date
from services.areas import address
from services.audit import record, record_quarantine
from services.certificates import newest_of, send
from services.mailbox import Button
from services.orders import LONGER, ask_again, begin_today, end_early, make_longer, named, running
from services.policy import policy_at
from services.releases import revoke
from services.staff import may_touch, paths

ENDS = frozenset({Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY})
"""Who may end a quarantine before its time."""
_SHOWN = 8

WHOSE = Form("quarantine", (Field("name", "quarantine-ask", "quarantine-ask", lambda text, _: text.strip() or None),))


def begin(turn: Turn, forms: Forms, name: str) -> None:
    """`/quarantine 王芳`: what there is about somebody of one's own areas, and what can be done."""
    if turn.person is None or not paths(turn.session, turn.now, turn.person.id):
        turn.reply("staff-only")
    elif name:
        _find(turn, name)
    else:
        forms.start(turn, WHOSE.name, {})


def _find(turn: Turn, name: str) -> None:
    within = paths(turn.session, turn.now, turn.person.id) if turn.person else []
    found = named(turn.session, within, name)
    if len(found) == 1:
        show(turn, found[0][0].id)
    elif found:
        buttons: list[list[Button]] = [
            [(f"qshow:{person.id}", "button-person", {"name": f"{name} · {address(turn.session, home)}"})]
            for person, home in found[:_SHOWN]
        ]
        turn.reply("quarantine-which", {"name": name, "count": len(found)}, buttons)
    else:
        turn.reply("quarantine-nobody", {"name": name})


def show(turn: Turn, person_id: int) -> None:
    """One person's quarantine, with what can be done about it; the look is logged."""
    found = at_their_door(turn, person_id)
    if found is None or turn.person is None:
        return
    person, home = found
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=f"person:{person.id}")
    where, one = address(turn.session, home), running(turn.session, person.id)
    if one is None:
        days = policy_at(turn.session, home.grid_id).quarantine_days
        start: list[list[Button]] = [[(f"qbegin:{person.id}", "button-quarantine-begin", {"days": days})]]
        start += _certificate(turn, person.id, home)
        turn.reply("quarantine-none", {"name": person.name, "where": where}, start)
        return
    if one.end_step >= 0 and one.released_at is None:
        releases.show(turn, one.id)
        return
    today = local_date(turn.now, policy_at(turn.session, home.grid_id).timezone)
    buttons: list[list[Button]] = [
        [(f"qlonger:{person.id}:{days}", "button-quarantine-longer", {"days": days}) for days in LONGER]
    ]
    buttons.append([(f"qask:{person.id}", "button-measure-again")])
    buttons += excuses.reasons(turn, one)
    buttons.append([(f"qmove:{person.id}", "button-transfer")])
    buttons.append([(f"breach:{home.id}", "button-breach")])
    buttons += _certificate(turn, person.id, home) if one.released_at is not None else []
    if _may_end(turn, home):
        in_hospital = one.excused_why == Found.IN_HOSPITAL
        label = "button-quarantine-end-in-hospital" if in_hospital else "button-quarantine-end"
        buttons.append([(f"qend:{person.id}", label)])
    turn.reply(
        "quarantine-shown",
        {
            "name": person.name,
            "where": where,
            "day": day_number(today, one.first_day),
            "days": day_number(one.last_day, one.first_day),
            "last": one.last_day.isoformat(),
            "excused": f"\n{line}" if (line := excuses.line(turn, one)) else "",
        },
        buttons,
    )


def _certificate(turn: Turn, person_id: int, home: Household) -> list[list[Button]]:
    """What can be done about the certificate that somebody was given last."""
    if newest_of(turn.session, person_id) is None:
        return []
    rows: list[list[Button]] = [[(f"qagain:{person_id}", "button-certificate-again")]]
    return [*rows, [(f"qrevoke:{person_id}", "button-certificate-revoke")]] if _may_end(turn, home) else rows


def send_again(turn: Turn, person_id: int) -> None:
    """补发证明: to the phones of today."""
    found, row = at_their_door(turn, person_id), newest_of(turn.session, person_id)
    if found is None:
        return
    if row is None:
        turn.reply("form-gone")
        return
    sent = send(turn.session, turn.now, row, turn.now)
    turn.reply("certificate-sent-again" if sent else "measure-again-nobody", {"name": found[0].name})


def revoke_certificate(turn: Turn, person_id: int) -> None:
    """作废证明: by the community or above; a gate sees it at once."""
    found, row = at_their_door(turn, person_id), newest_of(turn.session, person_id)
    if found is None or turn.person is None:
        return
    if row is None or not _may_end(turn, found[1]):
        turn.reply("form-gone" if row is None else "not-yours")
        return
    revoke(turn.session, turn.now, [row.quarantine_id])
    record_quarantine(turn.session, turn.now, person_id, turn.person.id, "revoked")
    turn.reply("certificate-revoked", {"name": found[0].name})


def _may_end(turn: Turn, home: Household) -> bool:
    mine = paths(turn.session, turn.now, turn.person.id, ENDS) if turn.person else []
    return bool(mine) and turn.person is not None and may_touch(turn.session, turn.now, turn.person.id, home.grid_id)


def ask(turn: Turn, person_id: int) -> None:
    """请再量一次: now, with a photo of the thermometer."""
    found = at_their_door(turn, person_id)
    if found is None or turn.person is None:
        return
    done = ask_again(turn.session, turn.now, found[0], turn.person)
    turn.reply("measure-again-asked" if done else "measure-again-nobody", {"name": found[0].name})


def start(turn: Turn, person_id: int) -> None:
    """从今天起: as many days as the area orders."""
    found = at_their_door(turn, person_id)
    if found is None or turn.person is None:
        return
    if running(turn.session, person_id) is None:
        begin_today(turn.session, turn.now, *found, turn.person.id)
    show(turn, person_id)


def longer(turn: Turn, person_id: int, days: int) -> None:
    """延长."""
    found, one = at_their_door(turn, person_id), running(turn.session, person_id)
    if found is None or turn.person is None:
        return
    if one is None or days not in LONGER:
        turn.reply("form-gone")
        return
    make_longer(turn.session, turn.now, one, days, turn.person.id)
    show(turn, person_id)


def end(turn: Turn, person_id: int) -> None:
    """提前解除: by the community or above."""
    found, one = at_their_door(turn, person_id), running(turn.session, person_id)
    if found is None or turn.person is None:
        return
    if not _may_end(turn, found[1]):
        turn.reply("not-yours")
    elif one is None:
        turn.reply("form-gone")
    else:
        end_early(turn.session, turn.now, one, turn.person.id)
        turn.reply("quarantine-ended-done", {"name": found[0].name})


def _finish(turn: Turn, answers: Answers) -> None:
    _find(turn, answers["name"])


FILLINGS = (Filling(WHOSE, _finish),)
