"""Words: a subject and a Markdown body that a board wrote, checked before they are kept."""

from dataclasses import dataclass
from typing import TypeAlias

from jinja2 import TemplateSyntaxError

from messages.writing.expressions import SANDBOX, Expression, LetterError, read_expression
from messages.writing.prose import complaints
from messages.writing.tone import blame
from messages.writing.variables import EXAMPLES, KNOWN, LINKS

LONGEST_SUBJECT = 200
LONGEST_BODY = 20_000

Part: TypeAlias = str | Expression


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. ``where`` is 'subject' or 'body', ``line`` counts from one."""

    where: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.where}, line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class PreparedWords:
    """Checked words: literal text and expressions by turns, the body still in Markdown."""

    subject: tuple[Part, ...]
    body: tuple[Part, ...]

    @property
    def names(self) -> frozenset[str]:
        """Every variable that the words use."""
        return frozenset(
            name for part in (*self.subject, *self.body) if not isinstance(part, str) for name in part.names
        )


def prepare(subject: str, body: str) -> PreparedWords | list[Problem]:
    """Check words as a board's staff typed them; give every problem found, or the words ready to compile."""
    subject, body = (text.replace("\r\n", "\n").replace("\r", "\n") for text in (subject.strip(), body))
    problems = _measure(subject, body)
    if problems:
        return problems
    subject_parts, body_parts = _divide("subject", subject, problems), _divide("body", body, problems)
    if problems:
        return problems
    problems += [Problem("body", line, text) for line, text in complaints(body_parts, LINKS)]
    for where, parts in (("subject", subject_parts), ("body", body_parts)):
        problems += _try_out(where, parts) + _hear_blame(where, parts)
    return problems or PreparedWords(tuple(subject_parts), tuple(body_parts))


def unknown_variables(prepared: PreparedWords, known: frozenset[str] = KNOWN) -> list[str]:
    """List the variables that words use and nobody will supply, in alphabetical order."""
    return sorted(prepared.names - known)


def _measure(subject: str, body: str) -> list[Problem]:
    problems = []
    if not subject:
        problems.append(Problem("subject", 1, "a letter needs a subject"))
    if "\n" in subject:
        problems.append(Problem("subject", 1, "a subject is a single line"))
    if not body.strip():
        problems.append(Problem("body", 1, "a letter needs some words"))
    for where, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if len(text) > longest:
            problems.append(Problem(where, 1, f"{len(text):,} characters are too many; {longest:,} fit"))
    return problems


def _divide(where: str, text: str, problems: list[Problem]) -> list[Part]:
    """Cut a template into literal text and expressions, and note what may not stand in it."""
    parts: list[Part] = []
    inside = ""
    try:
        tokens = list(SANDBOX.lex(text))
    except TemplateSyntaxError as error:
        problems.append(Problem(where, error.lineno, f"the braces do not match: {error.message}"))
        return parts
    for line, kind, value in tokens:
        match kind:
            case "data":
                parts.append(value)
            case "block_begin" | "comment_begin" | "raw_begin":
                problems.append(
                    Problem(where, line, f"'{value.strip()}' cannot stand here, only {{{{ names }}}} can")
                )
            case "variable_begin":
                inside = ""
            case "variable_end":
                expression = read_expression(inside.strip())
                if isinstance(expression, Expression):
                    parts.append(expression)
                else:
                    problems.append(Problem(where, line, expression))
            case _:
                inside += value
    return parts


def _try_out(where: str, parts: list[Part]) -> list[Problem]:
    """Work every expression out once with example values, so that it is found out now and not at sending."""
    problems = []
    for line, part in _by_line(parts):
        if isinstance(part, str) or not part.names <= KNOWN:
            continue
        try:
            part.evaluate(EXAMPLES)
        except LetterError as error:
            problems.append(Problem(where, line, str(error)))
    return problems


def _hear_blame(where: str, parts: list[Part]) -> list[Problem]:
    spoken = "".join(part if isinstance(part, str) else part.source for part in parts)
    lines = spoken.split("\n")
    problems = []
    for phrase in blame(spoken):
        line = next((number for number, text in enumerate(lines, 1) if phrase in text), 1)
        problems.append(
            Problem(where, line, f"'{phrase}' sounds like blame; say what is still needed or offer help")
        )
    return problems


def _by_line(parts: list[Part]) -> list[tuple[int, Part]]:
    line, placed = 1, []
    for part in parts:
        placed.append((line, part))
        line += part.count("\n") if isinstance(part, str) else 0
    return placed
