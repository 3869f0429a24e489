"""The keys in the code: each has its text, each text is said, and is given the arguments that it needs."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

import pytest

from bot.account_menus import RESIDENTS as RESIDENTS_MENU
from bot.account_menus import STAFF as STAFF_MENU
from handlers.exporting import OFFERED
from handlers.sent_notices import ACTS
from models import ExportKind, JoinKind, JoinStatus
from rules.audiences import Audience
from rules.breaches import ToldBy
from rules.daylight import Said
from rules.declarations import Refusal
from rules.directives import PATIENCES, Step
from rules.doors import EXCUSING, Found
from rules.duty import Plea, Rest
from rules.escalation import OUTCOMES, SILENCES, Kind, Outcome, State
from rules.family import RELATIONS
from rules.honesty import Reply, Sign
from rules.ladder import Severity, WhyNot
from rules.notice_life import NoticeAct, NoticeState
from rules.open_alarms import Whose
from rules.planning import EVERY_DAY, PlanState
from rules.policy import CHOSEN
from rules.policy_groups import PolicyGroup
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from rules.symptoms import Symptom
from rules.temperature import Why
from rules.thresholds import Finding
from rules.turns import HAD_THEIR_TURN, Turns
from services.certificates import Standing
from services.invites import InviteTrouble
from services.menus import GATE, HEAD, RESIDENT, STAFF, STRANGER
from services.phrases import BUILT_IN
from services.words import FOLDER, LANGUAGES
from tests.rules.test_catalogue import catalogue

ROOT = FOLDER.parent
ROOMS = ("bot", "channels", "handlers", "models", "rules", "scheduler", "services", "web")
TEXTS = {
    key: set().union(*(catalogue(one).variables[key] for one in LANGUAGES)) for key in catalogue("zh-CN").variables
}
"""The arguments of every text, whichever language asks for them."""
FAMILIES = {key.partition("-")[0] for key in TEXTS}
"""The first words of the keys."""

WHY_NOT_DELIVERED = (
    "blocked",
    "deactivated",
    "never_started",
    "not_found",
    "kicked",
    "deleted",
    "forbidden",
    "window_closed",
    "not_following",
    "refused",
    "not_licensed",
)
"""What the messengers' adapters make of a refusal, beside the reasons given in calls (see `_reasons`)."""

GIVES_A_REASON = {
    "Unreachable",
    "NotAsked",
    "not_reached",
    "prompt_lost",
    "undeliverable",
    "lost",
    "owes_no_more",
    "_settle_without",
}

