"""Actions: what agencies promised to change, and how far each has come."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=True),
        sa.Column("review", sa.String(length=100), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("folded", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=False),
        sa.Column("baseline", sa.String(length=100), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_actions_agency_id_agencies")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_actions_board_id_boards")),
        sa.ForeignKeyConstraint(["lesson_id"], ["lessons.id"], name=op.f("fk_actions_lesson_id_lessons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("board_id", "folded", name=op.f("uq_actions_board_id_folded")),
        sa.UniqueConstraint("board_id", "number", name=op.f("uq_actions_board_id_number")),
    )
    op.create_index(op.f("ix_actions_agency_id"), "actions", ["agency_id"], unique=False)
    op.create_index(op.f("ix_actions_lesson_id"), "actions", ["lesson_id"], unique=False)
    op.create_table(
        "actions_asked",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_actions_asked_action_id_actions")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_actions_asked_ask_id_asks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions_asked")),
        sa.UniqueConstraint("action_id", "ask_id", name=op.f("uq_actions_asked_action_id_ask_id")),
    )
    op.create_index(op.f("ix_actions_asked_ask_id"), "actions_asked", ["ask_id"], unique=False)
    op.create_table(
        "action_ratings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("rated_by", sa.String(length=320), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_action_ratings_action_id_actions")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_action_ratings_response_id_responses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_ratings")),
    )
    op.create_index(op.f("ix_action_ratings_action_id"), "action_ratings", ["action_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("action_ratings")
    op.drop_table("actions_asked")
    op.drop_table("actions")
