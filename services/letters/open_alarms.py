"""`/alerts`: what is open in the reader's areas, a page at a time; what they choose changes the message in place."""

from collections import Counter
from collections.abc import Iterable, Sequence

from channels.port import Choice, Message
from models import Area
from rules.escalation import Kind
from rules.open_alarms import PAGE, Picking, View, Whose, read_view
from rules.roles import Level, covers
from services.areas import line_above, look_up_lines, numbers, whereabouts
from services.clusters import fevers_of, people_of
from services.dossier import heads_of
from services.letters.paper import Paper, letter
from services.mailbox import in_rows
from services.open_alarms import Shown, Tally, page, scope, tallies
from services.staff import paths
from services.words import Lines

FEW = 3
"""So many are seen at a glance: there is nothing to choose."""
MOST_PICKED = 16
"""Areas to choose from at once, those with most in nobody's hands first; a part of them leads to the rest."""


def open_alarms(paper: Paper) -> Message:
    """The list, or what it can be narrowed to, under the counts of what is in nobody's hands."""
    reader = paper.account.person_id or 0
    mine = paths(paper.session, paper.now, reader)
    every = tallies(paper.session, mine, reader)
    if not every:
        return letter([paper.line("alarms-none")])
    view = read_view(str(paper.message.args["view"]).split(":"))
    return _Listing(paper, view, mine, every).written()


