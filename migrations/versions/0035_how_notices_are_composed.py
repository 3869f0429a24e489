"""audiences, files and plans of notices, and their phrase-book"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(length=32)
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_OWED = sa.text("state = 'owed'")


def upgrade() -> None:
    _files()
    _plans()
    op.create_table(
        "notice_phrases",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("audience", _WORD, nullable=False),
        sa.Column("receipt", sa.Boolean(), nullable=False),
        sa.Column("author_id", _BIG, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_notice_phrases_area_id"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_notice_phrases_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_phrases"),
        sa.UniqueConstraint("area_id", "name", name="uq_notice_phrases_area_id_name"),
    )
    op.add_column("notices", sa.Column("audience", _WORD, server_default="households", nullable=False))
    op.add_column("notices", sa.Column("receipt", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("notices", sa.Column("file_id", _BIG, nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE notices ADD COLUMN confirmed_by INTEGER REFERENCES people (id)")
    else:
        op.add_column("notices", sa.Column("confirmed_by", _BIG, nullable=True))
        op.create_foreign_key("fk_notices_confirmed_by", "notices", "people", ["confirmed_by"], ["id"])


def _files() -> None:
    op.create_table(
        "notice_files",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("account_id", _BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shows", _JSON, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_notice_files_account_id"),
        sa.ForeignKeyConstraint(["bot"], ["bots.name"], name="fk_notice_files_bot"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_files"),
    )
    where = {"sqlite_where": _OWED, "postgresql_where": _OWED}
    op.create_index("ix_notice_files_owed", "notice_files", ["bot", "due_at"], **where)


def _plans() -> None:
    op.create_table(
        "notice_plans",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("author_id", _BIG, nullable=False),
        sa.Column("account_id", _BIG, nullable=False),
        sa.Column("area_id", _BIG, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("audience", _WORD, nullable=False),
        sa.Column("receipt", sa.Boolean(), nullable=False),
        sa.Column("is_order", sa.Boolean(), nullable=False),
        sa.Column("to_group", sa.Boolean(), nullable=False),
        sa.Column("file_id", _BIG, nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("send_at", _MOMENT, nullable=True),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("decided_by", _BIG, nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_notice_plans_account_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_notice_plans_area_id"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_notice_plans_author_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_notice_plans_decided_by"),
        sa.ForeignKeyConstraint(["file_id"], ["notice_files.id"], name="fk_notice_plans_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_plans"),
    )
    op.create_index("ix_notice_plans_next_at", "notice_plans", ["next_at"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _without_key()
    for name in ("audience", "receipt", "file_id", "confirmed_by"):
        op.drop_column("notices", name)
    for table in ("notice_phrases", "notice_plans", "notice_files"):
        op.drop_table(table)


def _without_key() -> None:
    """SQLite drops no column with a foreign key, and the copies of a notice hang on its table.

    What its manual says for a constraint that leaves what is stored as it is: the schema is written anew.
    """
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, 'confirmed_by INTEGER REFERENCES people (id)', "
        "'confirmed_by INTEGER') WHERE type = 'table' AND name = 'notices'"
    )
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
