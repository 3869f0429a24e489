"""excuses: until when somebody need not be measured, why, and who said so"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BY = "fk_quarantines_excused_by_people"


def upgrade() -> None:
    op.add_column("quarantines", sa.Column("excused_until", sa.Date(), nullable=True))
    op.add_column("quarantines", sa.Column("excused_why", sa.String(), server_default="", nullable=False))
    with op.batch_alter_table("quarantines") as quarantines:
        quarantines.add_column(
            sa.Column("excused_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        quarantines.create_foreign_key(_BY, "people", ["excused_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("quarantines") as quarantines:
        quarantines.drop_constraint(_BY, type_="foreignkey")
        quarantines.drop_column("excused_by")
    for name in ("excused_why", "excused_until"):
        op.drop_column("quarantines", name)
