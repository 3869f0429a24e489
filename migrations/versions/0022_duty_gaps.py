"""grids with nobody on duty"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_OFF_DUTY = sa.text("NOT on_duty")
_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "duty_gaps",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("grid_id", _BIG, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("seen_to_by", _BIG, nullable=True),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["areas.id"], name="fk_duty_gaps_grid_id"),
        sa.ForeignKeyConstraint(["seen_to_by"], ["people.id"], name="fk_duty_gaps_seen_to_by"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_gaps"),
    )
    op.create_index(
        "ix_duty_gaps_one_open", "duty_gaps", ["grid_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index(
        "ix_appointments_off_duty", "appointments", ["area_id"], sqlite_where=_OFF_DUTY, postgresql_where=_OFF_DUTY
    )


def downgrade() -> None:
    op.drop_index("ix_appointments_off_duty", "appointments")
    op.drop_table("duty_gaps")
