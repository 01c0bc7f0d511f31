"""Answers: what arrived, and what we understood of it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inbounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_inbounds_ask_id_asks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbounds")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_inbounds_source_source_id")),
    )
    op.create_index(op.f("ix_inbounds_ask_id"), "inbounds", ["ask_id"], unique=False)
    op.create_table(
        "responses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("inbound_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.String(length=320), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_responses_ask_id_asks")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_responses_author_id_people")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_responses_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_versions.id"], name=op.f("fk_responses_form_version_id_form_versions")
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbounds.id"], name=op.f("fk_responses_inbound_id_inbounds")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["responses.id"], name=op.f("fk_responses_superseded_by_responses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("inbound_id", name=op.f("uq_responses_inbound_id")),
    )
    op.create_index(op.f("ix_responses_ask_id"), "responses", ["ask_id"], unique=False)


def downgrade() -> None:
    """Take the tables away."""
    op.drop_index(op.f("ix_responses_ask_id"), table_name="responses")
    op.drop_table("responses")
    op.drop_index(op.f("ix_inbounds_ask_id"), table_name="inbounds")
    op.drop_table("inbounds")
