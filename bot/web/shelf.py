"""Shelf: forms that stay read, since a version never changes and reading one takes longer than a page."""

from collections.abc import Callable, Hashable

from surveys.forms.form import Form

#: Forms kept; beyond it the one unused for longest goes.
MOST = 128


class Shelf:
    """Forms by what tells them apart, kept in this process's memory."""

    def __init__(self, most: int = MOST) -> None:
        """Keep up to `most` forms."""
        self._most = most
        self._forms: dict[Hashable, Form] = {}

    def fetch(self, key: Hashable, make: Callable[[], Form]) -> Form:
        """The form of this key, made where it is not here yet."""
        form = self._forms.pop(key, None) or make()
        self._forms[key] = form
        while len(self._forms) > self._most:
            self._forms.pop(next(iter(self._forms)), None)
        return form
