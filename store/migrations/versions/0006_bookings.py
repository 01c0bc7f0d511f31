"""Bookings: people asked in their own name, and steps that open on a day of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the columns of steps."""
    op.add_column("steps", sa.Column("opens_on", sa.Date(), nullable=True))
    op.add_column("steps", sa.Column("withheld_if", sa.JSON(), nullable=True))
    op.create_table(
        "bookings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_bookings_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_bookings_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bookings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("campaign_id", "person_id", name=op.f("uq_bookings_campaign_id_person_id")),
    )
    op.create_index("ix_bookings_campaign", "bookings", ["campaign_id", "id"], unique=False)
    op.create_index(op.f("ix_bookings_person_id"), "bookings", ["person_id"], unique=False)


def downgrade() -> None:
    """Take the table and the columns away."""
    op.drop_table("bookings")
    op.drop_column("steps", "withheld_if")
    op.drop_column("steps", "opens_on")
