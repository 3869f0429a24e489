"""Notices that have not left: what is planned, called off; and what a second person says to one."""

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, words_of
from handlers.turn import Turn
from models import Area, NoticePlan
from rules.first_words import first_words
from services.letters.composing import weekdays
from services.letters.paper import clock
from services.mailbox import Button
from services.notice_plans import agree, call_off, open_plans, refuse
from services.notice_rights import may_agree, may_notify
from services.policy import default_policy
from services.words import Value

MOST = 8
"""Plans in one list: the next."""
_FIRST_WORDS = 20
LONGEST_REFUSAL = 200
"""Characters."""


REFUSAL = Form("refusal", (Field("why", "plan-ask-why", "plan-wrong-why", words_of(LONGEST_REFUSAL)),))


def press(turn: Turn, forms: Forms, what: str, *rest: str) -> None:
    """The list; yes, no, or called off, of one plan."""
    number = int(rest[0]) if rest and rest[0].isdecimal() else 0
    plan = turn.session.get(NoticePlan, number)
    if what == "list":
        _show(turn)
    elif plan is None or turn.person is None:
        turn.reply("not-yours")
    elif what == "off":
        _off(turn, plan, turn.person.id)
    elif not may_agree(turn.session, turn.now, turn.person.id, plan):
        turn.reply("not-yours")
    elif what == "no":
        forms.start(turn, REFUSAL.name, {"plan": plan.id})
    elif agree(turn.session, turn.now, plan, turn.person.id):
        turn.reply("plan-agreed")
    else:
        turn.reply("plan-decided")


def _show(turn: Turn) -> None:
    plans = open_plans(turn.session, turn.now, turn.person.id)[:MOST] if turn.person else []
    if not plans:
        turn.reply("plan-none")
        return
    lines = [turn.words.text("plan-line", {"number": at, **_said(turn, one)}) for at, one in enumerate(plans, 1)]
    buttons: list[list[Button]] = [
        [(f"plan:off:{one.id}", "plan-call-off-one", {"number": at})] for at, one in enumerate(plans, 1)
    ]
    turn.reply("plan-list", {"lines": "\n".join(lines)}, buttons)


def _said(turn: Turn, one: NoticePlan) -> dict[str, Value]:
    zone = default_policy(turn.session).timezone
    time = clock(zone, turn.now, one.send_at or one.next_at or turn.now, turn.words)
    area = turn.session.get_one(Area, one.area_id).name
    days = f" {weekdays(turn.words, one.days)}" if one.days else ""
    return {
        "time": f"{time}{days}",
        "area": area,
        "body": first_words(one.body, _FIRST_WORDS),
        "state": one.state.value,
    }


def _off(turn: Turn, plan: NoticePlan, person_id: int) -> None:
    if not may_notify(turn.session, turn.now, person_id, plan.area_id):
        turn.reply("not-yours")
    elif call_off(turn.session, turn.now, plan, person_id):
        turn.reply("plan-off")
    else:
        turn.reply("plan-decided")


def _finish(turn: Turn, answers: Answers) -> None:
    plan = turn.session.get_one(NoticePlan, answers["plan"])
    if turn.person is None or not may_agree(turn.session, turn.now, turn.person.id, plan):
        turn.reply("not-yours")
    elif refuse(turn.session, turn.now, plan, turn.person.id, answers["why"]):
        turn.reply("plan-said-no")
    else:
        turn.reply("plan-decided")


FILLINGS = (Filling(REFUSAL, _finish),)
