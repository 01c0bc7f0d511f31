"""Draft states: whose work the texts are that wait for a signature beside signed ones."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("signed_translations", sa.Column("draft_state", sa.String(32), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("signed_translations", "draft_state")
