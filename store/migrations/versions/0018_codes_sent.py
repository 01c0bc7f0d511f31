"""Codes sent: what proves that somebody reads the address on file; occasions of asks."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

#: Whoever is asked once by a step, or once on each occasion.
ASKED = ("seat_id", "person_id")


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "passcodes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("about", sa.String(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_passcodes_person_id_people")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_passcodes_delivery_id_deliveries")
        ),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_passcodes_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passcodes")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_passcodes_delivery_id")),
    )
    op.create_index(
        "ix_passcodes_person_made", "passcodes", ["person_id", "purpose", "made_at"], unique=False
    )
    op.add_column("asks", sa.Column("occasion", sa.String(length=40), nullable=True))
    asks = sa.table("asks", sa.column("occasion"))
    op.execute(sa.update(asks).values(occasion=""))
    with op.batch_alter_table("asks") as batch:
        batch.alter_column("occasion", existing_type=sa.String(length=40), nullable=False)
        for whose in ASKED:
            batch.drop_constraint(op.f(f"uq_asks_step_id_{whose}"), type_="unique")
            batch.create_unique_constraint(
                op.f(f"uq_asks_step_id_{whose}_occasion"), ["step_id", whose, "occasion"]
            )


def downgrade() -> None:
    """Take the column and the table away."""
    with op.batch_alter_table("asks") as batch:
        for whose in ASKED:
            batch.drop_constraint(op.f(f"uq_asks_step_id_{whose}_occasion"), type_="unique")
            batch.create_unique_constraint(op.f(f"uq_asks_step_id_{whose}"), ["step_id", whose])
        batch.drop_column("occasion")
    op.drop_index("ix_passcodes_person_made", table_name="passcodes")
    op.drop_table("passcodes")
