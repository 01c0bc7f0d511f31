"""Rush: how fast answers come by one code and from one place, kept in this process's memory alone."""

from uuid import UUID

from bot.web.tries import Tries

#: Answers in ten minutes by one code from one place, as from a class that hands one tablet on. More are kept
#: and marked.
USUAL = 60
TEN_MINUTES = 600.0
#: Answers in a minute from one place, behind which a whole council may stand, and by one code. More have to
#: wait, with what was typed still on their page.
MOST_FROM_A_PLACE = 600
MOST_BY_A_CODE = 1_200
A_MINUTE = 60.0


class Rush:
    """Counts answers as they are sent; of a place only this process knows, and only for ten minutes."""

    def __init__(
        self, usual: int = USUAL, from_a_place: int = MOST_FROM_A_PLACE, by_a_code: int = MOST_BY_A_CODE
    ) -> None:
        """Take up to so many answers; see the constants of this module."""
        self._usual = Tries(usual, TEN_MINUTES)
        self._places = Tries(from_a_place, A_MINUTE)
        self._codes = Tries(by_a_code, A_MINUTE)

    def is_over(self, code_id: UUID, place: str) -> bool:
        """Whether no further answer is taken at this moment."""
        return self._places.exhausted(place) or self._codes.exhausted(code_id)

    def count(self, code_id: UUID, place: str) -> bool:
        """Count an answer; tells whether more come than one would expect."""
        is_unusual = self._usual.exhausted((code_id, place))
        self._usual.count((code_id, place))
        self._places.count(place)
        self._codes.count(code_id)
        return is_unusual
