"""who answers: who of a household is asked, who stands for it, and what a family calls somebody"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("residents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(length=32), nullable=False, server_default="asked"))
        batch_op.add_column(sa.Column("heads", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("nickname", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("residents", schema=None) as batch_op:
        batch_op.drop_column("nickname")
        batch_op.drop_column("heads")
        batch_op.drop_column("part")
