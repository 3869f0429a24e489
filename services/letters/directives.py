"""A directive as a node sees it: the original and what was added, where it stands here, and how far it is below."""

from channels.port import Choice, Message
from models import Area, Directive, DirectiveStep
from rules.directives import ENDED, WAITING, Step
from rules.roles import Level
from services.areas import place
from services.directives.progress import Late, Progress, late, progress
from services.directives.wording import wording
from services.letters.notices import body_lines
from services.letters.paper import Paper, letter
from services.register import phone_of
from services.words import Lines

FEW = 4
"""For so many is waited by name in the message itself; a button shows the rest."""
MOST = 30
"""In a list: two screens of a phone."""


def directive(paper: Paper) -> Message:
    """The live message of whoever has it at a node, and of whoever issued it."""
    return _Told(paper).written()


def again(paper: Paper) -> Message | None:
    """Reminded; pointless once somebody has confirmed."""
    told = _Told(paper)
    if told.step.state not in {*WAITING, Step.GONE_PAST}:
        return told.written() if paper.message.edits_id is not None else None
    return told.written(paper.line("directive-reminded"))


def past(paper: Paper) -> Message | None:
    """To whoever stands above: where nobody confirmed in time. Pointless when all of them have by now."""
    told = _Told(paper)
    found = late(paper.session, told.directive.id, told.area, MOST, (Step.GONE_PAST,))
    head = paper.line("directive-number", number=told.directive.id)
    if not found:
        made_up = letter([head, paper.line("directive-past-none")])
        return made_up if paper.message.edits_id is not None else None
    key = "directive-past-urgent" if told.directive.urgent else "directive-past-below"
    return letter([head, paper.line(key, count=len(found)), *told.lines_of(found)], told.for_those_below())


def unheard(paper: Paper) -> Message | None:
    """The same to the operators and the city, when nobody above can be told: there is nothing for them to press."""
    told = _Told(paper)
    found = late(paper.session, told.directive.id, told.area, MOST, (Step.GONE_PAST,))
    head = paper.line("directive-number", number=told.directive.id)
    if not found:
        made_up = letter([head, paper.line("directive-past-none")])
        return made_up if paper.message.edits_id is not None else None
    author = paper.names([told.directive.author_id])
    said = paper.line("directive-past-unheard", count=len(found), area=told.area.name, author=author)
    return letter([head, said, *told.lines_of(found)])


def list_late(paper: Paper) -> Message:
    """Who below has not confirmed, by name and with a number to call."""
    told = _Told(paper)
    found = late(paper.session, told.directive.id, told.area, MOST)
    head = paper.line("directive-number", number=told.directive.id)
    if not found:
        return letter([head, paper.line("directive-late-none")])
    parts = [head, paper.line("directive-late-head", count=len(found)), *told.lines_of(found)]
    return letter(parts, [[paper.button(f"directive:remind:{told.step.id}", "directive-button-remind")]])


