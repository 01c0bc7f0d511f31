"""pyxform's tree has the shape that is relied on: it is the one thing of it that is not public."""

from pyxform.xls2xform import convert

from surveys.xlsform.fault import Fault
from surveys.xlsform.odk import row_of, understand
from surveys.xlsform.sheets import Book, Line, Sheet

HEADINGS = ("type", "name", "label", "relevant", "appearance", "required_message::Polski (pl)", "parameters")
ROWS = (
    ("begin group", "g", "Group", "", "table-list", "", ""),
    ("select_one l", "a", "A", "", "", "", ""),
    ("end group", "", "", "", "", "", ""),
    ("text", "b", "B", "${a} = 'x'", "multiline", "Napisz", ""),
    ("range", "c", "C", "", "", "", "start=1 end=5 step=1"),
)


def _sheet(name: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Sheet:
    letters = {heading: "ABCDEFGH"[place] for place, heading in enumerate(headings)}
    lines = [
        Line(number, {heading: cell for heading, cell in zip(headings, cells, strict=True) if cell})
        for number, cells in enumerate(rows, 2)
    ]
    return Sheet(name, letters, tuple(lines))


def _book() -> Book:
    choices = _sheet(
        "choices", ("list_name", "name", "label", "x"), (("l", "x", "X", "1"), ("l", "y", "Y", ""))
    )
    return Book({"survey": _sheet("survey", HEADINGS, ROWS), "choices": choices}, ("survey", "choices"))


def test_the_tree_has_the_shape_that_is_relied_on() -> None:
    reading = understand(_book(), ())
    assert reading.root is not None
    assert not reading.faults
    group, text, span, meta = reading.root["children"]
    caption, header, line = group["children"]
    assert (group["type"], group["name"], row_of(group)) == ("group", "g", 2)
    assert (caption["type"], caption["name"], caption["label"]) == (
        "note",
        "generated_table_list_label_2",
        "Group",
    )
    assert (header["control"]["appearance"], row_of(header)) == ("label", 0)
    assert (line["type"], line["itemset"], line["control"]["appearance"], row_of(line)) == (
        "select one",
        "l",
        "list-nolabel",
        3,
    )
    assert [dict(each) for each in line["choices"]] == [
        {"name": "x", "label": "X", "x": "1"},
        {"name": "y", "label": "Y"},
    ]
    assert text["bind"]["relevant"] == "${a} = 'x'"
    assert text["bind"]["jr:requiredMsg"] == {"Polski (pl)": "Napisz"}
    assert text["control"]["appearance"] == "multiline"
    assert (span["control"]["start"], span["control"]["end"], span["control"]["step"]) == ("1", "5", "1")
    assert (meta["name"], row_of(meta)) == ("meta", 0)


def test_pyxform_still_keeps_the_tree_under_the_name_that_is_used() -> None:
    told = convert({"survey": [{"type": "text", "name": "a", "label": "A"}]}, validate=False)
    assert told._pyxform["children"][0]["type"] == "text"


def test_a_row_it_stumbles_over_does_not_hide_the_next_one() -> None:
    rows = (("text", "a b", "A"), ("select_one gone", "c", "C"), ("text", "d", "D"), ("text", "d", "Again"))
    book = Book({"survey": _sheet("survey", ("type", "name", "label"), rows)}, ("survey",))
    reading = understand(book, ())
    assert [fault.row for fault in reading.faults][:1] == [2]
    assert 5 in {fault.row for fault in reading.faults} or len(reading.faults) >= 2


def test_rows_refused_already_are_not_complained_of_again() -> None:
    rows = (("nonsense", "a", "A"), ("text", "b", "B"))
    book = Book({"survey": _sheet("survey", ("type", "name", "label"), rows)}, ("survey",))
    reading = understand(book, [Fault("survey", 2, "type", "there is no such type", "A")])
    assert reading.root is not None
    assert [node["type"] for node in reading.root["children"]][:2] == ["text", "text"]
