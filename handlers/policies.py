"""What an area chooses for itself, in the chat: seen and changed by its community and everybody above (规则)."""

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.policy_words import shown, step_by_step, typed
from handlers.turn import Turn
from models import Area
from rules.errors import NotAllowedError
from rules.ladder import AT_NIGHT
from rules.policy import CHOSEN_LADDERS, Policy, overridden, written
from rules.policy_groups import PolicyGroup, groups, names_in
from rules.roles import POLICY_ROLES
from rules.turns import Turns
from services.mailbox import Button, in_rows
from services.policies import choose, chosen_at, own_choices
from services.policy import policy_at
from services.staff import appointments
from services.words import Value


def _group(text: str, _answers: Answers) -> str | None:
    return text if text in set(groups()) else None


def _name(text: str, answers: Answers) -> str | None:
    return text if text in names_in(PolicyGroup(answers["group"])) else None


def _value(text: str, answers: Answers) -> str | None:
    value = typed(answers["name"], text)
    if value is None:
        return None
    try:
        overridden(Policy(), {answers["name"]: value})
    except NotAllowedError:
        return None
    return value


def _is_ladder(answers: Answers) -> bool:
    return answers["name"] in CHOSEN_LADDERS


def _area(text: str, answers: Answers) -> int | None:
    return int(text) if text in {str(one) for one in answers["areas"]} else None


POLICY = Form(
    "policy",
    (
        Field("area", "policy-ask-area", "policy-wrong-area", _area, when=lambda answers: len(answers["areas"]) > 1),
        Field("group", "policy-ask-group", "policy-wrong-name", _group),
        Field("name", "policy-ask-name", "policy-wrong-name", _name),
        Field("value", "policy-ask-value", "policy-wrong-value", _value, when=lambda answers: not _is_ladder(answers)),
        Field("ladder", "policy-ask-ladder", "policy-wrong-ladder", _value, when=_is_ladder),
    ),
)


def begin(turn: Turn, forms: Forms) -> None:
    """`/policy`: what holds in one's own area, by groups, then each with a button that changes it."""
    mine = _areas(turn)
    if not mine:
        turn.reply("policy-not-yours")
        return
    known = {"area": mine[0].id} if len(mine) == 1 else {}
    forms.start(turn, POLICY.name, {"areas": [one.id for one in mine], **known})


def _areas(turn: Turn) -> list[Area]:
    held = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    return list({area.id: area for one, area in held if one.role in POLICY_ROLES}.values())


def _picks(turn: Turn, field: Field, answers: Answers) -> list[list[Button]]:
    if field.name == "area":
        areas = [turn.session.get_one(Area, one) for one in answers["areas"]]
        return [[(f"form:pick={one.id}", "button-person", {"name": one.name})] for one in areas]
    if field.name == "group":
        own = own_choices(turn.session, answers["area"])
        return [
            [(f"form:pick={one.value}", f"policy-group-{one.value}", {"own": len(own.intersection(names_in(one)))})]
            for one in groups()
        ]
    if field.name == "name":
        names = names_in(PolicyGroup(answers["group"]))
        buttons: list[Button] = [(f"form:pick={name}", f"policy-{name.replace('_', '-')}") for name in names]
        return in_rows(buttons, 2)
    if answers["name"] == "turns":
        return [[(f"form:pick={one.value}", f"turns-{one.value}")] for one in Turns]
    return []


def _args(turn: Turn, field: Field, answers: Answers) -> dict[str, Value]:
    if field.name == "area":
        return {}
    area = turn.session.get_one(Area, answers["area"])
    if field.name == "group":
        return {"area": area.name}
    holds = written(policy_at(turn.session, area.id))
    if field.name == "name":
        chosen, names = chosen_at(turn.session, area), names_in(PolicyGroup(answers["group"]))
        lines = [_line(turn, name, holds[name], chosen[name][1] if name in chosen else "") for name in names]
        return {"area": area.name, "lines": "\n".join(lines)}
    name = answers["name"]
    said = turn.words.text(f"policy-{name.replace('_', '-')}")
    if name in CHOSEN_LADDERS:
        rings = CHOSEN_LADDERS[name] in AT_NIGHT
        return {
            "name": said,
            "night": turn.words.text("policy-ladder-night" if rings else "policy-ladder-waits"),
            "steps": step_by_step(turn.words, holds[name]),
            "value": shown(turn.words, name, holds[name]),
        }
    return {"name": said, "value": shown(turn.words, name, holds[name])}


def _line(turn: Turn, name: str, value: str, by: str) -> str:
    said = turn.words.text(f"policy-{name.replace('_', '-')}")
    return turn.words.text(
        "policy-line-by" if by else "policy-line", {"name": said, "value": shown(turn.words, name, value), "by": by}
    )


def _finish(turn: Turn, answers: Answers) -> None:
    area = next((one for one in _areas(turn) if one.id == answers["area"]), None)
    if area is None or turn.person is None:
        turn.reply("policy-not-yours")
        return
    name = answers["name"]
    value = answers["ladder" if _is_ladder(answers) else "value"]
    try:
        policy = choose(turn.session, turn.now, area, name, value, turn.person.id)
    except NotAllowedError:
        turn.reply("policy-wrong-value")
        return
    said = turn.words.text(f"policy-{name.replace('_', '-')}")
    key = "policy-changed-ladder" if _is_ladder(answers) else _CHANGED.get(name, "policy-changed")
    args: dict[str, Value] = {"area": area.name, "name": said, "value": shown(turn.words, name, written(policy)[name])}
    turn.reply(key, args, [[("policy:again", "button-policy-again")]])


_CHANGED = {"quarantine_days": "policy-changed-days"}

FILLINGS = (Filling(POLICY, _finish, _args, _picks),)
