"""Alerts: letters that say only that something waits; and drafts beside the translations in use."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "alerts",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_alerts_delivery_id_deliveries")
        ),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_alerts_board_id_boards")),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_alerts")),
    )
    op.add_column("signed_translations", sa.Column("draft_texts", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take the column and the table away."""
    op.drop_column("signed_translations", "draft_texts")
    op.drop_table("alerts")
