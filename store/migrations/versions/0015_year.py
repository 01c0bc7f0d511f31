"""Year: what the board asks for in a year, and on which day."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "year_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("return_key", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("is_swapped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_year_returns_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_returns")),
        sa.UniqueConstraint(
            "board_id", "return_key", "year", name=op.f("uq_year_returns_board_id_return_key_year")
        ),
    )
    op.create_table(
        "year_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("return_key", sa.String(length=40), nullable=False),
        sa.Column("asked_group", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=80), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("playbook", sa.String(length=60), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("small_form", sa.String(length=60), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("wakes_on", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_year_entries_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_year_entries_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.id"], name=op.f("fk_year_entries_lesson_id_lessons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_entries")),
        sa.UniqueConstraint(
            "board_id",
            "return_key",
            "asked_group",
            "year",
            "occasion",
            name=op.f("uq_year_entries_board_id_return_key_asked_group_year_occasion"),
        ),
        sa.UniqueConstraint("slug", name=op.f("uq_year_entries_slug")),
    )
    op.create_index(op.f("ix_year_entries_wakes_on"), "year_entries", ["wakes_on"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("year_entries")
    op.drop_table("year_returns")
