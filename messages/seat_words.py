"""Seat words: whose seat a rung's role comes down to at an agency, and how people say it."""

from messages.addressees import ASKED, BOOKED, OFFICE_LINE, SCHOOL_LINE, words_of


def seat_meant(role: str, *, is_school: bool, is_personal: bool = False) -> str:
    """The role of the seat, or of the board's office, whose holder a rung's letter goes to.

    Where it `is_personal`, whoever was asked was asked by name and stands for no seat.
    """
    if is_personal and role == ASKED:
        return BOOKED
    return (SCHOOL_LINE if is_school else OFFICE_LINE).get(role, role)


def say_seat(role: str, seat: str) -> str:
    """A reader's own seat; where a letter was meant for another, in whose place they get it."""
    if seat == BOOKED:
        return words_of(seat)
    own, other = (words_of(one).replace("subgroup", "sub-group") for one in (seat, role))
    return own if own == other else f"{own} (in the {other}'s place)"
