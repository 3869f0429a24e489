"""What a message says, written when it leaves: in the reader's language, with the present state of its subject."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from channels.port import Menu, Message
from models import Account, AccountKind, OutboxMessage
from rules.errors import NotAllowedError
from services.accounts import language_of
from services.letters import (
    alarms,
    answers,
    brief,
    composing,
    declarations,
    delivery,
    digest,
    directives,
    doors,
    duty,
    enquiries,
    family,
    finding,
    funnel,
    gathered,
    groups,
    history,
    holding,
    inviting,
    joining,
    media,
    menus,
    notices,
    open_alarms,
    outlook,
    releases,
    replies,
    returning,
    rounds,
    sent_notices,
    shift_end,
    status,
    troubles,
    usual,
)
from services.letters.paper import Paper
from services.words import words_in

Writer = Callable[[Paper], Message | Menu | None]

WRITERS: dict[str, Writer] = {
    "say": replies.say,
    "prompt": rounds.prompt,
    "reminder": rounds.reminder,
    "told": usual.told,
    "recheck": rounds.recheck,
    "alert": alarms.alert,
    "digest": digest.digest,
    "gathered": gathered.gathered,
    "nobody_left": troubles.nobody_left,
    "history": history.history,
    "lapsing": holding.lapsing,
    "alert_dead": troubles.alert_dead,
    "alarm_mended": troubles.alarm_mended,
    "alarm_stuck": troubles.alarm_stuck,
    "open_alarms": open_alarms.open_alarms,
    "brief": brief.brief,
    "doors": doors.door_list,
    "trouble_over": delivery.trouble_over,
    "duty_again": duty.again,
    "stand_in": duty.stand_in,
    "stood_in": duty.stood_in,
    "shift_end": shift_end.shift_end,
    "shift_taken": shift_end.shift_taken,
    "shift_back": shift_end.shift_back,
    "outlook": outlook.outlook,
    "approval": joining.approval,
    "directive": directives.directive,
    "directive_again": directives.again,
    "directive_late": directives.past,
    "directive_list": directives.list_late,
    "directive_unheard": directives.unheard,
    "notice": notices.copy,
    "notices": notices.several,
    "notice_changed": notices.changed,
    "notice_reminder": notices.reminder,
    "enquiries": enquiries.listing,
    "enquiry_card": enquiries.card,
    "enquiry_answer": enquiries.answer,
    "enquiry_known": enquiries.known_answers,
    "funnel": funnel.funnel,
    "sent_notices": sent_notices.listing,
    "notice_card": sent_notices.card,
    "notice_below": sent_notices.below,
    "notice_who": sent_notices.who,
    "notice_doors": sent_notices.doors,
    "notice_look": composing.look,
    "notice_preview": composing.preview,
    "notice_confirm": composing.confirm,
    "notice_plan": composing.plan,
    "status": status.status,
    "answers": answers.answers,
    "question": answers.question,
    "family_changes": family.changes,
    "found": finding.found,
    "menu": menus.menu,
    "welcome_back": returning.welcome_back,
    "invited": inviting.invited,
    "photo": media.photo,
    "export": media.export,
    "declaration": declarations.declaration,
    "released": releases.released,
    "certificate": releases.picture,
    "releases": releases.to_decide,
    "release_card": releases.one_to_decide,
    "group_notice": groups.notice,
    "group_reminder": groups.reminder,
}
"""The writer of each template; None from a writer means that the message has become pointless."""

FOR_GROUPS = frozenset({"say", "group_notice", "group_reminder"})
"""What may be written to a group: nothing else, so that no letter about somebody ever gets there (ADR 21)."""


def write(session: Session, message: OutboxMessage, now: datetime, *, anew: bool = False) -> Message | Menu | None:
    """The message as it is to be sent at `now`, or None when there is no point in it any more.

    `anew`: the messenger cannot change what was sent, so that an edit is a message below the one that it was of.

    Raises `NotAllowedError` for a letter that is not one for groups, owed to a group.
    """
    account = session.get_one(Account, message.account_id)
    if account.kind is AccountKind.GROUP and message.template not in FOR_GROUPS:
        raise NotAllowedError(message.template)
    words = words_in(language_of(session, account))
    return WRITERS[message.template](
        Paper(session, message, account, words, now, anew and message.edits_id is not None)
    )
