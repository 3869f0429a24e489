"""what waits: messages that are due later stand in an index of their own"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_DUE = sa.text("state = 'pending' AND NOT waits")
_WAITS = sa.text("state = 'pending' AND waits")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("waits", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_outbox_due", "outbox", ["bot", "priority", "id"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.create_index(
        "ix_outbox_waits", "outbox", ["bot", "priority", "due_at"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_waits", "outbox")
    op.drop_index("ix_outbox_due", "outbox")
    op.drop_column("outbox", "waits")
