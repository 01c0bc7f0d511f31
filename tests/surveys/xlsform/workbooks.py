"""Builders: workbooks as somebody would write them in Excel, and what is read from them."""

import io
from typing import Any

from openpyxl import Workbook

from surveys.answering.answers import Answers, Problems, check
from surveys.forms.form import Form
from surveys.xlsform.fault import Fault
from surveys.xlsform.reading import ReadForm, read_xlsform

Cells = dict[str, Any]

YES_NO = [
    {"list_name": "yn", "name": "yes", "label": "Yes"},
    {"list_name": "yn", "name": "no", "label": "No"},
]


def row(kind: str, name: str = "", label: str = "", **cells: Any) -> Cells:
    """One row of the survey sheet; without a label it is labelled by its name."""
    told = {"type": kind, "name": name, "label": label or name.replace("_", " ").capitalize()}
    return {heading: text for heading, text in (told | cells).items() if text != ""}


def end(kind: str) -> Cells:
    """The row that ends a group or a repeat."""
    return {"type": f"end_{kind}"}


def choice(listed: str, name: str, label: str = "", **cells: Any) -> Cells:
    """One row of the choices sheet."""
    return {"list_name": listed, "name": name, "label": label or name.capitalize(), **cells}


def workbook(
    *survey: Cells, choices: list[Cells] | None = None, settings: Cells | None = None, **sheets: list[Cells]
) -> bytes:
    """An .xlsx with these rows on its sheets; headings are all that occur, in the order they do."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type, unused-ignore]
    told = {"survey": list(survey), "choices": choices or [], "settings": [settings] if settings else []}
    for title, rows in (told | sheets).items():
        if rows or title == "survey":
            page = book.create_sheet(title)
            headings = list(dict.fromkeys(heading for cells in rows for heading in cells))
            page.append(headings)
            for cells in rows:
                page.append([cells.get(heading) for heading in headings])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read(*survey: Cells, **rest: Any) -> ReadForm:
    """What is read from a workbook that must be taken."""
    found = read_xlsform(workbook(*survey, **rest), "sample.xlsx")
    assert isinstance(found, ReadForm), [str(fault) for fault in found]
    return found


def form(*survey: Cells, **rest: Any) -> Form:
    """The form in a workbook that must be taken."""
    return Form.from_json(read(*survey, **rest).form)


def faults(*survey: Cells, **rest: Any) -> list[Fault]:
    """What is wrong with a workbook that must be refused."""
    found = read_xlsform(workbook(*survey, **rest), "sample.xlsx")
    assert isinstance(found, list), "it was taken"
    assert found
    return found


def question(*survey: Cells, **rest: Any) -> Cells:
    """The first question as written in the form that is read."""
    first: Cells = read(*survey, **rest).form["sections"][0]["questions"][0]
    return first


def answers(asked: Form, **typed: str | list[str]) -> dict[str, Any]:
    """The values of answers that must be taken; `a__1__b` stands for the cell a.1.b."""
    found = check(asked, _raw(typed))
    assert isinstance(found, Answers), list(found)
    return dict(found.values)


def problems(asked: Form, **typed: str | list[str]) -> dict[str, str]:
    """What stands in the way of answers that must not be taken, by question."""
    found = check(asked, _raw(typed))
    assert isinstance(found, Problems), found.values
    return {problem.question: problem.text for problem in found}


def _raw(typed: dict[str, str | list[str]]) -> dict[str, list[str]]:
    return {
        name.replace("__", "."): [texts] if isinstance(texts, str) else texts for name, texts in typed.items()
    }
