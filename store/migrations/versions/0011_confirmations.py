"""Confirmations: what managers are asked by a link that is passed on, and what they said."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FORM = "confirmation_version_id"


def upgrade() -> None:
    """Make the table, and the columns of steps."""
    op.add_column("steps", sa.Column("confirmed_if", sa.JSON(), nullable=True))
    name = op.f(f"fk_steps_{FORM}_form_versions")
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds a reference with its column alone, while a table made anew drops what leads there.
        op.execute(f"ALTER TABLE steps ADD {FORM} CHAR(32) CONSTRAINT {name} REFERENCES form_versions (id)")
    else:
        op.add_column("steps", sa.Column(FORM, sa.Uuid(), nullable=True))
        op.create_foreign_key(name, "steps", "form_versions", [FORM], ["id"])
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_confirmations_booking_id_bookings")
        ),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_confirmations_step_id_steps")),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_versions.id"],
            name=op.f("fk_confirmations_form_version_id_form_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_confirmations_booking_id")),
    )
    op.create_index(op.f("ix_confirmations_step_id"), "confirmations", ["step_id"], unique=False)


def downgrade() -> None:
    """Take the table and the columns away."""
    op.drop_table("confirmations")
    op.drop_column("steps", FORM)
    op.drop_column("steps", "confirmed_if")
