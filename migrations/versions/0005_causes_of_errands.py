"""causes of errands: the update that brought a photo, or asked for a workbook"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    for table in ("received_media", "exports"):
        op.add_column(table, sa.Column("cause", sa.String(), nullable=True))