BUILT: dict[str, Iterable[object]] = {
    "funnel-{notice.state.value}": [one for one in NoticeState if one is not NoticeState.SENDING],
    "notice-state-{notice.state.value}": [one for one in NoticeState if one is not NoticeState.SENDING],
    "notice-event-{one.act.value}": [one for one in NoticeAct if one is not NoticeAct.SENT],
    "notice-sure-{act}": ["stop", "withdraw"],
    "button-notice-sure-{act}": ["stop", "withdraw"],
    "notice-done-{act}": ACTS,
    "button-notice-{act}": [*ACTS, "correct"],
    "audience-{draft.audience.value}": Audience,
    "audience-{one.value}": Audience,
    "weekday-{one}": EVERY_DAY,
    "weekday-{day}": EVERY_DAY,
    "plan-{one.state.value}": PlanState,
    "phrase-name-{one}": BUILT_IN,
    "phrase-{known.pop('phrase')}": BUILT_IN,
    "advice-{one.finding.value}": [finding for finding in Finding if finding is not Finding.NORMAL],
    "menu-{name}": [one for name, below in (*RESIDENTS_MENU, *STAFF_MENU) for one in (name, *below)],
    "alarms-line-{one.alarm.state.value}": [State.OPEN, State.TAKEN],
    "alarms-whose-{self.view.whose.name.lower()}": [one.name.lower() for one in Whose],
    "alarms-button-{whose.name.lower()}": [one.name.lower() for one in Whose],
    "brief-{status.value}": [RequestStatus.MISSED, RequestStatus.UNREACHABLE],
    "brief-legend-{one}": ["answered", "missed", "unreachable", "due"],
    "kind-{kind.value}": Kind,
    "alert-{escalation.kind.value}": SILENCES,
    "breach-by-{by.value}": ToldBy,
    "button-breach-{by.value}": ToldBy,
    "cluster-line-{fever.state.value}": State,
    "outcome-{fever.outcome.value}": Outcome,
    "today-{name}": ["clusters", "breaches", "repeated"],
    "alert-{escalation.severity.value}": Severity,
    "approval-{request.kind.value}": JoinKind,
    "approval-{request.status.value}": [JoinStatus.APPROVED, JoinStatus.REFUSED],
    "button-export-{kind.value}": OFFERED,
    "export-{row.kind.value}": ExportKind,
    "slot-{value}": RequestStatus,
    "check-{found.standing.value}": [one for one in Standing if one is not Standing.UNKNOWN],
    "cli-sheet-{sheet}": ["areas", "staff", "residents", "shifts", "holidays"],
    "command-{name}": [*STRANGER, *RESIDENT, *STAFF, *HEAD, *GATE],
    "digest-line-{state}": State,
    "duty-on-{rest.value}": [Rest.TONIGHT, Rest.MORNING],
    "duty-rest-{rest.value}": Rest,
    "turns-{one.value}": Turns,
    "turns-{value}": Turns,
    "stand-in-until-{rest.value}": [one for one in Rest if one is not Rest.OPEN],
    "stand-in-{plea.value}": [one for one in Plea if one is not Plea.ASKED],
    "door-{found}": Found,
    "door-{one.value}": Found,
    "door-{why.value}": EXCUSING,
    "declared-{why.value}": Refusal,
    "declaration-{one.status.value}": [JoinStatus.APPROVED, JoinStatus.REFUSED],
    "declaration-{why.value}": Refusal,
    "door-{Found(why).value}": EXCUSING,
    "door-{Found(one.excused_why).value}": EXCUSING,
    "excused-{why.value}": EXCUSING,
    "digest-{first.kind.value}": SILENCES,
    "history-column-{name}": ["time", "who", "what"],
    "history-state-{story.state.value}": State,
    "kind-{one.kind.value}": Kind,
    "kind-{story.kind.value}": Kind,
    "passed-{one.detail['why']}": WhyNot,
    "role-{role}": Role,
    "directive-state-{node.state.value}": Step,
    "directive-in-{answers['minutes']}": PATIENCES,
    "half-{half.value}": Half,
    "group-button-{wish}": ["on", "off"],
    "group-reminder-{half.value}": Half,
    "half-{one.half.value}": Half,
    "half-{request.half.value}": Half,
    "invite-{trouble.value}": InviteTrouble,
    "joined-{role.value}": [role for role in Role if role.is_staff],
    "kind-{escalation.kind.value}": Kind,
    "language-{one.lower()}": [language.lower() for language in LANGUAGES],
    "outcome-{escalation.outcome.value}": Outcome,
    "outcome-{one.detail['outcome']}": list(chain(*OUTCOMES.values())),
    "outcome-{one.value}": list(chain(*OUTCOMES.values())),
    "passed-{why}": [*WhyNot, HAD_THEIR_TURN],
    "passed-{one.why_not}": WhyNot,
    "role-{invite.role.value}": Role,
    "role-{one.role.value}": Role,
    "role-{one.place.value}": Role,
    "role-{role.value}": Role,
    "policy-{name}": CHOSEN,
    "policy-group-{one.value}": PolicyGroup,
    "prompt-{request.half.value}": Half,
    "prompt-{beside.value}": Said,
    "symptom-{one}": Symptom,
    "symptom-{one.value}": Symptom,
    "symptom-{symptom}": Symptom,
    "alert-unwell-{escalation.severity.value}": ["urgent", "emergency"],
    "unclear-{unclear.why.value}": Why,
    "answers-{one['sign']}": Sign,
    "answers-replied-{reply.value}": Reply,
    "button-answers-{one.value}": Reply,
    "relation-{one}": list(RELATIONS.values()),
    "family-{one['what']}": ["renamed", "related", "head", "added", "removed"],
}
"""The keys that the code puts together, and what they are put together from; `why-…` comes from `_reasons`."""

