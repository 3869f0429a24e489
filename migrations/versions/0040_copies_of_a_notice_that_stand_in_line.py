"""copies of a notice that stand in line: their messages are written a little ahead of the bot that brings them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "notice_parts",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("notice_id", _BIG, nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("after_copy", _BIG, nullable=False),
        sa.Column("upto_copy", _BIG, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_parts"),
    )
    op.create_index("ix_notice_parts_next", "notice_parts", ["bot", "turn", "id"])
    op.create_index("ix_notice_parts_notice_id", "notice_parts", ["notice_id"])


def downgrade() -> None:
    op.drop_table("notice_parts")
