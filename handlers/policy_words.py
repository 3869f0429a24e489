"""The values of a policy as the community reads and writes them: symptoms by their names, not by our words for them."""

import re

from rules.ladder import LINE
from rules.policy import CHOSEN_LADDERS, NONE
from rules.symptoms import Symptom
from rules.turns import Turns
from rules.written_ladder import NIGHT, NOBODY, TOGETHER
from services.words import LANGUAGES, Words, text_for

_NONE = frozenset({NONE, "none", "不发", "不要", "关"})
_BETWEEN = re.compile(r"[\s,，、;；。.]*")


def shown(words: Words, name: str, value: str) -> str:
    """A value as the catalogue says it."""
    if value == NONE:
        return words.text("policy-off")
    if name in CHOSEN_LADDERS:
        day, _, night = value.replace("x", "×").partition(NIGHT)
        return words.text("policy-day-and-night", {"day": day, "night": night}) if night else day
    if name == "turns":
        return words.text(f"turns-{value}")
    if name != "symptoms":
        return value
    return words.text("list-mark").join(words.text(_key(Symptom(one))) for one in value.split(","))


def step_by_step(words: Words, value: str) -> str:
    """A ladder, a line for each who may be told; under it that of the night, where it is another."""
    day, _, night = value.partition(NIGHT)
    lines = [_steps(words, day)]
    if night:
        lines += [words.text("policy-steps-night"), _steps(words, night)]
    return "\n".join(lines)


def _steps(words: Words, value: str) -> str:
    return "\n".join(
        _step(words, words.text(f"role-{role.value.replace('_', '-')}"), part)
        for role, part in zip(LINE, value.split(","), strict=True)
    )


def _step(words: Words, who: str, part: str) -> str:
    if part in (NOBODY, TOGETHER):
        return words.text("policy-step-nobody" if part == NOBODY else "policy-step-together", {"who": who})
    minutes, _, times = part.partition("x")
    return words.text("policy-step", {"who": who, "minutes": minutes, "times": int(times or 1)})


def typed(name: str, text: str) -> str | None:
    """The value that somebody typed, in either language; None when a word of it is unknown."""
    if name == "symptoms":
        return _symptoms(text.lower())
    if name == "turns":
        return _turns(text.strip().lower())
    return NONE if text.strip().lower() in _NONE else text.strip()


def _turns(text: str) -> str | None:
    known = {text_for(language, f"turns-{one.value}").lower(): one.value for one in Turns for language in LANGUAGES}
    return (known | {one.value: one.value for one in Turns}).get(text)


def _symptoms(text: str) -> str | None:
    """The longest names first: one of them has a mark in it."""
    known = {text_for(language, _key(one)).lower(): one.value for one in Symptom for language in LANGUAGES}
    known |= {one.value: one.value for one in Symptom}
    found: dict[int, str] = {}
    for word in sorted(known, key=len, reverse=True):
        at = text.find(word)
        if at >= 0:
            found[at] = known[word]
            text = text.replace(word, " " * len(word))
    return ",".join(found[at] for at in sorted(found)) if found and _BETWEEN.fullmatch(text) else None


def _key(one: Symptom) -> str:
    return f"symptom-{one.value.replace('_', '-')}"
