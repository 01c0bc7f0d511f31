"""Surveys: drafts and files, open codes and anonymous answers, and who stands by to read them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_shared_work()
    _make_anonymous_answers()
    _make_readiness()


def _make_shared_work() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_drafts_ask_id_asks")),
        sa.ForeignKeyConstraint(["saved_by"], ["people.id"], name=op.f("fk_drafts_saved_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("ask_id", "section", name=op.f("uq_drafts_ask_id_section")),
    )
    op.create_table(
        "contributors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=True),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_contributors_ask_id_asks")),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["people.id"], name=op.f("fk_contributors_invited_by_people")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contributors_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributors")),
        sa.UniqueConstraint(
            "ask_id", "person_id", "section", name=op.f("uq_contributors_ask_id_person_id_section")
        ),
    )
    op.create_index(op.f("ix_contributors_person_id"), "contributors", ["person_id"], unique=False)
    op.create_index(
        "uq_contributors_whole",
        "contributors",
        ["ask_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("section IS NULL"),
        postgresql_where=sa.text("section IS NULL"),
    )
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("scan", sa.String(32), nullable=False),
        sa.Column("kept_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_attachments_ask_id_asks")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_attachments_board_id_boards")),
        sa.ForeignKeyConstraint(["kept_by"], ["people.id"], name=op.f("fk_attachments_kept_by_people")),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name=op.f("fk_attachments_sha256_blobs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_ask_id"), "attachments", ["ask_id"], unique=False)
    op.create_index(op.f("ix_attachments_at"), "attachments", ["at"], unique=False)
    op.create_index(op.f("ix_attachments_sha256"), "attachments", ["sha256"], unique=False)


def _make_anonymous_answers() -> None:
    op.create_table(
        "codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("setting", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("ceiling", sa.Integer(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_codes_agency_id_agencies")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_codes_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_codes_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_codes_code")),
    )
    op.create_index(op.f("ix_codes_campaign_id"), "codes", ["campaign_id"], unique=False)
    op.create_table(
        "waiting_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=True),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_waiting_answers_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_waiting_answers_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_waiting_answers_code_id_codes")),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_versions.id"],
            name=op.f("fk_waiting_answers_form_version_id_form_versions"),
        ),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_waiting_answers_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_answers")),
        sa.UniqueConstraint("key", name=op.f("uq_waiting_answers_key")),
    )
    op.create_index(op.f("ix_waiting_answers_code_id"), "waiting_answers", ["code_id"], unique=False)
    op.create_index(op.f("ix_waiting_answers_step_id"), "waiting_answers", ["step_id"], unique=False)
    op.create_table(
        "anonymous_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=True),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_anonymous_answers_board_id_boards")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_anonymous_answers_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_anonymous_answers_code_id_codes")),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_versions.id"],
            name=op.f("fk_anonymous_answers_form_version_id_form_versions"),
        ),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_anonymous_answers_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anonymous_answers")),
    )
    op.create_index(op.f("ix_anonymous_answers_code_id"), "anonymous_answers", ["code_id"], unique=False)
    op.create_index(op.f("ix_anonymous_answers_step_id"), "anonymous_answers", ["step_id"], unique=False)
    op.create_table(
        "nights",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("is_clear", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_nights")),
    )
    op.create_table(
        "contact_wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("safe_way", sa.String(length=300), nullable=False),
        sa.Column("safe_time", sa.String(length=200), nullable=False),
        sa.Column("may_leave_message", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_contact_wishes_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_contact_wishes_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_wishes")),
    )
    op.create_index(op.f("ix_contact_wishes_campaign_id"), "contact_wishes", ["campaign_id"], unique=False)


def _make_readiness() -> None:
    op.create_table(
        "helplines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("last_checked_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_helplines_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helplines")),
        sa.UniqueConstraint("board_id", "key", name=op.f("uq_helplines_board_id_key")),
    )
    op.create_index(
        "uq_helplines_everywhere",
        "helplines",
        ["key"],
        unique=True,
        sqlite_where=sa.text("board_id IS NULL"),
        postgresql_where=sa.text("board_id IS NULL"),
    )
    op.create_table(
        "readers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_readers_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readers")),
        sa.UniqueConstraint("board_id", "language", "email", name=op.f("uq_readers_board_id_language_email")),
    )
    op.create_table(
        "duties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_duties_board_id_boards")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duties_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("board_id", "day", "person_id", name=op.f("uq_duties_board_id_day_person_id")),
    )
    op.create_table(
        "signed_translations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=True),
        sa.Column("form_key", sa.String(length=60), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reviewed_by", sa.String(length=320), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("texts_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_signed_translations_board_id_boards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_translations")),
        sa.UniqueConstraint(
            "board_id",
            "form_key",
            "form_version",
            "language",
            name=op.f("uq_signed_translations_board_id_form_key_form_version_language"),
        ),
    )
    op.create_index(
        "uq_signed_translations_everywhere",
        "signed_translations",
        ["form_key", "form_version", "language"],
        unique=True,
        sqlite_where=sa.text("board_id IS NULL"),
        postgresql_where=sa.text("board_id IS NULL"),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("signed_translations")
    op.drop_table("duties")
    op.drop_table("readers")
    op.drop_table("helplines")
    op.drop_table("contact_wishes")
    op.drop_table("nights")
    op.drop_table("anonymous_answers")
    op.drop_table("waiting_answers")
    op.drop_table("codes")
    op.drop_table("attachments")
    op.drop_table("blobs")
    op.drop_table("contributors")
    op.drop_table("drafts")
