"""`/invite`: staff let people below themselves in (邀请)."""

from handlers.turn import Turn
from models import Area, Invite
from rules.mail import Priority
from rules.roles import Level, Role, is_held_at, roles_below
from services.areas import areas_below
from services.invites import make_invite, open_invites, withdraw
from services.mailbox import Button, post, turning
from services.staff import appointments

PAGE = 8
"""Areas on one screen of buttons."""


def begin(turn: Turn) -> None:
    """Whom: the roles below one's own; and the invites that are still open."""
    roles = dict.fromkeys(role for held, _ in _mine(turn) for role in roles_below(held))
    if not roles:
        turn.reply("staff-only")
        return
    buttons: list[list[Button]] = [
        [(f"invite:{role.value}:0", f"role-{role.value.replace('_', '-')}")] for role in roles
    ]
    if turn.person and open_invites(turn.session, turn.now, turn.person.id):
        buttons.append([("invites:0", "button-my-invites")])
    turn.reply("invite-whom", buttons=buttons)


def choose_area(turn: Turn, word: str, start: int) -> None:
    """Where: the areas of one's own at which that role is held; the only one is taken at once."""
    role = next((one for one in Role if one.value == word), None)
    areas = _areas(turn, role) if role else []
    if role is None or not areas:
        turn.reply("not-yours")
    elif len(areas) == 1:
        _how_many(turn, role, areas[0])
    else:
        page: list[list[Button]] = [
            [(f"invitein:{role.value}:{area.id}", "button-area", {"name": area.name})]
            for area in areas[start : start + PAGE]
        ]
        pages = turning(lambda at: f"invite:{word}:{at}", start, PAGE, more=start + PAGE < len(areas))
        turn.reply("invite-where", buttons=[*page, pages] if pages else page)


def choose(turn: Turn, word: str, area_id: int) -> None:
    """The area is chosen."""
    role = next((one for one in Role if one.value == word), None)
    area = next((one for one in (_areas(turn, role) if role else []) if one.id == area_id), None)
    if role is None or area is None:
        turn.reply("not-yours")
    else:
        _how_many(turn, role, area)


def _how_many(turn: Turn, role: Role, area: Area) -> None:
    if role.is_staff:
        make(turn, role.value, area.id, many=False)
        return
    one, many = f"makeinvite:{role.value}:{area.id}:one", f"makeinvite:{role.value}:{area.id}:many"
    turn.reply(
        "invite-how-many",
        {"area": area.name},
        [[(one, "button-invite-one")], [(many, "button-invite-many")]],
    )


def make(turn: Turn, word: str, area_id: int, *, many: bool) -> None:
    """The invite, as a link and a code to scan."""
    role = next((one for one in Role if one.value == word), None)
    area = next((one for one in (_areas(turn, role) if role else []) if one.id == area_id), None)
    if turn.person is None or role is None or area is None or (many and role.is_staff):
        turn.reply("not-yours")
        return
    made = make_invite(turn.session, turn.now, role=role, area=area, max_uses=None if many else 1, by=turn.person.id)
    post(turn.session, turn.now, turn.account, Priority.REPLY, "invited", about=f"invite:{made.id}")


def show_open(turn: Turn) -> None:
    """One's own invites that still let somebody in, each with a button that withdraws it."""
    mine = open_invites(turn.session, turn.now, turn.person.id) if turn.person else []
    if not mine:
        turn.reply("invites-none")
        return
    buttons: list[list[Button]] = []
    for one in mine[:PAGE]:
        area = turn.session.get_one(Area, one.area_id)
        role = turn.words.text(f"role-{one.role.value.replace('_', '-')}")
        buttons.append([(f"uninvite:{one.id}", "button-withdraw", {"area": area.name, "role": role, "uses": one.uses})])
    turn.reply("invites-open", {"count": len(mine)}, buttons)


def take_back(turn: Turn, number: int) -> None:
    """Withdraws one's own invite."""
    row = turn.session.get(Invite, number)
    if row is None or turn.person is None or row.created_by != turn.person.id:
        turn.reply("not-yours")
        return
    withdraw(turn.session, turn.now, row, turn.person.id)
    turn.reply("invite-gone")


def _mine(turn: Turn) -> list[tuple[Role, Area]]:
    held = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    return [(one.role, area) for one, area in held]


def _areas(turn: Turn, role: Role) -> list[Area]:
    """Where this person may let somebody in as that: in their own areas, and only below their own role."""
    paths = [area.path for held, area in _mine(turn) if role in roles_below(held)]
    levels = [level for level in Level if is_held_at(role, level)] or [Level.GRID]
    return [area for level in levels for area in areas_below(turn.session, paths, level)]
