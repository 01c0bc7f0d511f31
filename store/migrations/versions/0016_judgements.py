"""Judgements: what a person of the board made of a return, and which steps are judged at all."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

#: What is asked with this playbook was meant to be judged all along.
JUDGED = "return"


def upgrade() -> None:
    """Make the table, and the column of steps."""
    op.create_table(
        "judgements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=500), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_judgements_board_id_boards")),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_judgements_ask_id_asks")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_judgements_response_id_responses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_index(op.f("ix_judgements_ask_id"), "judgements", ["ask_id"], unique=False)
    op.create_index(
        "uq_judgements_standing",
        "judgements",
        ["response_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.add_column("steps", sa.Column("is_judged", sa.Boolean(), nullable=True))
    steps, campaigns = (
        sa.table("steps", sa.column("is_judged"), sa.column("campaign_id")),
        sa.table("campaigns", sa.column("id"), sa.column("playbook")),
    )
    asked_so = sa.select(campaigns.c.id).where(campaigns.c.playbook == JUDGED)
    op.execute(sa.update(steps).where(steps.c.campaign_id.in_(asked_so)).values(is_judged=sa.true()))


def downgrade() -> None:
    """Take the table and the column away."""
    op.drop_column("steps", "is_judged")
    op.drop_index("uq_judgements_standing", table_name="judgements")
    op.drop_table("judgements")