class _Listing:
    """One view of what is open, being written."""

    def __init__(self, paper: Paper, view: View, mine: Sequence[str], every: Sequence[Tally]) -> None:
        self.paper, self.mine, self.every = paper, mine, every
        self.paths = scope(paper.session, mine, view.area)
        self.here = [one for one in every if any(covers(path, one.path) for path in self.paths)]
        total = self._sum(view.whose, view.kind)
        self.view = view.but(start=min(view.start, max(0, total - 1) // PAGE * PAGE), picking=view.picking)
        self.total = total

    def written(self) -> Message:
        """What is shown now."""
        if self.view.picking is Picking.KIND:
            return letter([*self._head(), self.paper.line("alarms-pick-kind")], self._kinds())
        if self.view.picking is Picking.AREA:
            return letter([*self._head(), self.paper.line("alarms-pick-area")], self._areas())
        shown = page(self.paper.session, self.paths, self.view, self.paper.account.person_id or 0)
        rows: list[list[Choice]] = in_rows(
            [
                self.paper.button(f"show:{one.alarm.id}", "digest-button", index=at)
                for at, one in enumerate(shown, self.view.start + 1)
            ],
            4,
        )
        return letter([*self._head(), *self._lines(shown)], [*rows, self._turning(), *self._choosing()])

    def _head(self) -> list[Lines]:
        parts = [self.paper.word(f"alarms-whose-{self.view.whose.name.lower()}")]
        if self.view.kind is not None:
            parts.append(self._kind(self.view.kind))
        if self.view.area is not None and self.paths:
            parts.append(self.paper.session.get_one(Area, self.view.area).name)
        what = " · ".join(parts)
        if self.view.whose is not Whose.ANYBODYS:
            return [self.paper.line("alarms-head-some", what=what, count=self.total)]
        waiting = self._sum(Whose.NOBODYS, self.view.kind)
        return [self.paper.line("alarms-head", what=what, count=self.total, waiting=waiting)]

    def _kind(self, kind: Kind) -> str:
        return self.paper.word(f"kind-{kind.value.replace('_', '-')}")

    def _lines(self, shown: Sequence[Shown]) -> list[Lines]:
        homes = [one.household for one in shown if one.household is not None]
        look_up_lines(self.paper.session, {*(home.area_id for home in homes), *(one.alarm.grid_id for one in shown)})
        heads = heads_of(self.paper.session, [home.id for home in homes])
        return [self._line(at, one, heads) for at, one in enumerate(shown, self.view.start + 1)]

    def _line(self, index: int, one: Shown, heads: dict[int, str]) -> Lines:
        room = one.household.room if one.household else ""
        name = one.person.name if one.person else heads.get(one.household.id, room) if one.household else ""
        if one.alarm.kind is Kind.CLUSTER:
            name = self.paper.word("cluster-people", count=len(people_of(fevers_of(self.paper.session, one.alarm))))
        return self.paper.line(
            f"alarms-line-{one.alarm.state.value}",
            index=index,
            what=" ".join(part for part in (self._kind(one.alarm.kind), name) if part),
            where=self._where(one),
            age=self.paper.age(one.alarm.opened_at),
            who=one.holder.name if one.holder else "",
        )

    def _where(self, one: Shown) -> str:
        """From the grid down; for whoever sees several communities with the community's name before it."""
        line = line_above(self.paper.session, one.alarm.grid_id)
        where = whereabouts(self.paper.session, one.alarm.household_id, one.alarm.place_id)
        community = [
            area.name
            for area in line[:-1]  # what is about a whole community has its name already
            if area.level is Level.COMMUNITY and area.path not in self.mine
        ]
        above = any(line[at].path in self.mine for at in range(len(line)) if line[at].level.depth < _COMMUNITY)
        return " ".join([*community, where]) if above else where

    def _turning(self) -> list[Choice]:
        view, turning = self.view, []
        if view.start:
            turning.append(self._button(view.but(start=view.start - PAGE), "button-earlier"))
        if view.start + PAGE < self.total:
            turning.append(self._button(view.but(start=view.start + PAGE), "button-later"))
        return turning

    def _choosing(self) -> list[list[Choice]]:
        """In whose hands; which kind; where: only what leaves something out."""
        if self._sum(Whose.ANYBODYS, None, self.every) <= FEW and not self.view.narrowed:
            return []
        hands = [
            self._button(
                self.view.but(whose=whose),
                f"alarms-button-{whose.name.lower()}",
                count=self._sum(whose, self.view.kind),
                chosen="yes" if whose is self.view.whose else "no",
            )
            for whose in Whose
        ]
        return [hands, self._pickers()]

    def _pickers(self) -> list[Choice]:
        view, found = self.view, []
        if view.kind is not None:
            found.append(self._button(view.but(picking=Picking.KIND), "alarms-picked", name=self._kind(view.kind)))
        elif len(self._by_kind()) > 1:
            found.append(self._button(view.but(picking=Picking.KIND), "alarms-by-kind"))
        if view.area is not None and self.paths:
            name = _name(self.paper, view.area)
            found.append(self._button(view.but(picking=Picking.AREA), "alarms-picked", name=name))
        elif len(self._by_area()) > 1:
            found.append(self._button(view.but(picking=Picking.AREA), "alarms-by-area"))
        return found

    def _by_kind(self) -> dict[Kind, int]:
        found: Counter[Kind] = Counter()
        for one in self.here:
            found[one.kind] += one.of(self.view.whose)
        return {kind: found[kind] for kind in Kind if found[kind]}

    def _kinds(self) -> list[list[Choice]]:
        each = [
            self._button(self.view.but(kind=kind), "alarms-pick", name=self._kind(kind), count=count)
            for kind, count in self._by_kind().items()
        ]
        return [*in_rows(each, 2), [self._button(self.view.but(kind=None), "alarms-all-kinds")]]

    def _by_area(self) -> dict[int, int]:
        """By area one level below: what is open there of what is looked at, the most in nobody's hands first."""
        tops = self.paths if len(self.paths) == 1 else []
        counts: Counter[int] = Counter()
        waiting: Counter[int] = Counter()
        for one in self.here:
            if self.view.kind in (None, one.kind) and (number := _below(one.path, tops, self.paths)):
                counts[number] += one.of(self.view.whose)
                waiting[number] += one.waiting
        return {one: counts[one] for one in sorted(counts, key=lambda one: (-waiting[one], one)) if counts[one]}

    def _areas(self) -> list[list[Choice]]:
        shown = list(self._by_area().items())[:MOST_PICKED]
        look_up_lines(self.paper.session, [number for number, _ in shown])
        each = [
            self._button(self.view.but(area=number), "alarms-pick", name=_name(self.paper, number), count=count)
            for number, count in shown
        ]
        back = [self._button(self.view.but(area=None), "alarms-all-areas")]
        return [*in_rows(each, 2), back]

    def _sum(self, whose: Whose, kind: Kind | None, among: Iterable[Tally] | None = None) -> int:
        return sum(one.of(whose) for one in (self.here if among is None else among) if kind in (None, one.kind))

    def _button(self, view: View, label: str, **args: str | int) -> Choice:
        # The message that is to change, so that a press finds it again.
        number = self.paper.message.edits_id or self.paper.message.id
        return self.paper.button(f"alarms:{view.written()}:{number}", label, **args)


_COMMUNITY = Level.COMMUNITY.depth


def _name(paper: Paper, number: int) -> str:
    return paper.session.get_one(Area, number).name


def _below(path: str, top: Sequence[str], every: Sequence[str]) -> int | None:
    """The area under `top` that a grid lies in; of several subtrees the one itself; None for a grid alone."""
    if top:
        rest = path[len(top[0]) :]
        return numbers(rest)[0] if rest else None
    return next((numbers(one)[-1] for one in every if covers(one, path)), None)
