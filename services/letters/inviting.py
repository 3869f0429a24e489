"""An invite as a link, and as a code to hold to the other's camera; or as the line to type, where no link leads in."""

from dataclasses import replace
from io import BytesIO

import segno

from channels.port import Attachment, Message
from models import Area, Invite
from services.bots import join_link, typed
from services.invites import code_of
from services.letters.paper import Paper, letter


def invited(paper: Paper) -> Message | None:
    """The way in, for whoever asked for it; pointless once it was withdrawn."""
    invite = paper.session.get_one(Invite, paper.subject)
    if invite.withdrawn_at is not None:
        return None
    area = paper.session.get_one(Area, invite.area_id)
    code = code_of(paper.session, invite)
    link = join_link(paper.session, area.id, code)
    role = paper.word(f"role-{invite.role.value.replace('_', '-')}")
    until = paper.clock(invite.expires_at)
    if not link:
        key = "invite-typed" if invite.max_uses else "invite-typed-by-many"
        return letter([paper.line(key, role=role, area=area.name, typed=typed(code), until=until)])
    key = "invite-made" if invite.max_uses else "invite-made-for-many"
    said = letter([paper.line(key, role=role, area=area.name, link=link, until=until)])
    picture = BytesIO()
    segno.make(link).save(picture, kind="png", scale=10, border=4)
    return replace(said, attachment=Attachment("", "invite.png", "image/png", content=picture.getvalue()))
