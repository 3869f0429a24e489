"""clusters: an escalation about a place, and the fevers that belong to it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ONE_OF = sa.text("state <> 'closed' AND place_id IS NOT NULL")
_IN_ONE = sa.text("cluster_id IS NOT NULL")
_FEVERS = sa.text("person_id IS NOT NULL")
_COLUMNS = {"place_id": "areas", "cluster_id": "escalations"}


def upgrade() -> None:
    op.create_table(
        "last_fevers",
        sa.Column("grid_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["areas.id"], name="fk_last_fevers_grid_id"),
        sa.PrimaryKeyConstraint("grid_id", name="pk_last_fevers"),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    _household(sqlite, may_be_none=True)
    for name, table in _COLUMNS.items():
        if sqlite:
            op.execute(f"ALTER TABLE escalations ADD COLUMN {name} INTEGER REFERENCES {table} (id)")
        else:
            op.add_column("escalations", sa.Column(name, _BIG, nullable=True))
            op.create_foreign_key(f"fk_escalations_{name}", "escalations", table, [name], ["id"])
    for name, columns, where, unique in (
        ("ix_escalations_one_of_a_place", ["place_id"], _ONE_OF, True),
        ("ix_escalations_cluster_id", ["cluster_id"], _IN_ONE, False),
        ("ix_escalations_fevers", ["grid_id", "opened_at"], _FEVERS, False),
    ):
        op.create_index(name, "escalations", columns, unique=unique, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("last_fevers")
    for name in ("fevers", "cluster_id", "one_of_a_place"):
        op.drop_index(f"ix_escalations_{name}", "escalations")
    op.execute("UPDATE escalations SET cluster_id = NULL")
    op.execute(
        "DELETE FROM escalation_events WHERE escalation_id IN (SELECT id FROM escalations WHERE household_id IS NULL)"
    )
    op.execute("DELETE FROM escalations WHERE household_id IS NULL")
    sqlite = op.get_bind().dialect.name == "sqlite"
    _household(sqlite, may_be_none=False)
    for name, table in _COLUMNS.items():
        if sqlite:  # it drops no column with a foreign key
            _write_anew(f"{name} INTEGER REFERENCES {table} (id)", f"{name} INTEGER")
        op.drop_column("escalations", name)


def _household(sqlite: bool, *, may_be_none: bool) -> None:
    """Whether an escalation is about a household."""
    if not sqlite:
        op.alter_column("escalations", "household_id", existing_type=sa.BigInteger(), nullable=may_be_none)
        return
    was, becomes = "household_id INTEGER NOT NULL", "household_id INTEGER"
    was, becomes = (was, becomes) if may_be_none else (f"{becomes},", f"{was},")
    _write_anew(was, becomes)


def _write_anew(was: str, becomes: str) -> None:
    """Changes a constraint of the table on SQLite, which has no statement for it.

    Copying the table is not possible either: its events hang on it. What its manual says for a constraint that leaves
    what is stored as it is: the schema is written anew.
    """
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'escalations'",
        (was, becomes),
    )
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
