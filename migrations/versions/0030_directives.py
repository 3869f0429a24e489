"""directives: the original, where it stands at each node, and the notices that hand it to the doors"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
_DUE = sa.text("next_at IS NOT NULL")
_ORDER = sa.text("directive_id IS NOT NULL")


def _refers(table: str, **to: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([one], [f"{other}.id"], name=f"fk_{table}_{one}") for one, other in to.items()]


def _number() -> sa.Column[int]:
    return sa.Column("id", _BIG, autoincrement=True, nullable=False)


def upgrade() -> None:
    op.create_table(
        "directives",
        _number(),
        sa.Column("author_id", _BIG, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("to_doors", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        *_refers("directives", author_id="people", area_id="areas"),
        sa.PrimaryKeyConstraint("id", name="pk_directives"),
    )
    op.create_index("ix_directives_area_id", "directives", ["area_id"])
    _steps()
    op.create_table(
        "directive_events",
        _number(),
        sa.Column("step_id", _BIG, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person_id", _BIG, nullable=True),
        sa.Column("detail", _JSON, nullable=False),
        *_refers("directive_events", step_id="directive_steps", person_id="people"),
        sa.PrimaryKeyConstraint("id", name="pk_directive_events"),
    )
    op.create_index("ix_directive_events_step_id", "directive_events", ["step_id"])
    op.add_column("notices", sa.Column("directive_id", _BIG, nullable=True))
    given = {"unique": True, "sqlite_where": _ORDER, "postgresql_where": _ORDER}
    op.create_index("ix_notices_directive", "notices", ["directive_id", "area_id"], **given)


def _steps() -> None:
    moments = ("starts_at", "ends_at", "next_at", "asked_at", "confirmed_at", "passed_at")
    op.create_table(
        "directive_steps",
        _number(),
        sa.Column("directive_id", _BIG, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        *(sa.Column(name, _BIG, nullable=True) for name in ("person_id", "account_id", "confirmed_by", "words_by")),
        sa.Column("told", _JSON, nullable=False),
        sa.Column("tells", sa.Integer(), nullable=False),
        *(sa.Column(name, _MOMENT, nullable=True) for name in moments),
        sa.Column("words", sa.String(), nullable=False),
        *_refers("directive_steps", directive_id="directives", area_id="areas", account_id="accounts"),
        *_refers("directive_steps", person_id="people", confirmed_by="people", words_by="people"),
        sa.PrimaryKeyConstraint("id", name="pk_directive_steps"),
        sa.UniqueConstraint("directive_id", "area_id", name="uq_directive_steps_directive_id_area_id"),
    )
    op.create_index("ix_directive_steps_area_id", "directive_steps", ["area_id"])
    op.create_index("ix_directive_steps_due", "directive_steps", ["next_at"], sqlite_where=_DUE, postgresql_where=_DUE)


def downgrade() -> None:
    op.drop_index("ix_notices_directive", "notices")
    op.drop_column("notices", "directive_id")
    for table in ("directive_events", "directive_steps", "directives"):
        op.drop_table(table)
