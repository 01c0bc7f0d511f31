"""A ladder that cannot be climbed as promised is not kept: it says the line and the reason."""

import pytest

from messages.chasing.ladder import Ladder
from messages.ladders.file import write_ladder
from messages.ladders.fitness import find_faults
from messages.ladders.shipped import shipped_ladder, shipped_names
from messages.ladders.typed import Typed, read_typed

WORDS = {
    (rung.name, role)
    for name in shipped_names()
    for rung in shipped_ladder(name).rungs
    for role in (*rung.to, "board_member", "deputy")
} | {("again", "asked"), ("nearly", "asked"), ("cover", "deputy")}


def typed(text: str) -> Typed:
    found = read_typed(text)
    assert isinstance(found, Typed), [str(fault) for fault in found]
    return found


def rung(name: str, days: object, *more: str, anchor: str = "due", to: str = '["asked"]') -> str:
    lines = ["[[rungs]]", f'name = "{name}"', f'from = "{anchor}"', f"days = {days}", f"to = {to}", *more, ""]
    return "\n".join(lines)


def file(*rungs: str, lapse: object = 30) -> str:
    return f"lapse_days = {lapse}\n" + "".join(rungs)


ISSUE = rung("issue", 0, anchor="issue")
SOON, TODAY, DEPUTY = rung("soon", -3), rung("today", 0), rung("deputy", 2)


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_ladder_is_fit_and_reads_back_as_it_was_written(name: str) -> None:
    ladder = shipped_ladder(name)
    read = typed(write_ladder(ladder))
    assert read.ladder == ladder
    assert find_faults(read, WORDS, ladder, {rung.name: 3 for rung in ladder.rungs}) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lapse_days = ", "line 1: this is not TOML"),
        ("lapse_days = 3", "line 1: a ladder has rungs"),
        (file(ISSUE, lapse='"soon"'), "line 1: say lapse_days"),
        (file(ISSUE, rung("Late!", 1)), "line 7: rung 'Late!': a name is a word"),
        (file(rung("soon", '"3"')), "line 2: rung 'soon': days is a whole number"),
        (file(rung("soon", 999)), "line 2: rung 'soon': days is a whole number"),
        (file(rung("soon", "true")), "line 2: rung 'soon': days is a whole number"),
        (file(rung("soon", 1, anchor="term")), "line 2: rung 'soon': from is"),
        (file(rung("soon", 1, to='"asked"')), "line 2: rung 'soon': to is a list"),
        (file(rung("soon", 1, to="[]")), "line 2: rung 'soon': to is a list"),
        (file(rung("soon", 1, "colour = 3")), "line 2: rung 'soon': colour means nothing here"),
        (file(ISSUE, "[[rungs]]\ndays = 3\n"), "line 7: rung 'without a name' says no name"),
        (file(ISSUE, lapse=3) + "\n[more]\nx = 1\n", "line 1: 'more' means nothing here"),
    ],
)
def test_what_is_no_ladder_is_refused_with_its_line(text: str, said: str) -> None:
    found = read_typed(text)
    assert isinstance(found, list)
    assert any(str(fault).startswith(said) for fault in found), [str(fault) for fault in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (file(ISSUE, rung("cover", 1, to='["deputy"]')), "line 7: rung “cover”: a letter beside the ladder"),
        (file(ISSUE, rung("soon", 1, to='["mayor"]')), "line 7: rung “soon”: nobody is called 'mayor'"),
        (file(ISSUE, rung("hello", 1)), "line 7: rung “hello”: no words are saved for the training"),
        (file(ISSUE, rung("today", 1, to='["asked", "asked"]')), "line 7: rung “today”: it names an addr"),
        (file(ISSUE, rung("today", 1, 'channels = ["pigeon"]')), "line 7: rung “today”: there is no channel"),
        (file(rung("issue", -1, anchor="issue")), "line 2: rung “issue”: nothing is written before"),
        (
            file(TODAY, rung("board_member", 9, to='["board_member"]')),
            "line 7: rung “board_member”: a l",
        ),
        (file(ISSUE, ISSUE.replace("days = 0", "days = 1")), "line 7: two rungs are called “issue”"),
        (file(TODAY, ISSUE), "line 7: rung “issue”: those from the day of issue stand before"),
        (file(TODAY, rung("deputy", 0)), "line 7: rung “deputy”: “today” is on the same day"),
        (file(ISSUE, TODAY, SOON), "line 12: rung “soon” is out of order"),
        (file(rung("today", 0, "approval = true"), DEPUTY), "line 8: rung “deputy”: a person approves"),
        (file(ISSUE, DEPUTY, lapse=2), "line 1: it would lapse before its last rung, 2 working days"),
        (file(ISSUE, lapse=-1), "line 1: it would lapse before it is due"),
    ],
)
def test_what_breaks_a_promise_is_refused_with_its_line(text: str, said: str) -> None:
    found = [str(fault) for fault in find_faults(typed(text), WORDS)]
    assert [fault for fault in found if fault.startswith(said)], found
    assert len(found) == 1


def standing() -> Ladder:
    return typed(file(ISSUE, SOON, TODAY, rung("deputy", 2, to='["asked", "deputy"]'))).ladder


@pytest.mark.parametrize(
    ("text", "climbed", "refused"),
    [
        # A new name where one was climbed would be climbed by the same asks once more.
        (file(ISSUE, rung("again", -3), TODAY, DEPUTY), {"soon": 4}, True),
        (file(ISSUE, rung("nearly", -1), TODAY, DEPUTY), {"soon": 4}, True),
        (file(ISSUE, rung("again", -3), TODAY, DEPUTY), {}, False),
        (file(ISSUE, TODAY, DEPUTY), {"soon": 4}, False),
        (file(ISSUE, rung("soon", -2), TODAY, DEPUTY), {"soon": 4}, False),
        (file(ISSUE, rung("nearly", -5), SOON, TODAY, DEPUTY), {"soon": 4}, False),
    ],
)
def test_a_climbed_rung_keeps_its_name(text: str, climbed: dict[str, int], refused: bool) -> None:
    found = [str(fault) for fault in find_faults(typed(text), WORDS, standing(), climbed)]
    assert bool(found) is refused, found
    if refused:
        assert "4 asks under way climbed" in found[0]
        assert "keep the name “soon”" in found[0]
