"""What goes on below a node: to the nodes there, and from a grid to its households, once whatever runs twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from models import Account, Area, Directive, DirectiveStep, Notice
from models.db import insert_into
from models.statements import among, given, rows_changed
from rules.directives import NODES, Step
from rules.roles import Level
from services.directives.wording import for_the_doors, wordings
from services.notices import publish


def go_below(session: Session, now: datetime, steps: Sequence[int]) -> int:
    """The nodes right below these get a directive of their own step, and the households of the grids among them their
    notice; how many of both. Few statements, however many there are.
    """
    coming = {"told": literal([], DirectiveStep.__table__.c.told.type)}
    fixed = {"state": Step.COMING, "tells": 0, "words": "", "next_at": now}
    columns = DirectiveStep.__table__.c
    values = coming | {name: literal(value, columns[name].type) for name, value in fixed.items()}
    rows = (
        select(DirectiveStep.directive_id, Area.id, *(one.label(name) for name, one in values.items()))
        .join(Area, Area.parent_id == DirectiveStep.area_id)
        .where(among(session, DirectiveStep.id, steps), Area.level.in_(NODES))
        .order_by(Area.id)
    )
    insert = insert_into(session, DirectiveStep).from_select(["directive_id", "area_id", *values], rows)
    made = rows_changed(session, insert.on_conflict_do_nothing())
    return made + _to_the_doors(session, now, steps)


def everywhere(session: Session, now: datetime, directive: Directive, path: str) -> int:
    """Every node of an urgent directive at once; how many."""
    columns = DirectiveStep.__table__.c
    fixed = {"directive_id": directive.id, "state": Step.COMING, "told": [], "tells": 0, "words": "", "next_at": now}
    rows = (
        select(Area.id, *(literal(value, columns[name].type).label(name) for name, value in fixed.items()))
        .where(Area.path.startswith(path, autoescape=True), Area.level.in_(NODES), Area.path != path)
        .order_by(Area.path)
    )
    insert = insert_into(session, DirectiveStep).from_select(["area_id", *fixed], rows)
    return rows_changed(session, insert.on_conflict_do_nothing())


def _to_the_doors(session: Session, now: datetime, steps: Sequence[int]) -> int:
    """Grids that nobody passed on: their notices are put down, and spread by their own tick."""
    rows = session.execute(
        select(DirectiveStep.id, Area, Directive)
        .join(Area, Area.id == DirectiveStep.area_id)
        .join(Directive, Directive.id == DirectiveStep.directive_id)
        .where(among(session, DirectiveStep.id, steps), Area.level == Level.GRID)
        .where(Directive.to_doors, ~Directive.urgent)
    ).all()
    if not rows:
        return 0
    said = wordings(session, {number: (directive, area.path) for number, area, directive in rows})
    texts = for_the_doors(session, [said[number] for number, _, _ in rows])
    notices = [
        {
            "author_id": directive.author_id,
            "area_id": area.id,
            "body": text,
            "directive_id": directive.id,
            "is_order": True,
            "spread_at": now,
            "spread_to": 0,
            "created_at": now,
        }
        for (_, area, directive), text in zip(rows, texts, strict=True)
    ]
    source = given(session, Notice, notices)
    insert = insert_into(session, Notice).from_select(list(notices[0]), select(source).where(literal(True)))
    return rows_changed(session, insert.on_conflict_do_nothing())


def give_to_households(session: Session, now: datetime, directive: Directive, area: Area, account: Account) -> None:
    """A notice to every household below an area, as an order: whoever passes it on sees its receipts."""
    said = wordings(session, {0: (directive, area.path)})[0]
    publish(
        session,
        now,
        author_id=account.person_id or directive.author_id,
        account=account,
        area=area,
        body=for_the_doors(session, [said])[0],
        directive_id=directive.id,
    )


def has_its_notice(session: Session, directive_id: int, area_id: int) -> bool:
    """Whether the households of an area have got it."""
    mine = select(Notice.id).filter_by(directive_id=directive_id, area_id=area_id)
    return session.scalar(mine) is not None
