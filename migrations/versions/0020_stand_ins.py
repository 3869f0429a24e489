"""stand-ins: who asked whom, and the appointments that last as long"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_STANDS_IN = sa.text("stands_for IS NOT NULL")
_FOR = "fk_appointments_stands_for_people"


def upgrade() -> None:
    op.create_table(
        "stand_ins",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("giver_id", _BIG, nullable=False),
        sa.Column("taker_id", _BIG, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("plea", sa.String(32), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name="fk_stand_ins_giver_id"),
        sa.ForeignKeyConstraint(["taker_id"], ["people.id"], name="fk_stand_ins_taker_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stand_ins"),
    )
    op.create_index("ix_stand_ins_giver_id", "stand_ins", ["giver_id"])
    op.create_index("ix_stand_ins_taker_id", "stand_ins", ["taker_id"])
    with op.batch_alter_table("appointments") as appointments:
        appointments.add_column(sa.Column("stands_for", _BIG, nullable=True))
        appointments.create_foreign_key(_FOR, "people", ["stands_for"], ["id"])
        appointments.create_index(
            "ix_appointments_stands_for", ["stands_for"], sqlite_where=_STANDS_IN, postgresql_where=_STANDS_IN
        )


def downgrade() -> None:
    with op.batch_alter_table("appointments") as appointments:
        appointments.drop_index("ix_appointments_stands_for")
        appointments.drop_constraint(_FOR, type_="foreignkey")
        appointments.drop_column("stands_for")
    op.drop_table("stand_ins")
