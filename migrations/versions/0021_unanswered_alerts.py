"""unanswered alerts: who does not answer is passed over"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("unanswered", sa.Integer(), server_default="0", nullable=False))
    op.add_column("accounts", sa.Column("unanswered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("unanswered_at", "unanswered"):
        op.drop_column("accounts", name)
