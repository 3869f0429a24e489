"""what becomes of a notice after it was sent: its states and texts, households, reasons, holders' own counts"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TO_SHOW = sa.text("show_at IS NOT NULL")
_COUNTED = ("dropped", "homes", "homes_read")


def upgrade() -> None:
    op.add_column("notices", sa.Column("state", sa.String(32), server_default="sending", nullable=False))
    op.add_column("notices", sa.Column("is_order", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("notices", sa.Column("corrected_at", _TIME, nullable=True))
    op.add_column("notice_copies", sa.Column("household_id", _BIG, server_default="0", nullable=False))
    for name in ("dropped_at", "home_read_at", "reminded_at"):
        op.add_column("notice_copies", sa.Column(name, _TIME, nullable=True))
    op.add_column("notice_copies", sa.Column("bundle_id", _BIG, nullable=True))
    for table in ("notice_tallies", "notice_counts"):
        for name in _COUNTED:
            op.add_column(table, sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("notice_tallies", sa.Column("why", sa.String(), nullable=True))
    for name in ("show_at", "shown_at"):
        op.add_column("notice_counts", sa.Column(name, _TIME, nullable=True))
    op.create_index(
        "ix_notice_counts_show", "notice_counts", ["show_at"], sqlite_where=_TO_SHOW, postgresql_where=_TO_SHOW
    )
    op.add_column("exports", sa.Column("notice_id", _BIG, nullable=True))
    _tables()
    _households()


def _tables() -> None:
    op.create_table(
        "notice_failures",
        sa.Column("notice_id", _BIG, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_failures_notice_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_notice_failures_area_id"),
        sa.PrimaryKeyConstraint("notice_id", "area_id", "why", name="pk_notice_failures"),
    )
    op.create_table(
        "notice_paces",
        sa.Column("notice_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("samples", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_paces_notice_id"),
        sa.PrimaryKeyConstraint("notice_id", name="pk_notice_paces"),
    )
    op.create_table(
        "notice_events",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("notice_id", _BIG, nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("person_id", _BIG, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("body", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_events_notice_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_notice_events_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_events"),
    )
    op.create_index("ix_notice_events_notice_id", "notice_events", ["notice_id"])
    op.create_table(
        "notice_sweeps",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("notice_id", _BIG, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("next_at", _TIME, nullable=True),
        sa.Column("upto", _BIG, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_sweeps_notice_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_notice_sweeps_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_sweeps"),
    )
    op.create_index("ix_notice_sweeps_notice_id", "notice_sweeps", ["notice_id"])
    op.create_index("ix_notice_sweeps_next_at", "notice_sweeps", ["next_at"])


def _households() -> None:
    """Copies of before get the first door of their reader in the area where they are counted, and are counted by it."""
    op.execute(
        "UPDATE notice_copies SET household_id = coalesce((SELECT min(households.id) FROM residents"
        " JOIN households ON households.id = residents.household_id"
        " WHERE residents.person_id = notice_copies.person_id AND households.area_id = notice_copies.area_id), 0)"
    )
    op.drop_index("ix_notice_copies_place", "notice_copies")
    op.create_index("ix_notice_copies_home", "notice_copies", ["notice_id", "household_id"])
    op.execute(
        "UPDATE notice_copies SET home_read_at = first.read_at FROM (SELECT min(id) AS id, min(read_at) AS read_at"
        " FROM notice_copies WHERE household_id > 0 GROUP BY notice_id, household_id) AS first"
        " WHERE first.id = notice_copies.id AND first.read_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO notice_tallies (notice_id, area_id, people, sent, read, failed, homes, homes_read)"
        " SELECT notice_id, area_id, 0, 0, 0, 0, count(DISTINCT household_id), count(home_read_at)"
        " FROM notice_copies WHERE household_id > 0 GROUP BY notice_id, area_id"
    )
    # Reasons are added up below each area on the way, as its path says: `/1/4/9/`.
    op.execute(
        "INSERT INTO notice_failures (notice_id, area_id, why, people)"
        " SELECT c.notice_id, above.id, c.failed, count(*) FROM notice_copies c"
        " JOIN areas door ON door.id = c.area_id JOIN notices n ON n.id = c.notice_id"
        " JOIN areas top ON top.id = n.area_id"
        " JOIN areas above ON substr(door.path, 1, length(above.path)) = above.path"
        " AND substr(above.path, 1, length(top.path)) = top.path"
        " WHERE c.failed IS NOT NULL GROUP BY c.notice_id, above.id, c.failed"
    )


def downgrade() -> None:
    op.drop_index("ix_notice_copies_home", "notice_copies")
    op.create_index("ix_notice_copies_place", "notice_copies", ["notice_id", "area_id"])
    for table in ("notice_sweeps", "notice_events", "notice_paces", "notice_failures"):
        op.drop_table(table)
    op.drop_column("exports", "notice_id")
    op.drop_index("ix_notice_counts_show", "notice_counts")
    for name in ("show_at", "shown_at"):
        op.drop_column("notice_counts", name)
    op.drop_column("notice_tallies", "why")
    for table in ("notice_tallies", "notice_counts"):
        for name in _COUNTED:
            op.drop_column(table, name)
    for name in ("household_id", "dropped_at", "home_read_at", "reminded_at", "bundle_id"):
        op.drop_column("notice_copies", name)
    for name in ("state", "is_order", "corrected_at"):
        op.drop_column("notices", name)
