"""Claims: who is named together with which values, in the order of the message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rules.temperature.answers import Why
from rules.temperature.tokens import Gap, Name, Token, Value, Width, Word
from rules.temperature.words import Kind

Named: TypeAlias = Name | Word
"""Whoever a value may be for: a name, or a word for everybody, the rest, or somebody else."""

_DASH = re.compile(r"\s*[-~\u2010-\u2015]+\s*")
_PEOPLE = frozenset({Kind.STRANGER, Kind.ALL, Kind.REST, Kind.OURS})
# What may stand between a word and the value it speaks of.
_TRANSPARENT = frozenset({Kind.FILLER, Kind.NOW})


@dataclass(frozen=True, slots=True)
class Claim:
    """People and the values behind them; the first claim of a message may have no people, any may have no values."""

    people: tuple[Named, ...]
    values: tuple[Value, ...]
    shared: bool = False
    """都: one value for all of them."""
    excepted: Kind | None = None
    """EXCEPT or ONLY: they are not among those of whom something else is said."""
    doubtful: bool = False
    """Talk of something else, or of somebody without a value, stands before the values."""
    talked_of: bool = False
    """No values, but something else is said of them."""
    unmeasured: bool = False
    """No values, and that is what is said of them."""
    distance: Width = Width.SENTENCE
    """How far the people stand from what is before them; talk between is far."""
    reach: Width = Width.NONE
    """How far the first value stands from the people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message claims, what it takes back, and what it only mentions."""

    claims: tuple[Claim, ...]
    correction: bool
    earlier: tuple[Value, ...]
    denied: tuple[Value, ...]


def claims_of(tokens: Sequence[Token]) -> Answer:
    """Read the tokens from left to right."""
    reader = _Reader()
    for token in tokens:
        reader.read(token)
    reader.close()
    return Answer(tuple(reader.claims), reader.correction, tuple(reader.earlier), tuple(reader.denied))


class _Reader:
    """One claim under construction: people, then what is said of them, then values; the next name starts another."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.earlier: list[Value] = []
        self.denied: list[Value] = []
        self.correction = False
        self._past = False
        self._held: Word | None = None  # the last word that may change the very next value
        self._gone = Width.NONE  # how far it is back to the last person or value
        self._start()

    def _start(self) -> None:
        self._people: list[Named] = []
        self._values: list[Value] = []
        self._shared = self._said = self._retracted = False
        self._excepted: Kind | None = None
        self._doubt = self._doubtful = False
        self._talk: Word | None = None
        self._distance, self._reach = Width.SENTENCE, Width.NONE

    def close(self, *, unmeasured: bool = False) -> None:
        """Finish the claim, if there is one."""
        if self._people or self._values:
            claim = Claim(
                people=tuple(self._people),
                values=tuple(self._values),
                shared=self._shared,
                excepted=self._excepted,
                doubtful=self._doubtful,
                talked_of=self._said and not self._values,
                unmeasured=unmeasured,
                distance=self._distance,
                reach=self._reach,
            )
            self.claims.append(claim)
        self._start()

    def read(self, token: Token) -> None:
        """Take the next token."""
        if isinstance(token, Value):
            self._value(token)
        elif isinstance(token, Gap):
            self._gap(token)
        elif isinstance(token, Name) or (isinstance(token, Word) and token.kind in _PEOPLE):
            self._person(token)
        elif isinstance(token, Word):
            self._word(token)

    def _value(self, value: Value) -> None:
        held, self._held = self._held, None
        kind = held.kind if held else None
        if held and kind is Kind.DENIAL:
            self.denied.append(replace(value, start=held.start))
            self.correction = True
            self._people = [one for one in self._people if one.start < held.start]
        elif self._past:
            self.earlier.append(value)
        else:
            if self._retracted:
                self._values.clear()
            self._reach = self._reach if self._values else self._gone
            self._values.append(self._qualified(value, held))
            self._gone = Width.NONE
            self._doubtful |= self._doubt
            self._said = self._retracted = False
            self._talk = None

    def _qualified(self, value: Value, held: Word | None) -> Value:
        """The value with what the words before it make of it."""
        match held.kind if held else None:
            case Kind.LIMIT if held:
                return replace(value, start=held.start, why=Why.INEXACT)
            case Kind.RANGE | Kind.OR as kind if self._values:
                why = Why.INEXACT if kind is Kind.RANGE else Why.TWICE
                return replace(value, start=self._values.pop().start, why=why)
        if self._talk:
            return replace(value, start=self._talk.start, end=self._talk.end, why=Why.UNKNOWN_NAME)
        return value

    def _gap(self, gap: Gap) -> None:
        self._gone = max(self._gone, gap.width)
        if _DASH.fullmatch(gap.marks) and self._values and self._values[-1].end == gap.start:
            self._held = Word(gap.start, gap.end, Kind.RANGE)
        elif gap.width >= Width.CLAUSE:
            self._held, self._past = None, False
            self._doubt |= self._talk is not None
            self._talk = None

    def _person(self, person: Named) -> None:
        excepted = None if self._people else self._excepted
        distance = Width.SENTENCE if self._said else self._gone
        if self._values or self._said:
            self.close()
        self._excepted = self._excepted or excepted
        if not (self._held and self._held.kind is Kind.DENIAL):  # 不是老大38.5, as well as 老大不是38.5
            self._held = None
        self._talk = None
        self._doubt = False
        self._join(person, distance)

    def _join(self, person: Named, distance: Width) -> None:
        if not self._people:
            self._distance = distance
        self._gone = Width.NONE
        self._people.append(person)

    def _word(self, word: Word) -> None:
        held = self._held
        if word.kind not in _TRANSPARENT:
            self._held = word
        match word.kind:
            case Kind.TALK:
                self._talk, self._said = word, True
            case Kind.PREDICATE:
                self._said = True
            case Kind.PAST | Kind.NOW:
                self._past = word.kind is Kind.PAST
            case Kind.CORRECTION:
                self.correction = self._said = True
                self._retracted = len(self._values) == 1
            case Kind.QUESTION if held is None and self._values and not self._people:
                asked = self._values.pop()
                self._values.append(replace(asked, why=asked.why or Why.WHO))
            case _:
                self._link(word)

    def _link(self, word: Word) -> None:
        match word.kind:
            case Kind.EACH:
                self._each(word)
            case Kind.EXCEPT | Kind.ONLY:
                if self._values or self._said or word.kind is Kind.ONLY:
                    self.close()
                self._excepted = word.kind
            case Kind.JOIN if self._talk:
                # 豆豆和爷爷: what is joined to a name is one.
                self._person(Word(self._talk.start, self._talk.end, Kind.STRANGER))
            case Kind.UNMEASURED if self._people and not self._values:
                self.close(unmeasured=True)
                self._doubt = True

    def _each(self, word: Word) -> None:
        if self._values:
            self.close()
        if self._people:
            self._shared = True
        else:
            self._join(Word(word.start, word.end, Kind.ALL), self._gone)