OPEN_FAMILIES = ("board-", "roster-")
"""Pages and sheets with keys by column: what begins like one of their patterns counts as said."""

NO_KEYS = {"join-move", "join-other", "join-resident", "join-staff", "join-who", "no-cache", "no-store"}
"""Strings that only look like keys: names of forms, headers."""

TAKES_A_KEY = {
    "CellError": (0,),
    "Field": (1, 2),
    "RosterFileError": (0,),
    "RowError": (3,),
    "button": (1,),
    "line": (0,),
    "lines": (0,),
    "reply": (0,),
    "say": (3,),
    "text": (0,),
    "text_for": (1,),
    "word": (0,),
}
"""The functions that take a key, and which of their arguments it is."""

_HYPHENS = ".replace('_', '-')"
_KEY = re.compile(r"[a-z]+(-[a-z0-9]+)*")
_SPOKEN_IN_PAGE = re.compile(r"""\bsay\(\s*["']([a-z0-9-]*[a-z0-9])["']""")
_QUOTED_IN_PAGE = re.compile(r"""["']([a-z]+(?:-[a-z0-9]+)+)["']""")
_HEAD_IN_PAGE = re.compile(r"""["']([a-z]+-(?:[a-z0-9]+-)*)["']\s*~""")


@cache
def _nodes() -> tuple[ast.AST, ...]:
    """Everything in the program's modules."""
    files = chain(*(sorted((ROOT / room).rglob("*.py")) for room in ROOMS))
    return tuple(chain(*(ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for file in files)))


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for node in _nodes():
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node


