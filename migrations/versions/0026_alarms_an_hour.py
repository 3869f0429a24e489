"""alarms an hour: what counts for the hour of whoever is told"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_COUNTED = sa.text("counted AND edits_id IS NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_outbox_counted", "outbox", ["account_id", "sent_at"], sqlite_where=_COUNTED, postgresql_where=_COUNTED
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_counted", "outbox")
    op.drop_column("outbox", "counted")
