"""Who stands behind the roles of a rung on the day, and why somebody is passed over."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from messages.chasing.addressees import Reach, resolve

ROWAN, DEVI, LENA, BOSE, GALE, IVES = (uuid4() for _ in range(6))
LINE = {
    "asked": Reach(ROWAN, "Rowan A"),
    "deputy": Reach(DEVI, "Devi A"),
    "line_manager": Reach(LENA, "Lena A"),
    "board_member": Reach(BOSE, "Bose A"),
    "subgroup_chair": Reach(uuid4(), "Chair of the sub-group"),
    "holiday_contact": Reach(uuid4(), "Duty line"),
}
SCHOOL = {**LINE, "chair_of_governors": Reach(GALE, "Gale A"), "education_lead": Reach(IVES, "Ines Ward")}


def found(
    *roles: str,
    line: dict[str, Reach] | None = None,
    is_school: bool = False,
    closed_today: bool = False,
    already: dict[UUID, str] | None = None,
) -> list[tuple[UUID | None, str]]:
    some = resolve(roles, line or LINE, is_school=is_school, closed_today=closed_today, already=already or {})
    assert [one.role for one in some] == list(roles)
    return [(one.person_id, one.skipped) for one in some]


def test_each_role_means_its_holder() -> None:
    assert found("asked", "deputy", "line_manager") == [(ROWAN, ""), (DEVI, ""), (LENA, "")]


def test_a_vacant_seat_is_passed_over_with_a_reason() -> None:
    assert found("chief_officer", "asked") == [(None, "no chief officer is named"), (ROWAN, "")]


def test_nobody_gets_one_rung_twice() -> None:
    both = LINE | {"deputy": Reach(ROWAN, "Rowan A")}
    assert found("asked", "deputy", line=both) == [
        (ROWAN, ""),
        (ROWAN, "Rowan A is also the training representative"),
    ]
    assert found("board_member", already={BOSE: "asked"}) == [
        (BOSE, "Bose A is also the training representative")
    ]


def test_whoever_is_skipped_does_not_bar_their_other_seat() -> None:
    away = Reach(ROWAN, "Rowan A", away_until=date(2026, 10, 30))
    both = LINE | {"asked": away, "deputy": Reach(ROWAN, "Rowan A")}
    assert found("asked", "deputy", line=both)[1] == (ROWAN, "")


def test_somebody_out_of_reach_is_passed_over_with_a_reason() -> None:
    gone = LINE | {"deputy": Reach(DEVI, "Devi A", barred="has left")}
    assert found("deputy", line=gone) == [(DEVI, "Devi A has left")]


def test_an_absence_bars_in_every_role() -> None:
    away = date(2026, 10, 30)
    line = LINE | {
        "asked": Reach(ROWAN, "Rowan A", away_until=away),
        "deputy": Reach(DEVI, "Devi A", away_until=away),
    }
    told = "is away until 2026-10-30"
    assert found("asked", "deputy", line=line) == [(ROWAN, f"Rowan A {told}"), (DEVI, f"Devi A {told}")]


@pytest.mark.parametrize(
    ("role", "person", "name"), [("board_member", GALE, "governors"), ("subgroup_chair", IVES, "lead")]
)
def test_a_schools_upper_rungs_stay_in_its_own_line(role: str, person: UUID, name: str) -> None:
    assert found(role, line=SCHOOL, is_school=True) == [(person, "")], name


def test_a_school_without_governors_named_has_nobody_else_written_to() -> None:
    """Above all not the board's member for schools, who is another school's head."""
    assert found("board_member", line=LINE, is_school=True) == [(None, "no chair of governors is named")]
    assert found("subgroup_chair", line=LINE, is_school=True) == [(None, "no education lead is named")]


def test_an_offices_letter_in_the_chairs_name_goes_to_its_board_member() -> None:
    assert found("subgroup_chair") == [(BOSE, "")]


def test_the_holiday_contact_is_for_closed_days() -> None:
    [(person, why)] = found("holiday_contact")
    assert person is None
    assert "at work today" in why
    [(person, why)] = found("holiday_contact", closed_today=True)
    assert person == LINE["holiday_contact"].person_id
    assert why == ""
