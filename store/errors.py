"""What can go wrong with the database, in words that a person can act on."""

from sqlalchemy.exc import DBAPIError as DriverError

__all__ = [
    "DriverError",
    "SchemaError",
    "StoreBusyError",
    "StoreError",
    "StoreFullError",
    "StoreUnreachableError",
    "concerns_all",
    "explain",
    "is_contention",
    "tell",
]


class StoreError(Exception):
    """The database did not do what was asked; nothing of it was kept."""


class StoreBusyError(StoreError):
    """The database is locked by another program. Nothing was kept: try again in a moment."""


class StoreFullError(StoreError):
    """The disk that holds the database is full. Nothing was kept: make room, then try again."""


class StoreUnreachableError(StoreError):
    """The database cannot be reached. Nothing was kept: check the setting `database` and that it runs."""


class SchemaError(StoreError):
    """The database was made by another version of Cascade."""


#: How the drivers say that nobody is there, or that the one who was has gone.
UNREACHABLE = (
    "unable to open database",
    "connection refused",
    "connection failed",
    "connection is bad",
    "failed to resolve host",
    "server closed the connection",
    "terminating connection",
)


def tell(error: DriverError) -> str:
    """What a driver complains of, as one line without the values that were given to it."""
    said = str(error.orig).partition("\n")[0]
    return f"The database did not take it, and nothing of it was kept: {said}"


def explain(error: Exception) -> StoreError | None:
    """The error in our words, for the ones that an installation meets; None for a fault of ours."""
    said = str(error).lower()
    if "database is locked" in said or "lock timeout" in said or "table is locked" in said:
        return StoreBusyError(StoreBusyError.__doc__)
    if "disk is full" in said or "no space left" in said or "could not extend file" in said:
        return StoreFullError(StoreFullError.__doc__)
    if any(words in said for words in UNREACHABLE):
        return StoreUnreachableError(StoreUnreachableError.__doc__)
    if "readonly database" in said or "disk i/o error" in said:
        return StoreUnreachableError(
            f"The database cannot be written ({said.splitlines()[0]}). Nothing was kept."
        )
    return None


#: PostgreSQL's words for "the other one won; try again": deadlock, serialization.
TRY_AGAIN = ("40P01", "40001")


def is_contention(error: BaseException) -> bool:
    """Whether another transaction got in the way, so that the same again may well succeed."""
    return isinstance(error, DriverError) and getattr(error.orig, "sqlstate", None) in TRY_AGAIN


def concerns_all(error: BaseException | None) -> bool:
    """Whether the database itself failed and no single row: locked, full, gone, or a deadlock."""
    while error is not None:
        if isinstance(error, DriverError) and (explain(error) is not None or is_contention(error)):
            return True
        error = error.__context__
    return False
