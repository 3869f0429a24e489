"""daily briefs: when each area's is due, and what it said"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.create_table(
        "brief_turns",
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_brief_turns_area_id"),
        sa.PrimaryKeyConstraint("area_id", name="pk_brief_turns"),
    )
    op.create_index("ix_brief_turns_next_at", "brief_turns", ["next_at"])
    op.create_table(
        "briefs",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("figures", _JSON, nullable=False),
        sa.Column("parts", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_briefs_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_briefs"),
        sa.UniqueConstraint("area_id", "day", name="uq_briefs_area_id_day"),
    )
    op.create_index("ix_areas_level", "areas", ["level", "id"])
    # Whose alarms of a day are counted: the grid alone says too little after a fortnight.
    op.drop_index("ix_escalations_grid_id", "escalations")
    op.create_index("ix_escalations_grid_id", "escalations", ["grid_id", "opened_at"])


def downgrade() -> None:
    op.drop_index("ix_escalations_grid_id", "escalations")
    op.create_index("ix_escalations_grid_id", "escalations", ["grid_id"])
    op.drop_index("ix_areas_level", "areas")
    op.drop_table("briefs")
    op.drop_index("ix_brief_turns_next_at", "brief_turns")
    op.drop_table("brief_turns")
