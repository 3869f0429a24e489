"""The copies of a notice counted one by one: what every count must agree with."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models import Area, NoticeCopy
from services.receipts import Receipts


def recount(session: Session, notice_id: int, area_id: int) -> Receipts:
    """What the counts of a notice must be at an area, from its copies one by one."""
    node = session.get_one(Area, area_id)
    copy = NoticeCopy
    home = func.nullif(copy.household_id, 0)
    row = session.execute(
        select(
            func.count(),
            *(func.count(one) for one in (copy.sent_at, copy.read_at, copy.failed, copy.dropped_at)),
            func.count(home.distinct()),
            func.count(case((copy.read_at.is_not(None), home)).distinct()),
        )
        .join(Area, Area.id == copy.area_id)
        .where(copy.notice_id == notice_id, Area.path.startswith(node.path, autoescape=True))
    ).one()
    return Receipts(*map(int, row))
