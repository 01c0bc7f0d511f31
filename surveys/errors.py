"""The errors surveys raises: a form that cannot be used, and nothing else."""


class SurveysError(Exception):
    """Any error of this package; its text is one line for the person who can mend it."""


class FormError(SurveysError):
    """A form that cannot be read or contradicts itself; the text says where, what and what to do."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what
