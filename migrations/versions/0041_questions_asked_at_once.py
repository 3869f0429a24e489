"""questions that ask the same are one topic; a photo that comes with one may be nobody's household's"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0041"
down_revision: str | None = "0040"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "last_topics",
        sa.Column("notice_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_last_topics_notice_id"),
        sa.PrimaryKeyConstraint("notice_id", name="pk_last_topics"),
    )
    with op.batch_alter_table("received_media") as table:
        table.alter_column("household_id", existing_type=_BIG, nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM received_media WHERE household_id IS NULL")
    with op.batch_alter_table("received_media") as table:
        table.alter_column("household_id", existing_type=_BIG, nullable=False)
    op.drop_table("last_topics")
