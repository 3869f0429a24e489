"""Requests to be let in, as the worker sees them."""

from channels.port import Message
from models import Area, JoinRequest, JoinStatus
from services.letters.paper import Paper, letter


def approval(paper: Paper) -> Message:
    """Who asks to be let in; the worker decides with one press, and everybody asked sees who did."""
    request = paper.session.get_one(JoinRequest, paper.subject)
    area = paper.session.get_one(Area, request.area_id)
    parts = [paper.line(f"approval-{request.kind.value}", name=request.name, room=request.room, area=area.name)]
    if request.status is not JoinStatus.WAITING:
        who = paper.names([request.decided_by]) if request.decided_by else ""
        return letter([*parts, paper.line(f"approval-{request.status.value}", who=who)])
    buttons = [
        [paper.button(f"admit:{request.id}", "button-admit"), paper.button(f"refuse:{request.id}", "button-refuse")]
    ]
    return letter(parts, buttons)
