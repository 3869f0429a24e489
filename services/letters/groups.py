"""What is posted in a grid's group: never a name, a door or a temperature of anybody."""

from dataclasses import replace
from datetime import date

from channels.port import Message
from models import Area, Notice, NoticeFile
from rules.notice_life import NoticeState
from rules.rounds import Half
from services.bots import link_to
from services.letters.notices import attached_file, body_lines
from services.letters.paper import Paper, letter
from services.receipts import receipts
from services.reminding import silent_households


def notice(paper: Paper) -> Message | None:
    """A notice of the grid's head, once for the whole group, with its receipt button and how many pressed it."""
    one = paper.session.get_one(Notice, paper.subject)
    area = paper.session.get_one(Area, one.area_id)
    parts = [paper.line("group-notice", area=area.name, time=paper.clock(one.created_at))]
    if one.state is NoticeState.WITHDRAWN:
        taken_back = paper.line("notice-withdrawn-file" if one.file_id else "notice-withdrawn")
        return letter([*parts, taken_back]) if paper.message.edits_id is not None else None
    if one.corrected_at:
        parts.append(paper.line("notice-corrected", time=paper.clock(one.corrected_at)))
    parts.append(body_lines(one.body))
    if read := receipts(paper.session, one.id).read:
        parts.append(paper.line("group-read", read=read))
    receipt = [paper.button(f"gread:{one.id}", "button-read")] if one.receipt else []
    said = letter(parts, [[*receipt, paper.button(f"gask:{one.id}", "button-ask")]])
    file = paper.session.get(NoticeFile, one.file_id) if one.file_id else None
    if file is None or not file.digest:
        return said
    kept = (file.id, file.digest, file.name, file.mime)
    return replace(said, attachment=attached_file(paper.session, paper.account.bot, *kept))


def reminder(paper: Paper) -> Message | None:
    """How many households of a grid are silent in a slot; pointless when none is."""
    slot = paper.message.args
    half = Half(slot["half"])
    silent = silent_households(paper.session, paper.subject, date.fromisoformat(slot["day"]), half)
    if not silent:
        return None
    until = paper.clock(max(request.miss_at for request in silent))
    link = link_to(paper.session, paper.account.bot)
    return letter([paper.line(f"group-reminder-{half.value}", households=len(silent), until=until, link=link)])
