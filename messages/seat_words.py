"""Seat words: whose seat a rung's role comes down to at an agency, and how people say it."""

from messages.addressees import OFFICE_LINE, SCHOOL_LINE, words_of


def seat_meant(role: str, *, is_school: bool) -> str:
    """The role of the seat, or of the board's office, whose holder a rung's letter goes to."""
    return (SCHOOL_LINE if is_school else OFFICE_LINE).get(role, role)


def say_seat(role: str, seat: str) -> str:
    """A reader's own seat; where a letter was meant for another, in whose place they get it."""
    own, other = (words_of(one).replace("subgroup", "sub-group") for one in (seat, role))
    return own if own == other else f"{own} (in the {other}'s place)"
