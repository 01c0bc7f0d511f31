"""Seat words: whose seat a rung's role comes down to at an agency, and how people say it."""

from messages.chasing.addressees import ASKED, BOOKED, OFFICE_LINE, SCHOOL_LINE, words_of


def seat_meant(role: str, *, is_school: bool, is_personal: bool = False, asked_as: str = ASKED) -> str:
    """The role of the seat, or of the board's office, whose holder a rung's letter goes to.

    Where it `is_personal`, whoever was asked was asked by name and stands for no seat; else `asked_as` is the
    seat that is asked, where that is known.
    """
    if role == ASKED:
        return BOOKED if is_personal else asked_as
    return (SCHOOL_LINE if is_school else OFFICE_LINE).get(role, role)


def say_seat(role: str, seat: str) -> str:
    """A reader's own seat; where a letter was meant for another, in whose place they get it."""
    if seat == BOOKED:
        return words_of(seat)
    own, other = (words_of(one).replace("subgroup", "sub-group") for one in (seat, role))
    return own if own == other or role == ASKED else f"{own} (in the {other}'s place)"
