"""questions about notices, and the answers that are for everybody"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(length=32)
_DUE = sa.text("next_at IS NOT NULL")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    op.create_table(
        "enquiry_topics",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("notice_id", _BIG, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("answered_by", _BIG, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("given", sa.Integer(), server_default="0", nullable=False),
        _refers("enquiry_topics", "notice_id", "notices"),
        _refers("enquiry_topics", "answered_by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry_topics"),
    )
    op.create_index("ix_enquiry_topics_notice_id", "enquiry_topics", ["notice_id"])
    _enquiries()
    op.create_table(
        "enquiry_events",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("enquiry_id", _BIG, nullable=False),
        sa.Column("event", _WORD, nullable=False),
        sa.Column("person_id", _BIG, nullable=True),
        sa.Column("area_id", _BIG, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("photo_id", _BIG, nullable=True),
        _refers("enquiry_events", "enquiry_id", "enquiries"),
        _refers("enquiry_events", "person_id", "people"),
        _refers("enquiry_events", "area_id", "areas"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry_events"),
    )
    op.create_index("ix_enquiry_events_enquiry_id", "enquiry_events", ["enquiry_id"])


def _enquiries() -> None:
    op.create_table(
        "enquiries",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("notice_id", _BIG, nullable=False),
        sa.Column("person_id", _BIG, nullable=False),
        sa.Column("account_id", _BIG, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("household_id", _BIG, nullable=True),
        sa.Column("topic_id", _BIG, nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("node_id", _BIG, nullable=False),
        sa.Column("holder_id", _BIG, nullable=True),
        sa.Column("told_in", _BIG, nullable=True),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("came_at", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("answered_by", _BIG, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("lost_at", _MOMENT, nullable=True),
        _refers("enquiries", "notice_id", "notices"),
        _refers("enquiries", "person_id", "people"),
        _refers("enquiries", "account_id", "accounts"),
        _refers("enquiries", "area_id", "areas"),
        _refers("enquiries", "household_id", "households"),
        _refers("enquiries", "topic_id", "enquiry_topics"),
        _refers("enquiries", "node_id", "areas"),
        _refers("enquiries", "holder_id", "people"),
        _refers("enquiries", "told_in", "accounts"),
        _refers("enquiries", "answered_by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiries"),
    )
    op.create_index("ix_enquiries_person_id", "enquiries", ["person_id"])
    op.create_index("ix_enquiries_topic_id", "enquiries", ["topic_id"])
    op.create_index("ix_enquiries_notice", "enquiries", ["notice_id", "state"])
    op.create_index("ix_enquiries_next_at", "enquiries", ["next_at"], sqlite_where=_DUE, postgresql_where=_DUE)


def downgrade() -> None:
    for table in ("enquiry_events", "enquiries", "enquiry_topics"):
        op.drop_table(table)
