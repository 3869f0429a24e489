"""what goes with a phrase, and whom a notice left out that was stopped"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("notice_phrases", sa.Column("file_id", _BIG, nullable=True))
    op.add_column("notices", sa.Column("left_out", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    op.drop_column("notices", "left_out")
    op.drop_column("notice_phrases", "file_id")
