"""made-up answers: what a worker is asked about, and when a community is looked at next"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answer_looks",
        sa.Column("area_id", _ID, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_answer_looks_area_id")),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_answer_looks")),
    )
    op.create_table(
        "answer_questions",
        sa.Column("household_id", _ID, nullable=False),
        sa.Column("grid_id", _ID, nullable=False),
        sa.Column("signs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.String(32), nullable=True),
        sa.Column("replied_by", _ID, nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["areas.id"], name=op.f("fk_answer_questions_grid_id")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_answer_questions_household_id")),
        sa.ForeignKeyConstraint(["replied_by"], ["people.id"], name=op.f("fk_answer_questions_replied_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_questions")),
    )
    with op.batch_alter_table("answer_questions", schema=None) as batch_op:
        batch_op.create_index("ix_answer_questions_grid", ["grid_id", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_questions_household_id"), ["household_id"], unique=False)


def downgrade() -> None:
    op.drop_table("answer_questions")
    op.drop_table("answer_looks")
