"""Where a notice goes: down and up the tree by buttons, or by a name that is typed; never beyond one's own areas."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from handlers.turn import Turn
from models import Area
from rules.roles import NOTICE_ROLES
from services.areas import within
from services.forms import keep
from services.mailbox import Button, turning
from services.notice_rights import may_notify
from services.staff import paths

PAGE = 8
"""Areas on one screen of buttons."""


def may_send_to(turn: Turn, area_id: int) -> bool:
    """Whether the reader may send a notice to an area (invariant 11)."""
    return turn.person is not None and may_notify(turn.session, turn.now, turn.person.id, area_id)


def ask_place(turn: Turn, answers: dict[str, Any]) -> None:
    """The area that is looked at, what lies below it, and the way up; or what was found under a name."""
    keep(turn.session, turn.now, turn.account, "notice", "place", answers)
    found = [turn.session.get_one(Area, one) for one in answers.get("found", [])]
    if found:
        turn.reply("place-several", buttons=[*map(_named, _beside_parents(turn, found)), _BACK])
        return
    area = turn.session.get(Area, answers.get("looks_at") or answers["area"])
    if area is None or not may_send_to(turn, area.id):
        area = turn.session.get_one(Area, answers["area"])
    here: list[Button] = [(f"compose:to:{area.id}", "place-here", {"name": area.name})]
    buttons = [here, *_below(turn, area, answers)]
    up = turn.session.get(Area, area.parent_id) if area.parent_id else None
    if up is not None and may_send_to(turn, up.id):
        buttons.append([(f"compose:where:{up.id}", "place-up", {"name": up.name})])
    turn.reply("place-ask", {"area": area.name}, [*buttons, _BACK])


def found_under(turn: Turn, name: str) -> list[int]:
    """The areas of one's own with this name, else those in whose names it occurs; highest first."""
    mine = _own(turn)
    for test in (func.lower(Area.name) == name.lower(), Area.name.icontains(name, autoescape=True)):
        rows = turn.session.scalars(select(Area.id).where(within(mine), test).order_by(Area.path).limit(PAGE + 1)).all()
        if rows:
            return list(rows)
    return []


def _below(turn: Turn, area: Area, answers: dict[str, Any]) -> list[list[Button]]:
    children = turn.session.scalars(select(Area).where(Area.parent_id == area.id).order_by(Area.path)).all()
    parents = set(turn.session.scalars(select(Area.parent_id).where(Area.parent_id.in_([one.id for one in children]))))
    start = int(answers.get("page", 0)) * PAGE
    rows: list[list[Button]] = [
        # What has nothing below it is meant at once.
        [(f"compose:{'where' if one.id in parents else 'to'}:{one.id}", "place-below", {"name": one.name})]
        for one in children[start : start + PAGE]
    ]
    more = start + PAGE < len(children)
    pages = turning(lambda at: f"compose:where:{area.id}:{at // PAGE}", start, PAGE, more=more)
    return [*rows, pages] if pages else rows


def _beside_parents(turn: Turn, found: Sequence[Area]) -> list[tuple[int, str, str]]:
    parents = {one.parent_id for one in found if one.parent_id}
    names = {one.id: one.name for one in turn.session.scalars(select(Area).where(Area.id.in_(parents)))}
    return [(one.id, one.name, names.get(one.parent_id or 0, "")) for one in found]


def _named(one: tuple[int, str, str]) -> list[Button]:
    number, name, above = one
    return [(f"compose:to:{number}", "place-found", {"name": name, "above": above})]


def _own(turn: Turn) -> list[str]:
    return paths(turn.session, turn.now, turn.person.id, NOTICE_ROLES) if turn.person else []


_BACK: list[Button] = [("compose:back", "compose-back")]
