"""Actions come in from whatever sheet people keep them in; what cannot be taken comes back, saying why."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.actions.sheet import write_actions
from bot.directory.crosscheck import Known
from bot.directory.difference import Existing, compare
from bot.directory.reading import read, read_bytes
from bot.directory.rows import ActionRow, AgencyRow, Directory, Kind
from store.answers.action import ActionState
from tests.bot.directory.make import problems, read_text, read_workbook

HEAD = "Ref,Organisation,Lesson code,Agreed action,Lead,Date agreed,By when,Status,Date closed,Reason\n"
DAY = date(2026, 7, 12)
THERE = ActionRow(
    reference="WREN-1",
    agency="Hill School",
    text="Ring the family",
    owner="Head of year",
    lesson="LSN-001",
    review="",
    agreed_on=DAY,
    original_due_on=date(2026, 11, 12),
    due_on=date(2026, 12, 1),
    measure="",
    baseline="",
    target="",
    state=ActionState.OPEN,
    why="",
)
SHUT = replace(
    THERE, reference="WREN-2", state=ActionState.CLOSED, closed_on=date(2026, 10, 1), due_on=DAY, why=""
)
KNOWN = Known(
    ("Hill School", "Vale Police"), ("Vale schools",), {"LSN-001": DAY, "LSN-002": None}, (THERE, SHUT)
)


def said(row: str, head: str = HEAD) -> list[tuple[str, str]]:
    """Column and reason of what is to be put right in one row."""
    return [(column, reason) for _, column, reason in problems(read_text(head + row, KNOWN))]


def test_a_sheet_is_known_by_its_headings_in_other_words() -> None:
    row = "WREN-9,Vale Police,lsn-001,Ask first,Named nurse,12 July 2026,1/2/2027,ongoing,,\n"
    [one] = read_text(HEAD + row, KNOWN).actions
    assert (one.reference, one.agency, one.text, one.owner) == (
        "WREN-9",
        "Vale Police",
        "Ask first",
        "Named nurse",
    )
    assert (one.lesson, one.agreed_on, one.due_on, one.state) == (
        "LSN-001",
        DAY,
        date(2027, 2, 1),
        ActionState.OPEN,
    )


def test_a_workbook_may_hold_actions_beside_agencies_they_belong_to() -> None:
    told = read_workbook(
        KNOWN,
        Agencies=[["Agency", "Sector", "Calendar"], ["New Trust", "health", "office"]],
        Actions=[
            ["Reference", "Agency", "Review", "Action", "Owner", "Agreed on", "Due date"],
            ["R-1", "New Trust", "Review of May", "Two\nlines", "Matron", "date:46215", "date:46419"],
        ],
    )
    assert [row.name for row in told.agencies] == ["New Trust"]
    assert [(row.text, row.agreed_on) for row in told.actions] == [("Two lines", date(2026, 7, 12))]
    assert told.rejected == ()


def test_the_day_of_a_lesson_stands_for_one_that_is_not_given() -> None:
    head = "Reference,Agency,Lesson,Action,Owner,Due date\n"
    [one] = read_text(head + "X-1,Vale Police,LSN-001,Ask,Nurse,1/2/2027\n", KNOWN).actions
    assert one.agreed_on == DAY
    assert "is missing" in said("X-1,Vale Police,LSN-002,Ask,Nurse,1/2/2027\n", head)[0][1]


GIVEN_BACK = {
    "an unknown agency": (
        "X,Vale Fire,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,,,",
        "Organisation",
        "not an agency",
    ),
    "an unknown lesson": ("X,Vale Police,LSN-9,Ask,Nurse,12/7/2026,1/2/2027,,,", "Lesson code", "no lesson"),
    "no reference": (",Vale Police,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,,,", "Ref", "is missing"),
    "no owner": ("X,Vale Police,LSN-001,Ask,,12/7/2026,1/2/2027,,,", "Lead", "is missing"),
    "no due date": ("X,Vale Police,LSN-001,Ask,Nurse,12/7/2026,,,,", "By when", "is missing"),
    "no such day": ("X,Vale Police,LSN-001,Ask,Nurse,12/7/2026,31/2/2027,,,", "By when", "is not a date"),
    "neither lesson nor review": (
        "X,Vale Police,,Ask,Nurse,12/7/2026,1/2/2027,,,",
        "Lesson code",
        "is missing",
    ),
    "blame": ("X,Vale Police,LSN-001,They failed,Nurse,12/7/2026,1/2/2027,,,", "Agreed action", "blame"),
    "a formula": ("X,Vale Police,LSN-001,=1+1,Nurse,12/7/2026,1/2/2027,,,", "Agreed action", "formula"),
    "an unknown state": (
        "X,Vale Police,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,purple,,",
        "Status",
        "not a state",
    ),
    "closed without a day": (
        "X,Vale Police,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,closed,,Done",
        "Date closed",
        "is missing",
    ),
    "closed without a reason": (
        "X,Vale Police,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,closed,1/9/2026,",
        "Reason",
        "say why",
    ),
    "open with a closing day": (
        "X,Vale Police,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,open,1/9/2026,",
        "Date closed",
        "is open",
    ),
    "the action of another": (
        "WREN-1,Vale Police,LSN-001,Ask,N,12/7/2026,1/2/2027,,,",
        "Organisation",
        "Hill",
    ),
    "closed by a person": ("wren-2,Hill School,LSN-001,Ask,N,12/7/2026,1/2/2027,open,,", "Status", "reopen"),
}


@pytest.mark.parametrize("case", GIVEN_BACK)
def test_what_cannot_be_taken_comes_back_with_its_reason(case: str) -> None:
    row, column, reason = GIVEN_BACK[case]
    [(where, why)] = said(f"{row}\n")
    assert where == column
    assert reason in why


def test_a_changed_due_date_is_taken_and_the_first_one_stays() -> None:
    head = "Reference,Agency,Action,First due date,Due date\n"
    told = read_text(head + "WREN-1,Hill School,Ring the family,12/11/2026,15/1/2027\n", KNOWN)
    [changed] = compare(told, Existing(actions=(THERE,))).changed
    assert [str(one) for one in changed.changes] == ["due on: 2026-12-01 → 2027-01-15"]
    [(column, reason)] = said("WREN-1,Hill School,Ring the family,13/11/2026,15/1/2027\n", head)
    assert column == "First due date"
    assert "first due on 12/11/2026, and that stays" in reason


def test_two_actions_of_one_reference_both_come_back_and_a_repeat_is_one() -> None:
    row = "X-1,Vale Police,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,,,\n"
    repeated = read_text(HEAD + row * 2, KNOWN)
    assert len(repeated.actions) == 1
    assert "given twice" in repeated.warnings[-1]
    assert len(read_text(HEAD + row + row.replace("Ask", "Tell"), KNOWN).rejected) == 2


def test_what_a_file_leaves_out_stands() -> None:
    told = read_text(HEAD + "X-1,Vale Police,LSN-001,Ask,Nurse,12/7/2026,1/2/2027,,,\n", KNOWN)
    found = compare(told, Existing(actions=(THERE, SHUT)))
    assert [row.key[0] for row in found.new] == [Kind.ACTION]
    assert found.absent == ()


def test_columns_of_actions_mean_nothing_beside_agencies() -> None:
    told = read_text("Agency,Sector,Calendar,Status\nNew Trust,health,office,open\n", KNOWN)
    assert "the column 'Status' is not read" in told.warnings[0]


# Letters, figures and what stands between words: nothing that a spreadsheet would run.
WORDS = st.from_regex(r"[A-Za-zéß][A-Za-z0-9é ,;:'\"()&-]{0,30}[A-Za-z0-9]", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


@st.composite
def rows(draw: st.DrawFn) -> ActionRow:
    state = draw(st.sampled_from(ActionState))
    has_lesson = draw(st.booleans())
    return ActionRow(
        reference="R-" + draw(st.from_regex(r"[A-Z0-9]{1,6}", fullmatch=True)),
        agency=draw(st.sampled_from(["Hill School", "Vale Police"])),
        text=draw(WORDS),
        owner=draw(WORDS),
        lesson="LSN-001" if has_lesson else "",
        review="" if has_lesson else draw(WORDS),
        agreed_on=draw(DAYS),
        original_due_on=draw(DAYS),
        due_on=draw(DAYS),
        measure=draw(st.one_of(st.just(""), WORDS)),
        baseline=draw(st.one_of(st.just(""), WORDS)),
        baseline_on=draw(st.one_of(st.none(), DAYS)),
        target=draw(st.one_of(st.just(""), WORDS)),
        state=state,
        closed_on=None if state.is_open else draw(DAYS),
        why="" if state.is_open else draw(WORDS),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(rows(), max_size=4, unique_by=lambda row: row.reference), st.sampled_from([".csv", ".xlsx"]))
def test_what_goes_out_comes_in_again_unchanged(listed: list[ActionRow], ending: str) -> None:
    existing = Existing(
        agencies=(AgencyRow("Hill School"), AgencyRow("Vale Police")),
        lessons={"LSN-001": DAY},
        actions=tuple(listed),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"actions{ending}"
        write_actions(listed, path)
        for known in (existing.known, replace(existing.known, actions=())):
            told = read(path, known)
            if not listed:
                return
            assert isinstance(told, Directory), told
            assert told.rejected == ()
            assert sorted(replace(row, source=None).reference for row in told.actions) == sorted(
                row.reference for row in listed
            )
            assert {replace(row, source=None) for row in told.actions} == set(listed)
            assert compare(told, existing).is_empty


def test_rows_given_back_can_be_put_right_and_come_in() -> None:
    told = read_bytes("a.csv", (HEAD + GIVEN_BACK["no owner"][0] + "\n").encode(), KNOWN)
    assert isinstance(told, Directory)
    assert told.rejected[0].column == "Lead"
    assert told.rejected[0].cells[0] == "X"
