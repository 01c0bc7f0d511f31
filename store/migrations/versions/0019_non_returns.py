"""Non-returns: the list of what is missing as it was given to the board."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "non_return_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=320), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_non_return_lists_board_id_boards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_non_return_lists")),
        sa.UniqueConstraint("board_id", "as_at", name=op.f("uq_non_return_lists_board_id_as_at")),
    )
    op.create_table(
        "non_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("hold", sa.String(length=700), nullable=False),
        sa.Column("extensions", sa.String(length=1000), nullable=False),
        sa.Column("vacancy", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["non_return_lists.id"], name=op.f("fk_non_returns_list_id_non_return_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_non_returns")),
        sa.UniqueConstraint("list_id", "position", name=op.f("uq_non_returns_list_id_position")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("non_returns")
    op.drop_table("non_return_lists")
