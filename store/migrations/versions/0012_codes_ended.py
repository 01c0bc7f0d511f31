"""Codes ended: from which day on nobody answers a campaign by a code any more."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("campaigns", sa.Column("codes_ended_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("campaigns", "codes_ended_on")
