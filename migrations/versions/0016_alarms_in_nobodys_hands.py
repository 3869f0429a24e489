"""alarms in nobody's hands stand in an index of their own, which is to be empty"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_IN_NOBODYS_HANDS = sa.text("state <> 'closed' AND (next_at IS NULL OR (state = 'taken') <> (holder_id IS NOT NULL))")


def upgrade() -> None:
    op.create_index(
        "ix_escalations_in_nobodys_hands",
        "escalations",
        ["id"],
        sqlite_where=_IN_NOBODYS_HANDS,
        postgresql_where=_IN_NOBODYS_HANDS,
    )


def downgrade() -> None:
    op.drop_index("ix_escalations_in_nobodys_hands", "escalations")
