"""A question about answers that look made up, in a worker's hands."""

from handlers.turn import Turn
from models import AnswerQuestion
from rules.errors import NotAllowedError
from rules.honesty import Reply
from rules.mail import Priority
from services.audit import record
from services.mailbox import Button, post
from services.questioning import about_whom, answer
from services.staff import may_touch


def press(turn: Turn, what: str, number: int) -> None:
    """One household shown, or what is to be done about it."""
    row = turn.session.get(AnswerQuestion, number)
    if turn.person is None or row is None or not may_touch(turn.session, turn.now, turn.person.id, row.grid_id):
        turn.reply("not-yours")
    elif what == "show":
        subject = f"household:{row.household_id}"
        record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=subject)
        post(turn.session, turn.now, turn.account, Priority.REPLY, "question", about=f"question:{row.id}")
    elif row.reply is not None:
        turn.reply("answers-done-already")
    elif what in set(Reply):
        _answer(turn, row, Reply(what))
    else:
        turn.reply("not-understood")


def _answer(turn: Turn, row: AnswerQuestion, reply: Reply) -> None:
    person = about_whom(turn.session, row)
    name = person.name if person else ""
    try:
        done = turn.person is not None and answer(turn.session, turn.now, row, reply, turn.person)
    except NotAllowedError:
        turn.reply("answers-done-already")
        return
    if not done:
        turn.reply("measure-again-nobody", {"name": name})
        return
    look: list[list[Button]] = [] if reply is Reply.FINE else [[(f"ans:show:{row.id}", "button-answers-since")]]
    turn.reply(f"answers-replied-{reply.value}", {"name": name}, look)