class _Told:
    """One message about one step, being written."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.step = paper.session.get_one(DirectiveStep, paper.subject)
        self.directive = paper.session.get_one(Directive, self.step.directive_id)
        self.area = paper.session.get_one(Area, self.step.area_id)
        self.is_last = self.area.level is Level.GRID
        self.is_origin = self.area.id == self.directive.area_id

    def written(self, first: Lines = ()) -> Message:
        """The whole."""
        below, choices = self._below()
        parts = [first] if first else []
        parts += [*self._original(), *self._here(), *below]
        return letter(parts, [*self._choices(), *choices])

    def _original(self) -> list[Lines]:
        said = wording(self.paper.session, self.directive, self.area.path)
        urgent = "yes" if self.directive.urgent else "no"
        time = self.paper.clock(self.directive.created_at)
        parts = [
            self.paper.line("directive-head", number=said.number, urgent=urgent),
            self.paper.line("directive-from", area=said.area, author=said.author, time=time),
            body_lines(said.body),
        ]
        for one in said.added:
            added = self.paper.line("directive-added", area=one.area, author=one.author)
            parts += [((),), added, body_lines(one.words)]
        return [*parts, ((),)]

    def _here(self) -> list[Lines]:
        """Where it stands at this node."""
        step, paper = self.step, self.paper
        until = paper.clock(step.ends_at) if step.ends_at else ""
        if self.is_origin:
            return [paper.line("directive-issued", urgent="yes" if self.directive.urgent else "no")]
        if step.state in WAITING:
            return [*self._instead(), paper.line(self._ask(), until=until, here=self._name())]
        parts = []
        if step.state in {Step.GONE_PAST, Step.LATE}:
            key = "directive-past-urgent-here" if self.directive.urgent else "directive-past-here"
            parts.append(paper.line(key, time=paper.clock(step.passed_at or paper.now), here=self._name()))
        if step.confirmed_by is not None and step.confirmed_at is not None:
            who = paper.names([step.confirmed_by])
            parts.append(paper.line("directive-confirmed", who=who, time=paper.clock(step.confirmed_at)))
        if step.state is Step.CONFIRMED:
            key = "directive-not-passed-doors" if self.is_last else "directive-not-passed"
            parts.append(paper.line(key, until=until))
        elif step.state is Step.DONE and step.passed_at and not self._only_confirms():
            key = "directive-passed-doors" if self.is_last else "directive-passed"
            parts.append(paper.line(key, time=paper.clock(step.passed_at)))
        return parts

    def _instead(self) -> list[Lines]:
        """That a deputy is asked now: to the deputy whose turn it was, to everybody else whose it is."""
        step = self.step
        if step.state is not Step.WITH_DEPUTY or step.person_id is None:
            return []
        if self.paper.account.person_id != step.person_id:
            return [self.paper.line("directive-with-deputy", who=self.paper.names([step.person_id]))]
        before = [one for one in step.told if one != step.person_id][-1:]
        return [self.paper.line("directive-deputy", who=self.paper.names(before))] if before else []

    def _name(self) -> str:
        return place(self.paper.session, self.area.id) if self.is_last else self.area.name

    def _only_confirms(self) -> bool:
        """Whether there is nothing to pass on: everybody has an urgent one, and below a grid there are doors only."""
        return self.directive.urgent or (self.is_last and not self.directive.to_doors)

    def _ask(self) -> str:
        if self.directive.urgent:
            return "directive-ask-urgent"
        if self._only_confirms():
            return "directive-ask-staff"
        return "directive-ask-doors" if self.is_last else "directive-ask"

    def _choices(self) -> list[list[Choice]]:
        """What whoever answers for the node can do."""
        number, state = self.step.id, self.step.state
        passes, adds = f"directive:pass:{number}", f"directive:words:{number}"
        if state is Step.GONE_PAST or (state in WAITING and self._only_confirms()):
            return [[self.paper.button(passes, "directive-button-confirm")]]
        if state in WAITING:
            key = "directive-button-pass-doors" if self.is_last else "directive-button-pass"
            return [[self.paper.button(passes, key)], [self.paper.button(adds, "directive-button-words")]]
        if state is Step.CONFIRMED:
            key = "directive-button-doors-now" if self.is_last else "directive-button-now"
            return [[self.paper.button(passes, key)], [self.paper.button(adds, "directive-button-add")]]
        return []

    def _below(self) -> tuple[list[Lines], list[list[Choice]]]:
        """How far it is at each level below, for whom it waits next, and what can be done about it."""
        if self.is_last or self.step.state not in ENDED:
            return [], []
        levels = progress(self.paper.session, self.directive.id, self.area)
        if not levels:
            return [], []
        parts = [self.paper.line("directive-below"), *(self._level(one) for one in levels)]
        if all(one.confirmed == one.nodes for one in levels):
            return [*parts, self.paper.line("directive-all-confirmed")], []
        if waiting := late(self.paper.session, self.directive.id, self.area, FEW, WAITING):
            parts += [self.paper.line("directive-waits"), *self.lines_of(waiting)]
        return parts, self.for_those_below()

    def _level(self, one: Progress) -> Lines:
        return self.paper.line(
            "directive-level",
            level=self.paper.word(f"board-level-{one.level.value}"),
            nodes=one.nodes,
            confirmed=one.confirmed,
            waiting=one.waiting,
            past=one.past,
        )

    def lines_of(self, found: list[Late]) -> list[Lines]:
        """Nodes that have not confirmed: where, who, and by which number they are called."""
        return [self._line(one) for one in found]

    def _line(self, one: Late) -> Lines:
        session = self.paper.session
        grid = one.area.level is Level.GRID
        where = place(session, one.area.id) if grid else one.area.name
        if one.person is None:
            return self.paper.line("directive-late-nobody", area=where)
        phone = phone_of(session, one.person) or self.paper.word("no-phone")
        return self.paper.line("directive-late-line", area=where, who=one.person.name, phone=phone)

    def for_those_below(self) -> list[list[Choice]]:
        """The ways to see who has not confirmed, and to have them reminded."""
        number = self.step.id
        return [
            [
                self.paper.button(f"directive:late:{number}", "directive-button-late"),
                self.paper.button(f"directive:remind:{number}", "directive-button-remind"),
            ]
        ]
