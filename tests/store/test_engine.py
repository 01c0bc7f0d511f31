"""What a driver complains of never repeats what people typed."""

import pytest
from sqlalchemy.exc import DBAPIError

from store.database import Database, Session
from store.people.board import Board
from tests import make

SECRET = "typed-by-somebody"


@pytest.mark.parametrize("column", ["slug", "name"])
async def test_a_complaint_holds_no_value_that_was_given(database: Database, column: str) -> None:
    def twice(session: Session) -> None:
        make.board(session, slug=SECRET)
        if column == "slug":
            make.board(session, slug=SECRET)
        else:
            session.query(Board).update({"name": None, "contact_name": SECRET})

    with pytest.raises(DBAPIError) as raised:
        await database.write(twice)
    error: BaseException | None = raised.value
    while error is not None:
        assert SECRET not in str(error)
        error = error.__cause__
