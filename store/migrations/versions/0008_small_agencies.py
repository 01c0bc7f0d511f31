"""Small agencies: how many staff they have, and the short form that they are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

#: What is put beside each table's own: how long a form takes, and which it is.
ADDED = (("steps", "small_minutes", "small_form_version_id"), ("asks", "minutes", "form_version_id"))


def upgrade() -> None:
    """Make the columns."""
    op.add_column("agencies", sa.Column("staff", sa.Integer(), nullable=True))
    for table, minutes, form in ADDED:
        op.add_column(table, sa.Column(minutes, sa.Integer(), nullable=True))
        name = op.f(f"fk_{table}_{form}_form_versions")
        if op.get_bind().dialect.name == "sqlite":
            # SQLite adds a reference with its column alone, while a table made anew drops what leads there.
            op.execute(
                f"ALTER TABLE {table} ADD {form} CHAR(32) CONSTRAINT {name} REFERENCES form_versions (id)"
            )
        else:
            op.add_column(table, sa.Column(form, sa.Uuid(), nullable=True))
            op.create_foreign_key(name, table, "form_versions", [form], ["id"])


def downgrade() -> None:
    """Take the columns away."""
    for table, minutes, form in ADDED:
        with op.batch_alter_table(table) as batch:  # the reference goes with its column
            batch.drop_column(form)
            batch.drop_column(minutes)
    op.drop_column("agencies", "staff")
