"""`/family`: who is in the register behind one's door, seen and corrected, and who of them is asked (家人)."""

from handlers.filling import Forms
from handlers.turn import Turn
from models import Household
from rules.errors import NotAllowedError
from rules.family import Part
from services import family
from services.family import Member, family_of
from services.mailbox import Button, in_rows
from services.phones import calls_here, households_of, speak_no_more


def show(turn: Turn) -> None:
    """Every household that this chat answers for, each member with a button that opens them."""
    homes = households_of(turn.session, turn.account)
    if not homes:
        turn.reply("not-joined")
        return
    for home in homes:
        _show_home(turn, home)
    spoken_for = list(calls_here(turn.session, turn.account))
    if spoken_for:
        stop: list[list[Button]] = [
            [(f"notfor:{one}", "button-not-for", {"name": turn.names([one])})] for one in spoken_for
        ]
        turn.reply("spoken-for", {"names": turn.names(spoken_for)}, stop)


def _show_home(turn: Turn, home: Household) -> None:
    everybody = family_of(turn.session, turn.now, home.id)
    lines = [f"{at}. {line_of(turn, one)}" for at, one in enumerate(everybody, 1)]
    opens: list[Button] = [
        (f"fam:show:{one.person.id}", "button-family-member", {"name": one.person.name}) for one in everybody
    ]
    rows = in_rows(opens, 2)
    rows.append([(f"fam:add:{home.id}", "button-family-add")])
    turn.reply("family", {"lines": "\n".join(lines), "room": home.room}, rows)


def line_of(turn: Turn, one: Member) -> str:
    """A member in one line: name, nickname, relation, whether they stand for the family, and who is asked."""
    words, resident = turn.words, one.resident
    called = words.text("family-called", {"call": resident.nickname}) if resident.nickname else ""
    head = words.text("family-is-head") if resident.heads else ""
    parts = [f"{one.person.name}{called}", resident.relation, head, words.text(_state_of(one), _age(one))]
    return " · ".join(part for part in parts if part)


def _state_of(one: Member) -> str:
    if one.is_child:
        return "family-minor" if one.age is not None else "family-child"
    if not one.joined:
        return "family-not-joined"
    return "family-asked" if one.is_asked else "family-left-alone"


def _age(one: Member) -> dict[str, str | int | float]:
    return {"age": one.age} if one.age is not None else {}


def open_member(turn: Turn, person_id: int) -> None:
    """One member, with what can be corrected."""
    found = theirs(turn, person_id)
    if found is None or turn.person is None:
        return
    _, one = found
    number = one.person.id
    rows: list[list[Button]] = [
        [(f"fam:name:{number}", "button-family-name"), (f"fam:relation:{number}", "button-family-relation")],
        [(f"fam:call:{number}", "button-family-call")],
    ]
    if not one.resident.heads and not one.is_child:
        rows[1].append((f"fam:head:{number}", "button-family-head"))
    rows.append(_asking(turn, one))
    if number != turn.person.id:
        rows.append([(f"fam:out:{number}", "button-family-out")])
    turn.reply("family-member", {"line": line_of(turn, one)}, [row for row in rows if row])


def _asking(turn: Turn, one: Member) -> list[Button]:
    number, own = one.person.id, turn.person is not None and turn.person.id == one.person.id
    found: list[Button] = []
    if one.is_asked:
        found.append((f"fam:quiet:{number}", "button-family-quiet-me" if own else "button-family-quiet"))
    elif own and not one.is_child:
        found.append((f"fam:ask:{number}", "button-family-ask-me"))
    if one.age is None and not own:
        found.append((f"fam:grown:{number}", "button-family-grown") if one.is_child else _child(number))
    return found


def _child(number: int) -> Button:
    return f"fam:child:{number}", "button-family-child"


def theirs(turn: Turn, person_id: int) -> tuple[Household, Member] | None:
    """Somebody of a household that this chat answers for, when an adult asks; else that is said."""
    for home in households_of(turn.session, turn.account):
        everybody = {one.person.id: one for one in family_of(turn.session, turn.now, home.id)}
        if person_id not in everybody or turn.person is None:
            continue
        asking = everybody.get(turn.person.id)
        if asking and asking.is_child:
            turn.reply("family-adults-only")
            return None
        return home, everybody[person_id]
    turn.reply("not-yours")
    return None


def press(turn: Turn, forms: Forms, what: str, number: int) -> None:
    """One of the buttons of `/family`."""
    if what == "show":
        open_member(turn, number)
    elif what in ("name", "relation", "call"):
        if theirs(turn, number):
            forms.start(turn, f"family_{what}", {"person": number})
    elif what == "add":
        if number in {home.id for home in households_of(turn.session, turn.account)}:
            forms.start(turn, "family_add", {"home": number})
        else:
            turn.reply("not-yours")
    elif found := theirs(turn, number):
        _change(turn, what, *found)


def _change(turn: Turn, what: str, home: Household, one: Member) -> None:
    by, session, now = turn.person.id if turn.person else 0, turn.session, turn.now
    try:
        match what:
            case "head" if not one.is_child:
                family.put_at_the_head(session, now, by, home, one)
            case "quiet":
                family.leave_alone(session, now, by, home, one, Part.LEFT_ALONE)
            case "child" if one.age is None and by != one.person.id:
                family.leave_alone(session, now, by, home, one, Part.CHILD)
            case "grown" if one.age is None and by != one.person.id:
                family.ask_too(session, now, by, home, one)
            case "ask" if by == one.person.id and not one.is_child:
                family.ask_too(session, now, by, home, one)
            case "out" | "outyes":
                _take_out(turn, home, one, sure=what == "outyes")
                return
            case _:
                turn.reply("form-gone")
                return
    except NotAllowedError:
        turn.reply("family-somebody-stays")
        return
    again(turn, one.person.id)


def again(turn: Turn, person_id: int) -> None:
    """The member as they stand after a change."""
    found = theirs(turn, person_id)
    if found:
        turn.reply("family-done", {"line": line_of(turn, found[1])})


def _take_out(turn: Turn, home: Household, one: Member, *, sure: bool) -> None:
    args: dict[str, str | int | float] = {"name": one.person.name, "room": home.room}
    if not sure:
        yes: list[list[Button]] = [[(f"fam:outyes:{one.person.id}", "button-family-out-yes", {"name": args["name"]})]]
        turn.reply("family-out-sure", args, yes)
        return
    try:
        family.take_out(turn.session, turn.now, turn.person.id if turn.person else 0, home, one)
    except NotAllowedError:
        turn.reply("family-out-held", args)
    else:
        turn.reply("family-out-done", args)


def stop_speaking_for(turn: Turn, person_id: int) -> None:
    """This chat is not asked for that person's household any more."""
    if not speak_no_more(turn.session, turn.now, turn.account, person_id):
        turn.reply("form-gone")
        return
    turn.reply("spoken-for-no-more", {"name": turn.names([person_id])})
