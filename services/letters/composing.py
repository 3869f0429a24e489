"""A notice before it leaves: as it will look, with what is chosen about it, and who still has to agree."""

from dataclasses import replace

from channels.port import Message
from models import Area, NoticePlan, Person
from rules.first_words import cut
from rules.planning import EVERY_DAY, PlanState, clock_of, delivery_time, needs_second
from services.ages import took_in
from services.drafts import Draft, draft_of, file_of
from services.letters.notices import attached_file, body_lines
from services.letters.paper import Paper, letter
from services.letters.replies import pressable
from services.policy import default_policy, policy_at
from services.words import Lines, Words


def look(paper: Paper) -> Message:
    """The copy itself, as every reader will get it."""
    args = paper.message.args
    draft = draft_of(args["draft"])
    receipt = [paper.button("compose:look", "button-read")] if draft.receipt else []
    asks = paper.button("compose:look", "button-ask")
    said = letter([_copy(paper, draft, args["author"])], [[*receipt, asks]])
    return _with_file(paper, said, draft.file_id)


def preview(paper: Paper) -> Message:
    """The notice as it will look, to whom it goes and when, and what can be changed; under a picture only that."""
    args = paper.message.args
    draft = draft_of(args["draft"])
    if file_of(paper.session, draft.file_id):
        parts = [paper.line("notice-preview-above")]
    else:
        parts = [paper.line("notice-preview"), ((),), _copy(paper, draft, args["author"]), ((),)]
    return letter([*parts, *_chosen(paper, draft, args["draft"]["people"][1])], pressable(paper, args["buttons"]))


def confirm(paper: Paper) -> Message:
    """The same for the second person, who has to agree; or what has become of it."""
    plan = paper.session.get_one(NoticePlan, paper.subject)
    draft, author = _draft(plan), paper.names([plan.author_id])
    if plan.state is not PlanState.WAITING:
        return letter(
            [paper.line("plan-asked", author=author), body_lines(cut(plan.body, _SHOWN)), _state(paper, plan)]
        )
    parts = [paper.line("plan-ask", author=author), ((),), _copy(paper, draft, plan.author_id), ((),)]
    parts += [*_to_whom(paper, draft, plan.people), *_at_what_time(paper, draft, {})]
    buttons = [[paper.button(f"plan:yes:{plan.id}", "plan-yes")], [paper.button(f"plan:no:{plan.id}", "plan-no")]]
    return _with_file(paper, letter(parts, buttons), plan.file_id)


def plan(paper: Paper) -> Message:
    """What the author is told of a notice that has not left yet, and what has become of it."""
    one = paper.session.get_one(NoticePlan, paper.subject)
    parts = [_state(paper, one), body_lines(cut(one.body, _SHOWN))]
    if not one.state.is_open:
        return letter(parts)
    parts += [*_to_whom(paper, _draft(one), one.people), *_at_what_time(paper, _draft(one), {})]
    return letter(parts, [[paper.button(f"plan:off:{one.id}", "plan-call-off")]])


def weekdays(words: Words, days: str) -> str:
    """Weekdays as people say them: 每天, 周一、周三."""
    if days == EVERY_DAY:
        return words.text("weekdays-every")
    return words.text("list-mark").join(words.text(f"weekday-{one}") for one in days)


_SHOWN = 60
"""Characters of a notice that has been decided on."""


def _draft(one: NoticePlan) -> Draft:
    return Draft(
        one.area_id, one.body, one.audience, one.receipt, one.to_group, one.file_id, one.send_at, one.days, one.until
    )


def _copy(paper: Paper, draft: Draft, author_id: int) -> Lines:
    area = paper.session.get_one(Area, draft.area_id).name
    author = paper.session.get_one(Person, author_id).name
    time = paper.clock(draft.send_at or paper.now)
    return (*paper.line("notice-head", area=area, author=author, time=time), *body_lines(draft.body))


def _with_file(paper: Paper, said: Message, file_id: int | None) -> Message:
    file = file_of(paper.session, file_id)
    if file is None or not file.digest:
        return said
    kept = (file.id, file.digest, file.name, file.mime)
    return replace(said, attachment=attached_file(paper.session, paper.account.bot, *kept))


def _chosen(paper: Paper, draft: Draft, by_bot: dict[str, int]) -> list[Lines]:
    people = sum(by_bot.values())
    parts = _to_whom(paper, draft, people) + _at_what_time(paper, draft, by_bot)
    above = policy_at(paper.session, draft.area_id).confirm_above
    if needs_second(people, above) and not draft.to_group:
        parts.append(paper.line("notice-second", above=above))
    return parts


def _to_whom(paper: Paper, draft: Draft, people: int) -> list[Lines]:
    area = paper.session.get_one(Area, draft.area_id).name
    if draft.to_group:
        return [paper.line("notice-to-the-group", area=area)]
    whom = paper.word(f"audience-{draft.audience.value.replace('_', '-')}")
    receipt = "notice-with-receipt" if draft.receipt else "notice-without-receipt"
    return [paper.line("notice-to", area=area, whom=whom, people=people), paper.line(receipt)]


def _at_what_time(paper: Paper, draft: Draft, by_bot: dict[str, int]) -> list[Lines]:
    house = default_policy(paper.session)
    if draft.days and draft.send_at and draft.until:
        clock = f"{clock_of(draft.send_at, house.timezone):%H:%M}"
        until = paper.day(draft.until)
        return [paper.line("notice-repeated", days=weekdays(paper.words, draft.days), clock=clock, until=until)]
    if draft.send_at:
        return [paper.line("notice-later", time=paper.clock(draft.send_at))]
    if draft.to_group or not by_bot:
        return []
    took = took_in(paper.words, delivery_time(by_bot, house.rate, house.rates))
    awake = policy_at(paper.session, draft.area_id).awake(paper.now)
    if awake > paper.now:
        return [paper.line("notice-in-the-morning", time=paper.clock(awake), took=took)]
    return [paper.line("notice-now", took=took)]


def _state(paper: Paper, one: NoticePlan) -> Lines:
    who = paper.names([one.decided_by]) if one.decided_by else ""
    at = one.next_at or one.decided_at or paper.now
    return paper.line(f"plan-{one.state.value.replace('_', '-')}", who=who, time=paper.clock(at), why=one.why)
