"""reminders of holders: when somebody hears that an alarm in their hands is nearly over"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_WAITS = sa.text("state = 'taken' AND remind_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_escalations_remind_at", "escalations", ["remind_at"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )


def downgrade() -> None:
    op.drop_index("ix_escalations_remind_at", "escalations")
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.drop_column("remind_at")
