"""How pressing an ask is: the colours, each with a reason in words."""

from datetime import date

import pytest

from messages.days.calendar import CalendarEnds, office_calendar, school_calendar
from messages.standing.rag import Position, Rag, judge
from store.asking.ask import AskState

OFFICE = office_calendar()
#: A Friday.
DUE = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("today", "rag", "reason"),
    [
        (date(2026, 11, 19), Rag.GREY, "not due yet; due in 6 working days"),
        (date(2026, 11, 20), Rag.AMBER, "due in 5 working days"),
        (date(2026, 11, 26), Rag.AMBER, "due in 1 working day"),
        (DUE, Rag.AMBER, "due today"),
        (date(2026, 11, 28), Rag.AMBER, "its due date has passed"),
        (date(2026, 11, 30), Rag.AMBER, "1 working day past its due date"),
        (date(2026, 12, 4), Rag.AMBER, "5 working days past its due date"),
        (date(2026, 12, 7), Rag.RED, "6 working days past its due date"),
    ],
)
def test_an_open_ask_turns_amber_near_its_day_and_red_well_after_it(
    today: date, rag: Rag, reason: str
) -> None:
    judged = judge(Position(AskState.ASKED, DUE, DUE), today, OFFICE)
    assert (judged.rag, judged.reason) == (rag, reason)
    assert str(judged) == f"{rag.value}: {reason}"


def test_more_time_is_amber_however_far_off_the_new_day_is() -> None:
    judged = judge(Position(AskState.ASKED, DUE, date(2026, 11, 6)), date(2026, 11, 9), OFFICE)
    assert judged.rag is Rag.AMBER
    assert "first due on 2026-11-06" in judged.reason


def test_an_ask_at_rest_is_grey_until_its_hold_ends() -> None:
    held = Position(AskState.ASKED, DUE, DUE, held_until=date(2026, 12, 11), held_why="inspection")
    assert judge(held, date(2026, 12, 11), OFFICE).rag is Rag.GREY
    assert "inspection" in judge(held, date(2026, 12, 11), OFFICE).reason
    assert judge(held, date(2026, 12, 14), OFFICE).rag is Rag.RED


def test_a_school_on_holiday_is_grey_and_not_on_a_weekend() -> None:
    school = school_calendar([(date(2026, 9, 2), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 3, 25))])
    position = Position(AskState.ASKED, date(2026, 12, 4), date(2026, 12, 4))
    assert judge(position, date(2026, 12, 12), school).rag is Rag.AMBER
    on_holiday = judge(position, date(2026, 12, 22), school)
    assert (on_holiday.rag, on_holiday.reason) == (Rag.GREY, "the agency is closed until 2027-01-04")


@pytest.mark.parametrize(
    ("state", "rag"),
    [
        (AskState.PENDING, Rag.GREY),
        (AskState.DECLINED, Rag.GREY),
        (AskState.WITHDRAWN, Rag.GREY),
        (AskState.LAPSED, Rag.RED),
        (AskState.ANSWERED, Rag.GREEN),
    ],
)
def test_a_closed_ask_has_a_colour_of_its_own(state: AskState, rag: Rag) -> None:
    assert judge(Position(state, DUE, DUE, closed_on=DUE), date(2027, 3, 1), OFFICE).rag is rag


def test_an_answer_after_its_day_says_so_and_an_accepted_one_is_blue() -> None:
    late = judge(
        Position(AskState.ANSWERED, DUE, DUE, closed_on=date(2026, 12, 1)), date(2026, 12, 7), OFFICE
    )
    assert (late.rag, late.reason) == (Rag.GREEN, "in, 2 working days after it was due")
    assert judge(Position(AskState.ANSWERED, DUE, DUE, accepted=True), DUE, OFFICE).rag is Rag.BLUE


def test_unknown_terms_are_not_guessed() -> None:
    school = school_calendar([(date(2026, 9, 2), date(2026, 10, 23))])
    with pytest.raises(CalendarEnds):
        judge(Position(AskState.ASKED, DUE, DUE), date(2026, 11, 20), school)
