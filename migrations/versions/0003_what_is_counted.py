"""what is counted: given-up messages and unreachable accounts, few among many"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_GIVEN_UP = sa.text("state IN ('dead', 'rejected')")
_NOT_REACHABLE = sa.text("NOT reachable")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_given_up", "outbox", ["bot", "priority"], sqlite_where=_GIVEN_UP, postgresql_where=_GIVEN_UP
    )
    op.create_index(
        "ix_accounts_unreachable", "accounts", ["bot"], sqlite_where=_NOT_REACHABLE, postgresql_where=_NOT_REACHABLE
    )
