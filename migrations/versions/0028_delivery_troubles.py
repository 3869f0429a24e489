"""delivery troubles: messengers that take nothing, and rounds that did not arrive"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_OF_A_BOT = sa.text("closed_at IS NULL AND bot IS NOT NULL")
_OF_AN_AREA = sa.text("closed_at IS NULL AND area_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("bots", sa.Column("failing_since", _MOMENT, nullable=True))
    op.create_table(
        "delivery_troubles",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("bot", sa.String(), nullable=True),
        sa.Column("area_id", _BIG, nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("half", sa.String(32), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("undelivered", sa.Integer(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["bot"], ["bots.name"], name="fk_delivery_troubles_bot"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_delivery_troubles_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_troubles"),
    )
    op.create_index("ix_delivery_troubles_closed_at", "delivery_troubles", ["closed_at"])
    for name, columns, where in (("bot", ["bot"], _OF_A_BOT), ("area", ["area_id", "day", "half"], _OF_AN_AREA)):
        op.create_index(
            f"ix_delivery_troubles_{name}",
            "delivery_troubles",
            columns,
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def downgrade() -> None:
    op.drop_table("delivery_troubles")
    op.drop_column("bots", "failing_since")
