"""declarations: what returnees say of themselves, and what was decided upon it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_WAITING = sa.text("status = 'waiting'")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_OTHERS = {"account_id": "accounts", "person_id": "people", "household_id": "households", "decided_by": "people"}


def upgrade() -> None:
    op.create_table(
        "declarations",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("account_id", _BIG, nullable=False),
        sa.Column("person_id", _BIG, nullable=False),
        sa.Column("household_id", _BIG, nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("whole_household", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("decided_by", _BIG, nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_declarations_{column}")
            for column, table in _OTHERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_declarations"),
    )
    op.create_index(
        "ix_declarations_waiting", "declarations", ["next_at"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    op.create_index("ix_declarations_household", "declarations", ["household_id"])


def downgrade() -> None:
    op.drop_table("declarations")