def _strings(node: ast.AST) -> Iterator[str]:
    """The string constants that an expression can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from chain(_strings(node.body), _strings(node.orelse))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "case":
        # SQL's own choice: case((when, this), else_=that)
        chosen = [one.elts[1] for one in node.args if isinstance(one, ast.Tuple)]
        yield from chain(*map(_strings, [*chosen, *(one.value for one in node.keywords)]))


@cache
def _in_pages(what: re.Pattern[str]) -> set[str]:
    pages = (file.read_text(encoding="utf-8") for file in (ROOT / "web").rglob("*.html"))
    return set(chain(*(what.findall(page) for page in pages)))


@cache
def _looking_like_keys() -> set[str]:
    """Every string of the program with a hyphen and the first word of a text of the catalogue."""
    families = {key.partition("-")[0] for key in TEXTS if "-" in key}
    every = {one.value for one in _nodes() if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {one for one in every if "-" in one and _KEY.fullmatch(one) and one.partition("-")[0] in families} - NO_KEYS


@cache
def _spoken() -> set[str]:
    """The keys that stand where a function takes one, and those in pages."""
    taken = (call.args[at : at + 1] for name, call in _calls() for at in TAKES_A_KEY.get(name, ()))
    return {key for key in chain(*map(_strings, chain(*taken))) if _KEY.fullmatch(key)} | _in_pages(_SPOKEN_IN_PAGE)


def _pattern(node: ast.AST) -> tuple[str, bool] | None:
    """An f-string that makes a key, and whether it turns underscores into hyphens; None for anything else."""
    if not isinstance(node, ast.JoinedStr) or not node.values:
        return None
    head, source = next(_strings(node.values[0]), ""), ast.unparse(node)[2:-1]
    if not head.endswith("-") or head.partition("-")[0] not in FAMILIES or ":" in source:
        return None
    return source.replace(_HYPHENS, ""), _HYPHENS in source


@cache
def _patterns() -> frozenset[tuple[str, bool]]:
    return frozenset(found for node in _nodes() if (found := _pattern(node)))


@cache
def _reasons() -> set[str]:
    """Why a household could not be asked: every reason that the code gives or puts down."""
    given = chain(*(_strings(call.args[-1]) for name, call in _calls() if name in GIVES_A_REASON and call.args))
    assigned = chain(*(_strings(node.value) for node in _nodes() if isinstance(node, ast.Assign) and _sets_why(node)))
    in_statements = chain(
        *(_strings(node.value) for node in _nodes() if isinstance(node, ast.keyword) and node.arg == "why")
    )
    return {*WHY_NOT_DELIVERED, *EXCUSING, *given, *assigned, *in_statements} - {""}


def _sets_why(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Attribute) and target.attr == "why" for target in node.targets)


def _expanded(pattern: str, hyphens: bool) -> set[str]:
    """The keys that a pattern can make."""
    head = pattern.partition("{")[0]
    if _is_open(pattern):
        return {key for key in TEXTS if key.startswith(head)}
    values = _reasons() if head == "why-" else BUILT.get(pattern, ())
    return {head + (str(value).replace("_", "-") if hyphens else str(value)) for value in values}


def _is_open(pattern: str) -> bool:
    return pattern.startswith(OPEN_FAMILIES) and pattern not in BUILT


def _keys_of(node: ast.AST) -> set[str]:
    """The keys that an expression can be, written out or put together."""
    found = _pattern(node)
    return _expanded(*found) if found else {key for key in _strings(node) if key in TEXTS}


def _given(name: str, call: ast.Call) -> set[str] | None:
    """The names of the arguments that a call gives to its text; None when they are made elsewhere."""
    if name in {"line", "word", "text_for", "button"}:
        names = {keyword.arg for keyword in call.keywords}
        return None if None in names else {one for one in names if one}
    place = {"reply": 1, "text": 1}[name]
    if len(call.args) <= place:
        return set() if all(keyword.arg == "buttons" for keyword in call.keywords) else None
    values = call.args[place]
    if isinstance(values, ast.Constant):
        return set()
    if not isinstance(values, ast.Dict):
        return None
    names_given = [next(_strings(key), "") if key else "" for key in values.keys]
    return None if "" in names_given else set(names_given)


def test_every_way_to_put_a_key_together_is_known_here() -> None:
    patterns = {one for one, _ in _patterns() if not one.startswith("why-") and not _is_open(one)}
    assert patterns - BUILT.keys() == set(), "say above what these are put together from"
    assert BUILT.keys() - patterns == set(), "nothing is put together like this any more"


@pytest.mark.parametrize("pattern", [*BUILT, "why-"])
def test_every_key_that_is_put_together_has_a_text(pattern: str) -> None:
    made = set(chain(*(_expanded(one, hyphens) for one, hyphens in _patterns() if one.startswith(pattern))))
    assert made
    assert made - TEXTS.keys() == set()


def test_every_key_that_is_spoken_has_a_text() -> None:
    assert len(_spoken()) > 100
    assert _spoken() - TEXTS.keys() == set()


def test_every_string_that_looks_like_a_key_has_a_text() -> None:
    assert _looking_like_keys() - TEXTS.keys() == set()


def test_every_text_is_said_somewhere() -> None:
    built = set(chain(*(_expanded(pattern, hyphens) for pattern, hyphens in _patterns())))
    quoted = set(chain(*catalogue("zh-CN").quoted.values()))
    heads = tuple(_in_pages(_HEAD_IN_PAGE))
    unsaid = TEXTS.keys() - _spoken() - _looking_like_keys() - _in_pages(_QUOTED_IN_PAGE) - built - quoted
    assert {key for key in unsaid if not key.startswith(heads)} == set()


def test_every_text_is_given_the_arguments_it_needs() -> None:
    checked = 0
    for name, call in _calls():
        if name not in {"line", "word", "text_for", "button", "reply", "text"}:
            continue
        for place in TAKES_A_KEY[name]:
            keys = chain(*map(_keys_of, call.args[place : place + 1]))
            given = _given(name, call)
            for key in keys if given is not None else ():
                assert TEXTS.get(key, set()) <= (given or set()), f"{key} in {ast.unparse(call)}"
                checked += 1
    assert checked > 100


def test_every_reason_of_a_messenger_is_one_that_an_adapter_gives() -> None:
    adapters = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "channels").glob("*.py"))
    assert [reason for reason in WHY_NOT_DELIVERED if f'"{reason}"' not in adapters] == []
