"""The documents tell the truth: each setting, command, word, decision and test is there, each link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from bot.cli import cli
from bot.metrics import Metrics
from bot.settings import Settings
from handlers.commands import COMMANDS, SPOKEN
from web.gauges import FAMILIES, UP

HOUSE = Path(__file__).parents[2]
DOCS = HOUSE / "docs"
READMES = ("README.md", "README.zh-CN.md")
THE_TWO_COMMANDS = (
    "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e . && .venv/bin/gridbot demo",
    "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[test]' && .venv/bin/pytest",
)
PAGES = sorted(
    path for path in HOUSE.rglob("*.md") if not any(part.startswith(".") for part in path.relative_to(HOUSE).parts)
)
DECISIONS = sorted(DOCS.glob("adr/[0-9]*.md"))

_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A page without its blocks of code, in which nothing is a link or a heading."""
    return _FENCED.sub("", read(path))


# Settings


@dataclass(frozen=True)
class Setting:
    """One setting as an operator writes it, and its default in the same spelling (empty: none)."""

    name: str
    default: str


def settings_of(model: type[BaseModel], prefix: str = "GRIDBOT_") -> Iterator[Setting]:
    for field_name, field in model.model_fields.items():
        name = f"{prefix}{field.validation_alias or field_name}".upper()
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings_of(kind, f"{name}__")
        else:
            yield Setting(name, "" if field.default is PydanticUndefined else spelled(field.default))


def spelled(value: Any) -> str:
    match value:
        case SecretStr():
            return value.get_secret_value()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            seconds = int(value.total_seconds())
            size, unit = next((size, unit) for size, unit in ((3600, "h"), (60, "m"), (1, "s")) if seconds % size == 0)
            return f"{seconds // size}{unit}"
        case tuple():
            return ",".join(spelled(one) for one in value)
        case bool():
            return str(value).lower()
        case None | {} if not value:
            return ""
        case dict():
            return ",".join(f"{name}={part}" for name, part in value.items())
        case _:
            return str(value)


SETTINGS = list(settings_of(Settings))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_with_its_default(setting: Setting) -> None:
    row = re.search(rf"^\| `{setting.name}` \| (.+?) \|", read(DOCS / "settings.md"), re.MULTILINE)
    assert row, f"docs/settings.md: no row `{setting.name}`"
    assert row[1] == (f"`{setting.default}`" if setting.default else "none")


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {setting.name for setting in SETTINGS} | {f"{setting.name}_FILE" for setting in SETTINGS}
    rows = re.findall(r"^\| `(GRIDBOT_\w+)` \|", read(DOCS / "settings.md"), re.MULTILINE)
    assert set(rows) <= known


# Commands of the command line


def commands_of(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from commands_of(command, (*path, name))
        else:
            yield (*path, name), command


COMMAND_LINE = list(commands_of(cli))


@pytest.mark.parametrize(("path", "command"), COMMAND_LINE, ids=[" ".join(path) for path, _ in COMMAND_LINE])
def test_every_command_is_documented_with_its_options(path: tuple[str, ...], command: click.Command) -> None:
    name = " ".join(("gridbot", *path))
    section = re.search(rf"^### `{name}\b.*?(?=^##)", f"{read(DOCS / 'commands.md')}\n##", re.MULTILINE | re.DOTALL)
    assert section, f"docs/commands.md: no heading ### `{name}`"
    options = [option for one in command.params if isinstance(one, click.Option) for option in one.opts]
    assert [option for option in options if f"`{option}" not in section[0]] == []


# Metrics


def test_every_metric_is_documented_and_no_other() -> None:
    counted = {one.name for one in Metrics().registry.collect() if not one.name.startswith("process_")}
    counted |= {UP, *(family.name for family in FAMILIES)}
    assert set(re.findall(r"^\| `(gridbot_\w+)` \|", read(DOCS / "metrics.md"), re.MULTILINE)) == counted


# What is said in a chat


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_chat_command_is_documented_beside_its_chinese_word(command: str) -> None:
    words = [word for word, meant in SPOKEN.items() if meant == command]
    rows = [line for line in read(DOCS / "commands.md").splitlines() if line.startswith(f"| `/{command}")]
    assert len(rows) == 1, f"docs/commands.md: one row that begins with `/{command}`"
    assert [word for word in words if word not in rows[0]] == []


# Pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_link_within_the_house_leads_somewhere(page: Path) -> None:
    targets = [one or other for one, other in _LINK.findall(prose(page))]
    inside = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in inside if not leads_somewhere(page, target)] == []


def leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    path = page.parent / name if name else page
    if not path.exists():
        return False
    return not anchor or anchor in {anchor_of(title) for _, title in _HEADING.findall(prose(path))}


def anchor_of(title: str) -> str:
    """The anchor that a heading gets where the pages are read: its words in lower case, joined by hyphens."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", READMES)
def test_a_readme_has_the_two_commands_of_a_newcomer(name: str) -> None:
    lines = read(HOUSE / name).splitlines()
    assert [command for command in THE_TWO_COMMANDS if command not in lines] == []


def test_both_readmes_have_the_same_headings_one_by_one() -> None:
    english, chinese = ([level for level, _ in _HEADING.findall(prose(HOUSE / name))] for name in READMES)
    assert english == chinese


# Decisions and invariants


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.stem)
def test_every_decision_is_in_the_index_and_says_why_what_and_what_follows(decision: Path) -> None:
    assert f"({decision.name})" in read(DOCS / "adr" / "README.md")
    titles = [title for level, title in _HEADING.findall(prose(decision)) if level == "##"]
    assert titles == ["Context", "Decision", "Consequences"]


def test_no_two_decisions_have_one_number() -> None:
    numbers = [int(decision.name[:4]) for decision in DECISIONS]
    assert len(set(numbers)) == len(numbers)


def test_the_twelve_invariants_are_listed_with_tests_that_exist() -> None:
    page = read(DOCS / "invariants.md")
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == list(range(1, 13))
    missing = [
        f"{file}::{name}"
        for file, name in _TEST.findall(page)
        if not (HOUSE / file).exists() or (name and f"def {name}(" not in read(HOUSE / file))
    ]
    assert missing == []
