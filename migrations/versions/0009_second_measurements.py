"""second measurements: each value after an abnormal one knows it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_KEY = "fk_temperature_readings_rechecks_id_temperature_readings"


def upgrade() -> None:
    with op.batch_alter_table("temperature_readings", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rechecks_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(_KEY, "temperature_readings", ["rechecks_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("temperature_readings", schema=None) as batch_op:
        batch_op.drop_constraint(_KEY, type_="foreignkey")
        batch_op.drop_column("rechecks_id")
