"""Asks, and all that becomes of them: touches, deliveries, holds, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("any_hour", sa.Boolean(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=60), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(length=300), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.Column("doubted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["addresses.id"], name=op.f("fk_deliveries_address_id_addresses")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deliveries_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
    )
    op.create_index(
        "ix_deliveries_leased",
        "deliveries",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index("ix_deliveries_person_day", "deliveries", ["person_id", "local_day"], unique=False)
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["next_try_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "asks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("delegate_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("next_touch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("round_began_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_asks_agency_id_agencies")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_asks_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_asks_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["delegate_id"], ["people.id"], name=op.f("fk_asks_delegate_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_asks_person_id_people")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_asks_seat_id_seats")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_asks_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asks")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_asks_campaign_id_number")),
        sa.UniqueConstraint("step_id", "person_id", name=op.f("uq_asks_step_id_person_id")),
        sa.UniqueConstraint("step_id", "seat_id", name=op.f("uq_asks_step_id_seat_id")),
    )
    op.create_index(op.f("ix_asks_agency_id"), "asks", ["agency_id"], unique=False)
    op.create_index("ix_asks_alarm", "asks", ["campaign_id", "next_touch_at"], unique=False)
    op.create_index(op.f("ix_asks_person_id"), "asks", ["person_id"], unique=False)
    op.create_index(op.f("ix_asks_seat_id"), "asks", ["seat_id"], unique=False)
    op.create_table(
        "chores",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=320), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_chores_agency_id_agencies")),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_chores_ask_id_asks")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_chores_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chores")),
        sa.UniqueConstraint("key", name=op.f("uq_chores_key")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_decisions_agency_id_agencies")),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_decisions_ask_id_asks")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_decisions_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_decisions_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_decisions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_ask_id"), "decisions", ["ask_id"], unique=False)
    op.create_index(op.f("ix_decisions_campaign_id"), "decisions", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_decisions_person_id"), "decisions", ["person_id"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=320), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_extensions_ask_id_asks")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_extensions_board_id_boards")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_extensions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_ask_id"), "extensions", ["ask_id"], unique=False)
    op.create_table(
        "holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=320), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_holds_agency_id_agencies")),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_holds_ask_id_asks")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_holds_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_agency_id"), "holds", ["agency_id"], unique=False)
    op.create_index(op.f("ix_holds_ask_id"), "holds", ["ask_id"], unique=False)
    op.create_table(
        "touches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("words_id", sa.Uuid(), nullable=True),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("climbed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=320), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_touches_ask_id_asks")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_touches_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_touches_delivery_id_deliveries")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_touches_person_id_people")),
        sa.ForeignKeyConstraint(
            ["words_id"], ["words_versions.id"], name=op.f("fk_touches_words_id_words_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touches")),
        sa.UniqueConstraint(
            "ask_id", "round", "rung", "role", name=op.f("uq_touches_ask_id_round_rung_role")
        ),
    )
    op.create_index(op.f("ix_touches_delivery_id"), "touches", ["delivery_id"], unique=False)
    op.create_index(op.f("ix_touches_person_id"), "touches", ["person_id"], unique=False)
    op.create_index(
        "ix_touches_ungathered",
        "touches",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'to_send' AND delivery_id IS NULL"),
        postgresql_where=sa.text("state = 'to_send' AND delivery_id IS NULL"),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_index(
        "ix_touches_ungathered",
        table_name="touches",
        sqlite_where=sa.text("state = 'to_send' AND delivery_id IS NULL"),
        postgresql_where=sa.text("state = 'to_send' AND delivery_id IS NULL"),
    )
    op.drop_index(op.f("ix_touches_person_id"), table_name="touches")
    op.drop_index(op.f("ix_touches_delivery_id"), table_name="touches")
    op.drop_table("touches")
    op.drop_index(op.f("ix_holds_ask_id"), table_name="holds")
    op.drop_index(op.f("ix_holds_agency_id"), table_name="holds")
    op.drop_table("holds")
    op.drop_index(op.f("ix_extensions_ask_id"), table_name="extensions")
    op.drop_table("extensions")
    op.drop_index(op.f("ix_decisions_person_id"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_campaign_id"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_ask_id"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_table("chores")
    op.drop_index(op.f("ix_asks_seat_id"), table_name="asks")
    op.drop_index(op.f("ix_asks_person_id"), table_name="asks")
    op.drop_index("ix_asks_alarm", table_name="asks")
    op.drop_index(op.f("ix_asks_agency_id"), table_name="asks")
    op.drop_table("asks")
    op.drop_index(
        "ix_deliveries_waiting",
        table_name="deliveries",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("ix_deliveries_person_day", table_name="deliveries")
    op.drop_index(
        "ix_deliveries_leased",
        table_name="deliveries",
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.drop_table("deliveries")
