"""Told whole: from which day on all answers of a step may be told, and what comes later may not."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("steps", sa.Column("told_whole_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("steps", "told_whole_on")
