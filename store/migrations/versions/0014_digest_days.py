"""Digest days: the weekday on which a person likes to hear of all that is needed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("people", sa.Column("digest_day", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("people", "digest_day")
