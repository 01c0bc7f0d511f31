"""Groups: the tree of groups and repeats as the sections of a form, and the questions in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from surveys.xlsform.choices import Written
from surveys.xlsform.grids import is_caption, is_header, lines_of, write_matrix
from surveys.xlsform.odk import Node, row_of
from surveys.xlsform.question_types import Family, sort
from surveys.xlsform.questions import join_rules, write_question
from surveys.xlsform.work import Work

#: Questions a section may hold.
MOST = 100


@dataclass
class _Sections:
    """The sections found so far, and the questions between groups that have no section yet."""

    work: Work
    title: str
    found: list[Written] = field(default_factory=list)
    loose: list[Written] = field(default_factory=list)

    def close(self, relevant: str) -> None:
        """Make a section of the questions that stand between groups."""
        for part in _apart(self.loose):
            last = part[-1]
            title = str(last["label"]) if last["kind"] == "repeat" else self.title
            self.add(f"part_{len(self.found) + 1}", title, part, relevant)
        self.loose = []

    def add(
        self, name: str, title: str, questions: Sequence[Written], relevant: str, intro: str = ""
    ) -> None:
        """Add a section, in several parts where there are too many questions for one."""
        taken = {section["name"] for section in self.found}
        for start in range(0, len(questions), MOST):
            part = (
                name if not start and name not in taken else f"{name[:30]}_part_{start // MOST + len(taken)}"
            )
            section: Written = {
                "name": part,
                "title": title,
                "questions": list(questions[start : start + MOST]),
            }
            if relevant:
                section["relevant"] = relevant
            if intro and not start:
                section["intro"] = intro
            self.found.append(section)


def write_sections(work: Work, root: Node, title: str) -> list[Written]:
    """Every section of a workbook, in order: a group is one, and so is what stands between groups."""
    sections = _Sections(work, title)
    _walk(sections, root, "")
    sections.close("")
    return sections.found


def _apart(questions: Sequence[Written]) -> Iterator[list[Written]]:
    """Questions together until a repeat comes: that is a part of its own, with the notes above it."""
    part: list[Written] = []
    for question in questions:
        part.append(question)
        if question["kind"] == "repeat":
            notes = len(list(takewhile(lambda each: each["kind"] == "note", reversed(part[:-1]))))
            start = len(part) - 1 - notes
            yield from (each for each in (part[:start], part[start:]) if each)
            part = []
    if part:
        yield part


def _walk(sections: _Sections, parent: Node, relevant: str) -> None:
    for node in _elements(parent):
        if node.get("type") != "group":
            sections.loose.extend(_write(sections.work, node, ""))
            continue
        sections.close(relevant)
        inside = join_rules(relevant, sections.work.rule(node, "relevant"))
        if _is_shell(node):
            _enter(sections, node, inside)
        else:
            _add_group(sections, node, inside)
    sections.close(relevant)


def _enter(sections: _Sections, shell: Node, relevant: str) -> None:
    """A group of groups alone gives its sections; its label goes above the first of them."""
    first, before = len(sections.found), sections.title
    label = sections.work.say(shell, "label") if shell.get("label") else ""
    sections.title = label or before
    _walk(sections, shell, relevant)
    sections.title = before
    if label and len(sections.found) > first and sections.found[first]["title"] != label:
        intro = sections.found[first].get("intro", "")
        sections.found[first]["intro"] = f"{label}\n\n{intro}".strip()


def _add_group(sections: _Sections, group: Node, relevant: str) -> None:
    work = sections.work
    label = work.say(group, "label") if group.get("label") else ""
    lines = lines_of(work, group)
    if lines:
        matrix = write_matrix(work, group, lines, "")
        sections.add(work.name(group), matrix["label"], [matrix], relevant)
        return
    questions = [question for node in _elements(group) for question in _write(work, node, "")]
    intro = work.say_hint(group) if group.get("hint") else ""
    sections.add(
        work.name(group), label or _caption(work, group) or sections.title, questions, relevant, intro
    )


def _caption(work: Work, group: Node) -> str:
    found = next((node for node in group.get("children", ()) if is_caption(node)), None)
    return work.say(found, "label") if found and found.get("label") else ""


def _is_shell(group: Node) -> bool:
    """Whether a group holds nothing but groups with titles of their own."""
    inside = list(_elements(group))
    return bool(inside) and all(node.get("type") == "group" and node.get("label") for node in inside)


def _elements(parent: Node) -> Iterator[Node]:
    """The elements of a group that came from a row and are answered or read."""
    for node in parent.get("children", ()):
        if row_of(node) and not is_caption(node) and not is_header(node):
            yield node


def _write(work: Work, node: Node, relevant: str, *, in_repeat: bool = False) -> Iterator[Written]:
    """An element as one question or several; a group within a section gives its questions and their rule."""
    meant = sort(work.cell(node, "type"))
    if row_of(node) in work.stand_ins and node.get("type") not in ("group", "repeat"):
        if work.is_named(node):
            yield stand_in(work.name(node))
        return
    if meant.family not in (Family.ASKED, Family.BRACKET):
        return
    match node.get("type"):
        case "group":
            yield from _flatten(work, node, join_rules(relevant, work.rule(node, "relevant")), in_repeat)
        case "repeat":
            yield _write_repeat(work, node, join_rules(relevant, work.rule(node, "relevant")))
        case _:
            yield from write_question(work, node, relevant)


def stand_in(name: str) -> Written:
    """A question that nobody can object to, so that all that is said of the others can be found."""
    return {"kind": "text", "name": name, "label": "-", "notice": "-"}


def _flatten(work: Work, group: Node, relevant: str, in_repeat: bool) -> Iterator[Written]:
    lines = [] if in_repeat else lines_of(work, group)
    if lines:
        yield write_matrix(work, group, lines, relevant)
        return
    label = work.say(group, "label") if group.get("label") else _caption(work, group)
    if label:
        note: Written = {"kind": "note", "name": work.name(group), "label": label}
        yield note | ({"relevant": relevant} if relevant else {})
    for node in _elements(group):
        yield from _write(work, node, relevant, in_repeat=in_repeat)


def _write_repeat(work: Work, node: Node, relevant: str) -> Written:
    questions = [question for each in _elements(node) for question in _write(work, each, "", in_repeat=True)]
    label = work.say(node, "label") if node.get("label") else work.cell(node, "name")
    written: Written = {
        "kind": "repeat",
        "name": work.name(node),
        "label": label,
        "item": work.cell(node, "item") or label,
        "questions": questions,
    }
    named = next((each["name"] for each in questions if each["kind"] in ("text", "single", "date")), "")
    if named:
        written["summary"] = named
    times = work.cell(node, "repeat_count")
    if times:
        written["times"] = work.rules.spell(times)
    return written | ({"relevant": relevant} if relevant else {})
