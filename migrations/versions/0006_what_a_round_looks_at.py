"""what a round looks at"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_PLANNED, _ACTIVE = sa.text("status = 'planned'"), sa.text("status = 'active'")
_DUE = sa.text("status = 'due'")


def upgrade() -> None:
    op.drop_index("ix_quarantines_status", "quarantines")
    op.create_index(
        "ix_quarantines_planned", "quarantines", ["first_day"], sqlite_where=_PLANNED, postgresql_where=_PLANNED
    )
    op.create_index(
        "ix_quarantines_active", "quarantines", ["last_day"], sqlite_where=_ACTIVE, postgresql_where=_ACTIVE
    )
    op.drop_index("ix_report_requests_due", "report_requests")
    for name, column in (("ix_report_requests_due", "miss_at"), ("ix_report_requests_to_remind", "remind_at")):
        op.create_index(name, "report_requests", [column, "grid_id"], sqlite_where=_DUE, postgresql_where=_DUE)
    with op.batch_alter_table("asked") as asked:
        asked.drop_constraint("fk_asked_request_id", type_="foreignkey")
        asked.drop_constraint("fk_asked_person_id", type_="foreignkey")
