"""the duty roster"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("appointments", sa.Column("on_until", _MOMENT, nullable=True))
    op.create_table(
        "shifts",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", _BIG, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("weekday", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_shifts_person_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_shifts_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
    )
    op.create_index("ix_shifts_person_id", "shifts", ["person_id"])
    op.create_index("ix_shifts_area_id", "shifts", ["area_id"])
    op.create_table(
        "holidays",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area_id", _BIG, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_holidays_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_holidays"),
    )
    op.create_index("ix_holidays_day", "holidays", ["day"])
    op.create_table(
        "shift_times",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", _BIG, nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("look_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_shift_times_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_times"),
        sa.UniqueConstraint("person_id", name="uq_shift_times_person_id"),
    )
    op.create_index("ix_shift_times_look_at", "shift_times", ["look_at"])
    op.create_table(
        "duty_outlooks",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_duty_outlooks_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_outlooks"),
        sa.UniqueConstraint("area_id", name="uq_duty_outlooks_area_id"),
    )
    op.create_index("ix_duty_outlooks_next_at", "duty_outlooks", ["next_at"])


def downgrade() -> None:
    for table in ("duty_outlooks", "shift_times", "holidays", "shifts"):
        op.drop_table(table)
    op.drop_column("appointments", "on_until")
