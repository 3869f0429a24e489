"""What is said in a group: nobody is answered there but the head who binds it; a press is a receipt.

What people type there is neither read as a temperature nor repeated.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from channels.port import Address, Incoming, Moved, Press, Reachable, Text
from handlers import asking, grid_group
from handlers.forms import FORMS
from handlers.turn import Turn
from models import Account, AccountKind, Area, GridGroup, Notice, Person
from rules.errors import BadInviteError
from rules.times import local_date
from services.accounts import account_at
from services.bots import link_to
from services.group_loss import group_lost
from services.groups import group_at, group_chat, group_of, move, own_grids, read_code
from services.mailbox import Button, say
from services.notices import copy_for, read_in_group
from services.policy import default_policy

_START = re.compile(r"/start(?:@\w+)?\s+(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Heard:
    """One update of a group, and the account of whoever said it, when we know them."""

    session: Session
    now: datetime
    chat: Address
    content: object
    speaker: Account | None

    def alone(self) -> Turn | None:
        """A turn with the speaker alone, to be answered in private; None for a stranger."""
        if self.speaker is None or self.speaker.person_id is None:
            return None
        person = self.session.get_one(Person, self.speaker.person_id)
        return Turn(self.session, self.now, self.speaker, person, Text(""), self.now)


def hear(session: Session, now: datetime, incoming: Incoming) -> None:
    """Takes one update of a group; of a group that is not bound only a binding link counts."""
    speaker = account_at(session, incoming.speaker) if incoming.speaker else None
    one = Heard(session, now, incoming.sender, incoming.content, speaker)
    bound = group_at(session, incoming.sender)
    match incoming.content:
        case Press(key):
            _press(one, key)
        case Text(text) if found := _START.fullmatch(text):
            _bring(one, found[1])
        case Text(text) if bound and text.startswith("/"):
            _nudge(one, *bound)
        case Moved(chat) if bound:
            move(session, bound[0], chat)
        case Reachable(False) if bound:
            bound[0].reachable, bound[0].why_unreachable = False, "kicked"
            group_lost(session, now, bound[1])


def _press(one: Heard, key: str) -> None:
    """收到 or 有问题 under a notice that was posted in this group; whoever is no resident there is not counted."""
    verb, _, number = key.partition(":")
    notice = one.session.get(Notice, int(number)) if verb in {"gread", "gask"} and number.isdecimal() else None
    if notice is None or notice.group_id is None or one.speaker is None:
        return
    group = one.session.get_one(Account, notice.group_id)
    if Address(group.bot, group.address) != one.chat:
        return
    if verb == "gread":
        read_in_group(one.session, one.now, notice, one.speaker)
    else:
        _ask(one, notice, one.speaker)


def _ask(one: Heard, notice: Notice, speaker: Account) -> None:
    """A question is written to the bot alone: in the group nobody is answered."""
    turn, copy = one.alone(), copy_for(one.session, one.now, notice, speaker)
    if turn is not None and copy is not None:
        asking.begin(turn, FORMS, copy.id)


def _bring(one: Heard, code: str) -> None:
    """The bot was brought in by a binding link: bound when it is the head's own, else refused."""
    try:
        said = read_code(one.session, code)
    except BadInviteError:
        return
    turn = one.alone()
    heads_grids = own_grids(one.session, one.now, said.person_id)
    grid = next((area for area in heads_grids if area.id == said.area_id), None)
    if turn is None or one.speaker is None or one.speaker.person_id != said.person_id or grid is None:
        say(one.session, one.now, group_chat(one.session, one.now, one.chat), "group-refused")
    elif said.expires_at <= one.now:
        turn.reply("group-link-old")
    else:
        _bind(one, turn, grid)


def _bind(one: Heard, turn: Turn, grid: Area) -> None:
    here, there = group_at(one.session, one.chat), group_of(one.session, grid.id)
    account = group_chat(one.session, one.now, one.chat)
    if account.kind is not AccountKind.GROUP:
        return
    if here:
        key = "group-already" if here[1].area_id == grid.id else "group-taken"
        turn.reply(key, {"area": one.session.get_one(Area, here[1].area_id).name})
    elif there:
        yes: Button = (f"group:{grid.id}:swap:{account.id}", "group-button-swap")
        turn.reply("group-swap-ask", {"area": grid.name}, [[yes], [(f"group:{grid.id}", "group-button-keep")]])
    else:
        grid_group.welcome(turn, grid, account)


def _nudge(one: Heard, account: Account, bound: GridGroup) -> None:
    """Somebody used a command here: once a day everybody is asked to talk to the bot alone."""
    today = local_date(one.now, default_policy(one.session).timezone)
    if bound.nudged_on != today:
        bound.nudged_on = today
        say(one.session, one.now, account, "group-in-private", {"link": link_to(one.session, account.bot)})
