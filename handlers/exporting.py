"""`/export`: the register, or today's temperatures, as a workbook in the chat (导出)."""

from handlers.turn import Turn
from models import Area, ExportKind
from services.exports import ask
from services.mailbox import Button
from services.staff import appointments, may_touch

OFFERED = (ExportKind.REGISTER, ExportKind.TODAY)
"""What can be had of an area; a list for the doors is ordered where its notice is."""


def begin(turn: Turn) -> None:
    """Which area, and what of it."""
    held = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    areas = {area.id: area for _, area in held}
    if not areas:
        turn.reply("staff-only")
        return
    buttons: list[list[Button]] = [
        [(f"export:{kind.value}:{area.id}", f"button-export-{kind.value}", {"area": area.name})]
        for area in areas.values()
        for kind in OFFERED
    ]
    turn.reply("export-what", buttons=buttons)


def order(turn: Turn, word: str, area_id: int) -> None:
    """It is put down, and made after the commit."""
    kind = next((one for one in OFFERED if one.value == word), None)
    area = turn.session.get(Area, area_id)
    allowed = turn.person and area and may_touch(turn.session, turn.now, turn.person.id, area.id)
    if turn.person is None or area is None or kind is None or not allowed:
        turn.reply("not-yours")
        return
    ask(turn.session, turn.now, turn.account, turn.person.id, area, kind)
    turn.reply("export-making")
