"""What Alembic runs for each migration: on the connection it was given, in one transaction."""

from alembic import context

from store.base import Row
from store.rows import NOUNS

assert NOUNS  # noqa: S101 - importing the nouns is what fills the metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Row.metadata, render_as_batch=True, compare_type=True
)
with context.begin_transaction():
    context.run_migrations()
