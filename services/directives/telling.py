"""A directive told from outside: a line a node."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, DirectiveStep, Person
from rules.directives import Step


@dataclass(frozen=True, slots=True)
class Node:
    """Where it stands at one node; `by` and `at` say who confirmed it and when (UTC)."""

    area: str
    name: str
    level: str
    state: Step
    by: str | None
    at: datetime | None
    passed_at: datetime | None
    words: str

    def written(self) -> dict[str, Any]:
        """For a program."""
        at, passed = (one.isoformat() if one else None for one in (self.at, self.passed_at))
        return {
            "area": self.area,
            "name": self.name,
            "level": self.level,
            "state": self.state.value,
            "confirmed_by": self.by,
            "confirmed_at": at,
            "passed_at": passed,
            "words": self.words,
        }


def nodes(session: Session, directive_id: int) -> list[Node]:
    """Every node to which a directive has come, in the order of the tree."""
    rows = session.execute(
        select(Area, DirectiveStep, Person.name)
        .join(Area, Area.id == DirectiveStep.area_id)
        .outerjoin(Person, Person.id == DirectiveStep.confirmed_by)
        .where(DirectiveStep.directive_id == directive_id)
        .order_by(Area.path)
    )
    return [
        Node(area.code, area.name, area.level.value, one.state, who, one.confirmed_at, one.passed_at, one.words)
        for area, one, who in rows
    ]
