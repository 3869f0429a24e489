"""a round writes fewer indexes"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ACTIVE = sa.text("status = 'active'")
_ASKED_OUT = sa.text("status = 'active' AND next_at IS NULL")
_PENDING = sa.text("state = 'pending'")


def upgrade() -> None:
    op.drop_index("ix_quarantines_active", "quarantines")
    op.create_index(
        "ix_quarantines_asked_out", "quarantines", ["last_day"], sqlite_where=_ASKED_OUT, postgresql_where=_ASKED_OUT
    )
    op.drop_index("ix_report_requests_grid_id", "report_requests")
    op.drop_index("ix_report_requests_day", "report_requests")
    op.create_index("ix_report_requests_day", "report_requests", ["day", "grid_id"])
    op.drop_index("ix_outbox_pending", "outbox")


def downgrade() -> None:
    op.create_index(
        "ix_outbox_pending", "outbox", ["bot", "priority", "id"], sqlite_where=_PENDING, postgresql_where=_PENDING
    )
    op.drop_index("ix_report_requests_day", "report_requests")
    op.create_index("ix_report_requests_day", "report_requests", ["day"])
    op.create_index("ix_report_requests_grid_id", "report_requests", ["grid_id"])
    op.drop_index("ix_quarantines_asked_out", "quarantines")
    op.create_index(
        "ix_quarantines_active", "quarantines", ["last_day"], sqlite_where=_ACTIVE, postgresql_where=_ACTIVE
    )
