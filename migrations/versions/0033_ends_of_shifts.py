"""shift_ends: what somebody still has in hand when their shift ends, and who gets it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_DUE = sa.text("give_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "shift_ends",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", _BIG, nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves", sa.String(length=32), nullable=True),
        sa.Column("taker_id", _BIG, nullable=True),
        sa.Column("give_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alarms", _JSON, nullable=False),
        sa.Column("given", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_shift_ends_person_id"),
        sa.ForeignKeyConstraint(["taker_id"], ["people.id"], name="fk_shift_ends_taker_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_ends"),
        sa.UniqueConstraint("person_id", "ends_at", name="uq_shift_ends_person_id_ends_at"),
    )
    op.create_index("ix_shift_ends_give_at", "shift_ends", ["give_at"], sqlite_where=_DUE, postgresql_where=_DUE)


def downgrade() -> None:
    op.drop_table("shift_ends")
