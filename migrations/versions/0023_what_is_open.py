"""what is open: an index that the lists and counts are answered from"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_UNFINISHED = sa.text("state <> 'closed'")


def upgrade() -> None:
    op.create_index(
        "ix_escalations_open",
        "escalations",
        ["grid_id", "kind", "state", "severity", "opened_at", "holder_id", "id"],
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )


def downgrade() -> None:
    op.drop_index("ix_escalations_open", "escalations")
