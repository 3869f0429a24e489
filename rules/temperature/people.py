"""Whom the names of a claim mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from rules.temperature.claims import Claim, Named
from rules.temperature.tokens import Name
from rules.temperature.words import Kind

_STRANGER = frozenset[int]()
_JOINTS = frozenset({"", "和", "跟", "与", "、"})


@dataclass(frozen=True, slots=True)
class Person:
    """Words that mean one person: the members they fit; none for somebody who is not asked."""

    start: int
    end: int
    members: frozenset[int]
    name: Name | None = None
    owned: bool = False
    """我妈, my mum: never the one who writes."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """全家, 其他人 or 我们: a word for many."""

    start: int
    end: int
    kind: Kind


Meant: TypeAlias = Person | Everyone


def people_of(claim: Claim, text: str, speaker: int | None) -> tuple[Meant, ...]:
    """The people of a claim, where several words for the same one are one: 爷爷王建国, 我自己, 我妈, 爷爷的弟弟."""
    found: list[Meant] = []
    for named in claim.people:
        person = _meant(named)
        before = found[-1] if found else None
        if isinstance(before, Everyone) and before.kind is not Kind.REST and not claim.excepted:
            found[-1] = _of_the_family(before, person, text, speaker)
        elif isinstance(before, Person) and isinstance(person, Person):
            found[-1:] = _together(before, person, text, speaker)
        else:
            found.append(person)
    return tuple(found)


def _meant(named: Named) -> Meant:
    if isinstance(named, Name):
        return Person(named.start, named.end, named.members, named)
    if named.kind is Kind.STRANGER:
        return Person(named.start, named.end, _STRANGER)
    return Everyone(named.start, named.end, named.kind)


def _of_the_family(first: Everyone, second: Meant, text: str, speaker: int | None) -> Meant:
    """全家：爷爷37.4 is of the one who is named; so is 我家爷爷, who is not the writer."""
    if first.kind is Kind.OURS and isinstance(second, Person) and not text[first.end : second.start].strip():
        return _owned(first.start, second, speaker)
    return second


def _together(first: Person, second: Person, text: str, speaker: int | None) -> Iterable[Person]:
    between = text[first.end : second.start]
    if first.name and first.name.writer and not between and not _proper(second):
        return (_owned(first.start, second, speaker),)
    if first.owned and between in _JOINTS:
        second = _owned(second.start, second, speaker)
    if between == "的" and not _proper(second):
        return (replace(second, start=first.start, members=_STRANGER),)
    common = first.members & second.members
    return (replace(second, start=first.start, members=common),) if common else (first, second)


def _proper(person: Person) -> bool:
    return person.name is not None and (person.name.full or person.name.writer)


def _owned(start: int, person: Person, speaker: int | None) -> Person:
    if _proper(person):
        return replace(person, start=start)
    return replace(person, start=start, members=person.members - {speaker}, owned=True)
