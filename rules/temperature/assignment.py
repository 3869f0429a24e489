"""Giving every value to exactly one member, or saying what has to be asked."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rules.temperature.answers import Why
from rules.temperature.people import Everyone, Person
from rules.temperature.said import NotUnderstoodError, Said
from rules.temperature.tokens import Value, Width
from rules.temperature.words import Kind


class Assignment:
    """The values given so far. The order: named ones, then one without a name, then 其他人, then 全家."""

    def __init__(self, members: Sequence[int], speaker: int | None, unnamed: Sequence[int] | None = None) -> None:
        """`unnamed`: those for whom values without a name may be, in their order; None for every member."""
        self._members = tuple(members)
        self._unnamed = self._members if unnamed is None else tuple(unnamed)
        self._speaker = speaker if speaker in self._members else None
        self._given: dict[int, Value] = {}
        self._exceptions: set[int] = set()

    def give(self, said: Sequence[Said]) -> dict[int, Decimal]:
        """All values of the message by member, in °C.

        Raises NotUnderstoodError with the first thing that is open.
        """
        valued = [one for one in said if one.values]
        for one in valued:
            self._check(one)
        many = [one for one in valued if _of_many(one)]
        if many:
            self._leave_out(one for one in said if one.claim.unmeasured)
        for one in valued:
            if one.people and one not in many:
                self._named(one)
        for one in valued:
            if not one.people:
                self._bare(one, alone=len(valued) == 1, then=_after(said, one))
        for one in sorted(many, key=lambda one: not _is_rest(one)):
            self._many(one)
        return {member: value.celsius for member, value in self._given.items()}

    def _check(self, one: Said) -> None:
        for value in one.values:
            if value.why:
                raise NotUnderstoodError(value.why, value.start, value.end)
        if one.claim.doubtful and len(self._members) > 1:
            raise NotUnderstoodError(Why.WHO, one.values[0].start, one.values[-1].end)

    def _named(self, one: Said) -> None:
        people = tuple(_sole(person) for person in one.people if isinstance(person, Person))
        if _is_all_but(one):
            people = tuple(member for member in self._members if member not in people)
        elif one.claim.excepted:
            self._exceptions.update(people)
        if len(people) == 1:
            people *= len(one.values)
        self._pair(one, people, shared=one.claim.shared or _is_all_but(one))

    def _bare(self, one: Said, *, alone: bool, then: Said | None) -> None:
        if not self._unnamed:
            raise one.unclear(Why.WHO)
        if len(self._members) == 1:
            self._pair(one, self._members * len(one.values), shared=False)
        elif alone and len(one.values) > 1:
            self._pair(one, self._unnamed, shared=False)
        elif len(one.values) > 1 or self._speaker not in self._unnamed or self._speaker in self._given:
            raise one.unclear(Why.WHO)
        elif then and _could_be_for(then, self._speaker):
            raise NotUnderstoodError(Why.WHO, one.values[0].start, then.people[-1].end)
        else:
            self._put(self._speaker, one.values[0])

    def _leave_out(self, unmeasured: Iterable[Said]) -> None:
        """爷爷没量，其他人都36.5: who has no value is not among the others."""
        for one in unmeasured:
            known = (person for person in one.people if isinstance(person, Person) and person.members)
            self._exceptions.update(map(_sole, known))

    def _many(self, one: Said) -> None:
        left_out = self._exceptions | (self._given.keys() if _is_rest(one) else set())
        members = tuple(member for member in self._unnamed if member not in left_out)
        vague = all(person.kind is Kind.OURS for person in one.people if isinstance(person, Everyone))
        if not members or (vague and not one.claim.shared and len(self._members) > 1):
            raise one.unclear(Why.WHO)
        self._pair(one, members, shared=True)

    def _pair(self, one: Said, members: Sequence[int], *, shared: bool) -> None:
        values = one.values * len(members) if shared and len(one.values) == 1 else one.values
        if len(values) != len(members):
            raise one.unclear(Why.TOO_FEW if len(values) < len(members) else Why.TOO_MANY)
        for member, value in zip(members, values, strict=True):
            self._put(member, value)

    def _put(self, member: int, value: Value) -> None:
        known = self._given.setdefault(member, value)
        if known.celsius != value.celsius:
            raise NotUnderstoodError(Why.TWICE, min(known.start, value.start), max(known.end, value.end))


def _sole(person: Person) -> int:
    if not person.members:
        raise NotUnderstoodError(Why.UNKNOWN_NAME, person.start, person.end)
    if len(person.members) > 1:
        raise NotUnderstoodError(Why.WHO, person.start, person.end)
    return next(iter(person.members))


def _is_all_but(one: Said) -> bool:
    """除了爷爷都36.5."""
    return one.claim.excepted is Kind.EXCEPT and (one.claim.shared or one.everyone is not None)


def _of_many(one: Said) -> Everyone | None:
    return None if _is_all_but(one) else one.everyone


def _is_rest(one: Said) -> bool:
    many = _of_many(one)
    return many is not None and many.kind is Kind.REST


def _after(said: Sequence[Said], one: Said) -> Said | None:
    at = said.index(one) + 1
    return said[at] if at < len(said) else None


def _could_be_for(then: Said, speaker: int) -> bool:
    """Whether a value without a name could belong to those who are named behind it and have none."""
    if then.values or then.claim.unmeasured:
        return False
    own = all(isinstance(person, Person) and person.members == {speaker} for person in then.people)
    return not own and (then.claim.distance < Width.CLAUSE or not then.claim.talked_of)
