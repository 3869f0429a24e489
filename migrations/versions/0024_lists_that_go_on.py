"""lists that go on: the silent households of a grid are one bundle, whatever the slot"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.drop_index("ix_escalations_bundle", "escalations")
    op.create_index("ix_escalations_bundle", "escalations", ["bundle", "closed_at"])
    alarms, outbox = _tables()
    before = sa.select(alarms.c.bundle, alarms.c.grid_id).where(alarms.c.closed_at.is_(None))
    silent = alarms.c.bundle.like("missed/%") | alarms.c.bundle.like("unreachable/%")
    connection = op.get_bind()
    for bundle, grid in connection.execute(before.where(silent).distinct()).all():
        connection.execute(sa.update(alarms).where(alarms.c.bundle == bundle).values(bundle=f"silent/{grid}"))
        told = sa.update(outbox).where(outbox.c.about == f"bundle:{bundle}")
        connection.execute(told.values(about=f"bundle:silent/{grid}"))


def downgrade() -> None:
    op.drop_index("ix_escalations_bundle", "escalations")
    op.create_index("ix_escalations_bundle", "escalations", ["bundle"])


def _tables() -> tuple[sa.TableClause, sa.TableClause]:
    alarms = sa.table("escalations", sa.column("bundle"), sa.column("grid_id"), sa.column("closed_at"))
    return alarms, sa.table("outbox", sa.column("about"))
