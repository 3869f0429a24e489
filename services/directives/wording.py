"""A directive as it reads: the original, whole and marked with its origin, and below it what each level added."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Directive, DirectiveStep, Person
from models.statements import among
from services.areas import numbers
from services.policy import default_policy
from services.words import Value, words_in


@dataclass(frozen=True, slots=True)
class Added:
    """What a node added: where, who, and the words."""

    area: str
    author: str
    words: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The original with its origin, and what was added on the way, from the top."""

    number: int
    area: str
    author: str
    body: str
    added: tuple[Added, ...]


def wordings(session: Session, places: Mapping[int, tuple[Directive, str]]) -> dict[int, Wording]:
    """By any number: what a directive says at a node (given by its path), the node's own words among it.

    Few questions, however many nodes.
    """
    directives = {one.id: one for one, _ in places.values()}
    added = _added(session, directives, {area for _, path in places.values() for area in numbers(path)})
    origins = _origins(session, directives)
    found = {}
    for key, (one, path) in places.items():
        line = (added.get((one.id, area)) for area in numbers(path))
        area, author = origins[one.id]
        found[key] = Wording(one.id, area, author, one.body, tuple(said for said in line if said))
    return found


def wording(session: Session, directive: Directive, path: str) -> Wording:
    """The same of one node."""
    return wordings(session, {0: (directive, path)})[0]


def _origins(session: Session, directives: Mapping[int, Directive]) -> dict[int, tuple[str, str]]:
    rows = session.execute(
        select(Directive.id, Area.name, Person.name)
        .join(Area, Area.id == Directive.area_id)
        .join(Person, Person.id == Directive.author_id)
        .where(Directive.id.in_(list(directives)))
    )
    return {number: (area, author) for number, area, author in rows}


def _added(session: Session, directives: Iterable[int], areas: Iterable[int]) -> dict[tuple[int, int], Added]:
    rows = session.execute(
        select(DirectiveStep.directive_id, DirectiveStep.area_id, Area.name, Person.name, DirectiveStep.words)
        .join(Area, Area.id == DirectiveStep.area_id)
        .join(Person, Person.id == DirectiveStep.words_by)
        .where(DirectiveStep.directive_id.in_(list(directives)), among(session, DirectiveStep.area_id, areas))
    )
    return {(directive, area): Added(name, author, words) for directive, area, name, author, words in rows}


def for_the_doors(session: Session, said: Sequence[Wording]) -> list[str]:
    """The texts of notices to the households, in the language of the house."""
    words = words_in(default_policy(session).language)
    texts = []
    for one in said:
        head: dict[str, Value] = {"number": one.number, "area": one.area, "author": one.author}
        parts = [words.text("directive-origin", head), one.body]
        for more in one.added:
            parts.append(f"\n{words.text('directive-added', {'area': more.area, 'author': more.author})}\n{more.words}")
        texts.append("\n".join(parts))
    return texts
