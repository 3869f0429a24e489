"""mentions: the records of which a message speaks beside the one that it is about"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mentions",
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("message_id", _BIG, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["outbox.id"], name="fk_mentions_message_id"),
        sa.PrimaryKeyConstraint("about", "message_id", name="pk_mentions"),
    )
    op.create_index("ix_mentions_message_id", "mentions", ["message_id"])


def downgrade() -> None:
    op.drop_table("mentions")
