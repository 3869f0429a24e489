"""edits that wait stand in an index of their own"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_EDITS = sa.text("state = 'pending' AND edits_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_outbox_edits_id", "outbox")
    op.create_index("ix_outbox_edits", "outbox", ["edits_id"], sqlite_where=_EDITS, postgresql_where=_EDITS)


def downgrade() -> None:
    op.drop_index("ix_outbox_edits", "outbox")
    op.create_index("ix_outbox_edits_id", "outbox", ["edits_id"])
