"""The errors of an expression: one that cannot be read, and one that took too long."""

from surveys.errors import SurveysError


class ExpressionError(SurveysError):
    """An expression that cannot be used; `what` says in one line why, near what, and what to write."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class ExpressionTimeout(SurveysError):  # noqa: N818 - the kin of ExpressionError, told apart by what happened
    """A regex() that did not finish in time on this answer; the answer counts as not checked."""
