"""Naming: rows and choices without a name or a type, or with a name that nobody can use."""

from collections.abc import Iterator

from pyxform.parsing.expression import is_xml_tag

from surveys.xlsform.fault import Fault
from surveys.xlsform.names import legal_name, legal_value
from surveys.xlsform.question_types import Family, sort
from surveys.xlsform.sheets import Book, Line, Sheet
from surveys.xlsform.slips.brackets import parents_of, without

_RULES = "a name begins with a letter and has only letters, figures, underscores, hyphens and full stops"
#: What makes a row more than an empty one.
_SPEAKING = ("name", "label")


def find_unnamed(book: Book, strays: set[int]) -> Iterator[Fault]:
    """Everything wrong with the names on both sheets; `strays` are brackets without a partner."""
    survey = book.sheet("survey")
    first: dict[tuple[int, str], int] = {}
    for line, parent in parents_of(without(survey, strays)):
        written = survey.cell(line, "name")
        if not survey.cell(line, "type"):
            yield from _find_untyped(survey, line)
        elif not written or not is_xml_tag(written):
            yield from _find_nameless(survey, line, written)
        elif first.setdefault((parent, written), line.row) != line.row:
            row = first[parent, written]
            what = f"{written} is what row {row} is called already; give each row a name of its own"
            yield survey.fault(line.row, "name", what)
    yield from _find_nameless_choices(book)


def find_lost_choices(book: Book) -> Iterator[Fault]:
    """Choices that stand in no list, so that no question offers them."""
    choices = book.sheet("choices")
    for line in choices.lines:
        if choices.cell(line, "name") and not choices.cell(line, "list_name"):
            yield choices.fault(line.row, "list_name", "no list is named, so no question offers this choice")


def _find_untyped(survey: Sheet, line: Line) -> Iterator[Fault]:
    if any(text for heading in _SPEAKING for _, text in survey.spoken(line, heading)):
        what = "no type is given; write what is asked for, such as text, integer or select_one yn"
        yield survey.fault(line.row, "type", what)


def _find_nameless(survey: Sheet, line: Line, written: str) -> Iterator[Fault]:
    meant = sort(survey.cell(line, "type"))
    if written:
        yield survey.fault(line.row, "name", f"{written!r}: {_RULES}, as in {legal_name(written)}")
    elif meant.family is Family.METADATA and meant.kind != "audit":
        what = (
            f"ODK wants a name even for {meant.kind}, which is left out here; write one, or take the row out"
        )
        instead = "; where it should end a group, write end_group under type" if meant.kind == "end" else ""
        yield survey.fault(line.row, "name", what + instead)
    elif meant.family in (Family.ASKED, Family.BRACKET) and meant.kind != "note":
        label = next((text for _, text in survey.spoken(line, "label")), "")
        such = f", such as {legal_name(label)[:20].rstrip('_')}" if label.isascii() and label else ""
        yield survey.fault(line.row, "name", f"no name is given; write one{such}: {_RULES}")


def _find_nameless_choices(book: Book) -> Iterator[Fault]:
    survey, choices = book.sheet("survey"), book.sheet("choices")
    sorts = [sort(survey.cell(line, "type")) for line in survey.asked]
    several = {meant.list_name for meant in sorts if meant.kind in ("select_multiple", "rank")}
    used = {meant.list_name for meant in sorts if meant.list_name}
    for line in choices.lines:
        listed, written = choices.cell(line, "list_name"), choices.cell(line, "name")
        if listed and not written and (listed in used or any(choices.spoken(line, "label"))):
            what = f"no name is given; write what an answer in the list {listed} is kept as, such as yes"
            yield choices.fault(line.row, "name", what)
        elif " " in written and listed in several:
            what = (
                f"{written!r} has a space, and where several can be chosen a space parts them; write "
                f"{legal_value(written)}"
            )
            yield choices.fault(line.row, "name", what)
