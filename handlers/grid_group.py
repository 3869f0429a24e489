"""A head and the grid's own group, talked over in private: bound, its reminders, unbound (群)."""

from handlers.turn import Turn
from models import Account, AccountKind, Area, GridGroup
from services.audit import record
from services.bots import link_to
from services.group_loss import unbind
from services.groups import bind, binding_link, group_bound, group_of, own_grids
from services.mailbox import Button, say


def begin(turn: Turn) -> None:
    """`/group`: of which grid, when there are several."""
    grids = own_grids(turn.session, turn.now, turn.person.id) if turn.person else []
    if not grids:
        turn.reply("group-not-allowed")
    elif len(grids) == 1:
        show(turn, grids[0])
    else:
        buttons: list[list[Button]] = [[(f"group:{grid.id}", "notice-area", {"name": grid.name})] for grid in grids]
        turn.reply("group-which", buttons=buttons)


def press(turn: Turn, rest: list[str]) -> None:
    """One of the buttons under `/group`: ``group:<grid>``, and what to do with its group."""
    grid = turn.session.get(Area, int(rest[0]))
    mine = {one.id for one in own_grids(turn.session, turn.now, turn.person.id)} if turn.person else set[int]()
    if grid is None or grid.id not in mine:
        turn.reply("not-yours")
        return
    bound = group_of(turn.session, grid.id)
    match rest[1:]:
        case ["link"]:
            _invite(turn, grid)
        case ["on" | "off" as wish] if bound:
            _switch_reminders(turn, bound, on=wish == "on")
        case ["unbind"] if bound and turn.person:
            unbind(turn.session, turn.now, bound, by=turn.person.id)
            turn.reply("group-unbound", {"area": grid.name})
        case ["swap", account_id]:
            _swap(turn, grid, int(account_id))
        case _:
            show(turn, grid)


def show(turn: Turn, grid: Area) -> None:
    """Whether a group is bound, and what can be done."""
    bound = group_of(turn.session, grid.id)
    if bound is None:
        _invite(turn, grid)
        return
    wish = "off" if bound.reminders_here else "on"
    buttons: list[list[Button]] = [
        [(f"group:{grid.id}:{wish}", f"group-button-{wish}")],
        [(f"group:{grid.id}:link", "group-button-other"), (f"group:{grid.id}:unbind", "group-button-unbind")],
    ]
    state = "group-state-on" if bound.reminders_here else "group-state-off"
    turn.reply(state, {"area": grid.name}, buttons)


def welcome(turn: Turn, grid: Area, account: Account) -> None:
    """Binds the chat to the grid: the group is greeted once, the head is told in private."""
    if turn.person is None:
        return
    bind(turn.session, turn.now, account, grid, turn.person.id)
    link = link_to(turn.session, account.bot)
    say(turn.session, turn.now, account, "group-hello", {"area": grid.name, "link": link})
    turn.reply("group-bound", {"area": grid.name}, [[(f"group:{grid.id}:on", "group-button-on")]])


def _invite(turn: Turn, grid: Area) -> None:
    person_id = turn.person.id if turn.person else 0
    link = binding_link(turn.session, turn.now, turn.account.bot, grid, person_id)
    if link:
        turn.reply("group-link", {"area": grid.name, "link": link})
    else:
        turn.reply("group-no-link")


def _switch_reminders(turn: Turn, bound: GridGroup, *, on: bool) -> None:
    bound.reminders_here = on
    actor = turn.person.id if turn.person else None
    record(turn.session, turn.now, actor_id=actor, act="group_reminders", subject=f"area:{bound.area_id}", on=on)
    turn.session.flush()
    show(turn, turn.session.get_one(Area, bound.area_id))


def _swap(turn: Turn, grid: Area, account_id: int) -> None:
    """The head was asked and says yes: the other group is the grid's from now on."""
    account = turn.session.get(Account, account_id)
    if account is None or account.kind is not AccountKind.GROUP or group_bound(turn.session, account):
        turn.reply("form-gone")
        return
    bound = group_of(turn.session, grid.id)
    if bound and turn.person:
        unbind(turn.session, turn.now, bound, by=turn.person.id)
    welcome(turn, grid, account)
