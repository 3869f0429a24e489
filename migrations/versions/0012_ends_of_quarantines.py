"""ends of quarantines: when each is looked at, who was released, and the certificate"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ASKED_OUT = sa.text("status = 'active' AND next_at IS NULL")
_SOON = sa.text("'2020-01-01 00:00:00'")
"""Whose end nobody has put down is looked at at once, and put off to the right instant."""
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("quarantines", sa.Column("end_at", _MOMENT, server_default=_SOON, nullable=False))
    op.add_column("quarantines", sa.Column("end_step", sa.Integer(), server_default=sa.text("-1"), nullable=False))
    op.add_column("quarantines", sa.Column("released_at", _MOMENT, nullable=True))
    # About the end of the last evening in China; whatever the area's times are, the first look puts it right.
    evening = "last_day || ' 14:00:00.000000'" if op.get_bind().dialect.name == "sqlite" else "last_day + time '14:00'"
    op.execute(f"UPDATE quarantines SET end_at = {evening} WHERE status <> 'ended'")  # noqa: S608 - of our own words
    op.drop_index("ix_quarantines_asked_out", "quarantines")
    op.create_index(
        "ix_quarantines_asked_out", "quarantines", ["end_at"], sqlite_where=_ASKED_OUT, postgresql_where=_ASKED_OUT
    )
    op.create_table(
        "releases",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("quarantine_id", _BIG, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("by_id", _BIG, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["quarantine_id"], ["quarantines.id"], name="fk_releases_quarantine_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_releases_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
    )
    op.create_index("ix_releases_quarantine_id", "releases", ["quarantine_id"])


def downgrade() -> None:
    op.drop_table("releases")
    op.drop_index("ix_quarantines_asked_out", "quarantines")
    op.create_index(
        "ix_quarantines_asked_out", "quarantines", ["last_day"], sqlite_where=_ASKED_OUT, postgresql_where=_ASKED_OUT
    )
    for name in ("released_at", "end_step", "end_at"):
        op.drop_column("quarantines", name)
