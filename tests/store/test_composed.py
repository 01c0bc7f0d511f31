"""A sentence put together from long names is cut to its column, and fails nobody's transaction."""

from store.database import Database, Session
from store.decision import Decision, note
from tests.make import START


async def test_a_long_sentence_is_cut_and_a_short_one_is_kept_whole(database: Database) -> None:
    def write(session: Session) -> None:
        note(session, START, "seat changed", "x" * 1001, "me")
        note(session, START, "seat changed", "y" * 1000, "me")

    await database.write(write)
    kept = await database.read(lambda session: sorted(one.reason for one in session.query(Decision)))
    assert kept == ["x" * 999 + "…", "y" * 1000]
