"""Standing by: what came of a wish to be contacted, and pages that were given up."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the columns of wishes."""
    op.add_column("contact_wishes", sa.Column("outcome", sa.String(32), nullable=True))
    op.add_column("contact_wishes", sa.Column("closed_by", sa.String(length=320), nullable=True))
    op.add_column("contact_wishes", sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_table(
        "ended_pages",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ended_pages")),
    )


def downgrade() -> None:
    """Take the table and the columns away."""
    op.drop_table("ended_pages")
    op.drop_column("contact_wishes", "closed_on")
    op.drop_column("contact_wishes", "closed_by")
    op.drop_column("contact_wishes", "outcome")
