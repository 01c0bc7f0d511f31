"""Apart: work on rows together; where one of them is bad, on each by itself."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from store.errors import concerns_all

T = TypeVar("T")


def work_apart(
    session: Session,
    items: Sequence[T],
    work: Callable[[Sequence[T]], None],
    rest: Callable[[T, Exception], None],
) -> None:
    """Work on all items at once; where that fails, on each alone, so that one bad row holds up nobody.

    What failed is undone before `rest` is told of it. What is no row's fault is raised, and the whole
    transaction is for its caller to run again: a deadlock, a database that is locked, full or gone.
    """
    try:
        with session.begin_nested():
            work(items)
    except Exception as error:
        if concerns_all(error):
            raise
    else:
        return
    for item in items:
        try:
            with session.begin_nested():
                work([item])
        except Exception as error:
            if concerns_all(error):
                raise
            rest(item, error)
