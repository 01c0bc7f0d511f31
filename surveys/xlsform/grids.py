"""Grids: a group of like selects, which ODK shows as a table, as a matrix where that loses nothing."""

from collections.abc import Iterator

from surveys.kinds.table import MOST_ENTRIES
from surveys.xlsform.choices import Written
from surveys.xlsform.odk import Node, row_of
from surveys.xlsform.questions import appearance_of, write_question
from surveys.xlsform.work import Work

#: The rules that a line of a matrix cannot have of its own.
_OWN_RULES = ("relevant", "constraint", "calculate", "readonly")
_SELECTS = ("select one", "select all that apply")
#: Long enough for the name of a matrix to take an ending.
_ROOM = 33


def is_header(node: Node) -> bool:
    """Whether an element only shows the choices above a table and is not answered."""
    return appearance_of(node) == ["label"] and str(node.get("type")) in (
        "select one",
        "select all that apply",
    )


def is_caption(node: Node) -> bool:
    """Whether an element is the caption that pyxform makes of a table's label."""
    return str(node.get("name", "")).startswith("generated_table_list_label_")


def lines_of(work: Work, group: Node) -> list[Node]:
    """The selects of a group that is shown as a table; none where it is none, or is more than a matrix."""
    lines = [node for node in group.get("children", ()) if not is_caption(node) and not is_header(node)]
    if not lines or len(lines) > MOST_ENTRIES:
        return []
    if not all(str(node.get("type")) == str(lines[0].get("type")) for node in lines):
        return []
    return lines if all(_is_line(work, node, lines[0]) for node in lines) else []


def write_matrix(work: Work, group: Node, lines: list[Node], relevant: str) -> Written:
    """A table of selects as a matrix of one column, each of them a line."""
    questions = [write_question(work, node, "")[0] for node in lines]
    first, name = questions[0], work.name(group)
    label = next(iter(_labels(work, group)), "") or first["label"]
    kept = ("kind", "choices", "most", "required", "missing")
    column = {setting: first[setting] for setting in kept if setting in first}
    written: Written = {
        "kind": "matrix",
        "name": name,
        "label": label,
        "lines": [_line(question) for question in questions],
        "columns": [{**column, "name": f"{name[:_ROOM]}_answer", "label": label}],
    }
    return written | ({"relevant": relevant} if relevant else {})


def _labels(work: Work, group: Node) -> Iterator[str]:
    """What the table may be called: its own label, its caption's, or the label above the choices."""
    captions = [node for node in group.get("children", ()) if is_caption(node) or is_header(node)]
    for node in (group, *captions):
        if node.get("label"):
            yield work.say(node, "label")


def _line(question: Written) -> Written:
    line = {"value": question["name"], "label": question["label"]}
    return line | ({"hint": question["hint"]} if "hint" in question else {})


def _is_line(work: Work, node: Node, first: Node) -> bool:
    bind = node.get("bind", {})
    return (
        "list-nolabel" in appearance_of(node)
        and str(node.get("type")) in _SELECTS
        and node.get("itemset") == first.get("itemset")
        and not node.get("choice_filter")
        and not work.cell(node, "choices_from")
        and not any(bind.get(rule) for rule in _OWN_RULES)
        and not node.get("default")
        and bind.get("required") == first.get("bind", {}).get("required")
        and str(node.get("name")) not in work.watched
        and bool(row_of(node))
    )
