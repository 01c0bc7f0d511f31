"""Spelling: an expression as a form has it, written anew the way the evaluator wants it."""

import difflib
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from surveys.expressions.advice import MARKS, near
from surveys.expressions.catalogue import FUNCTIONS, REFUSED, evaluator_name
from surveys.expressions.errors import ExpressionError

DEEPEST = 50
OWN, ROW = "own", "row"
"""The variables that stand for `.` and for position(..)."""

_REFERENCE = re.compile(r"\$\{\s*((?:[A-Za-z][\w-]*#)?[A-Za-z_][\w.-]*)\s*\}", re.ASCII)
_TOKEN = re.compile(
    r"""
      (?P<literal>'[^']*'|"[^"]*")
    | (?P<reference>\$\{[^{}]*\})
    | (?P<row>position\s*\(\s*\.\.\s*\))
    | (?P<call>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?(?=\s*\())
    | (?P<name>[A-Za-z_][\w.-]*)
    | (?P<number>\d+(?![\w.]))
    | (?P<decimal>(?:\d+\.\d*|\.\d+)(?![\w.]))
    | (?P<parent>\.\.)
    | (?P<own>\.(?![\w.]))
    | (?P<open>\()
    | (?P<close>\))
    | (?P<minus>-(?:\s*-)*)
    | (?P<sign>!=|[<>]=?(?![<>=])|=(?![<>=])|[+*,])
    | (?P<space>[\s\u200b\ufeff]+)
    """,
    re.ASCII | re.VERBOSE,
)
_OPERATORS = ("and", "or", "div", "mod")
_SPACES = re.compile(r"\s+")


@dataclass
class Respelt:
    """The expression for the evaluator, the names it refers to, and where each piece of it came from."""

    original: str
    pieces: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    decimals: list[str] = field(default_factory=list)
    deep: int = 0
    _length: int = 0
    _starts: list[int] = field(default_factory=list)
    _origins: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the evaluator is given."""
        return "".join(self.pieces)

    def add(self, piece: str, origin: int) -> None:
        """Put one more piece at the end, which stood at `origin` in the original."""
        self._starts.append(self._length)
        self._origins.append(origin)
        self.pieces.append(piece)
        self._length += len(piece)

    def constants(self) -> dict[str, float]:
        """The decimals as variables: the evaluator itself would miss some by a hair (2.345)."""
        return {f"n{at}": float(written) for at, written in enumerate(self.decimals)}

    def near(self, at: int) -> str:
        """The piece of the original from which the text at that place came, for a message."""
        piece = bisect_right(self._starts, at) - 1
        return near(self.original, self._origins[piece] if piece >= 0 else 0)

    def variable(self, name: str) -> str:
        """The variable that stands for the question's name, minted in the order of mention."""
        if name not in self.names:
            self.names.append(name)
        return f"v{self.names.index(name)}"


def respell(text: str) -> Respelt:
    """Write the expression for the evaluator; raises ExpressionError for a mark or a name that cannot be.

    Texts in quotation marks stay as they are; `${name}` and `.` become variables; functions get the names
    under which ours are known.
    """
    respelt, at = Respelt(text), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            if text[at] not in "\u00a0\u202f\u2009":
                raise _stray(text, at)
            respelt.add(" ", at)
            at += 1
            continue
        _WRITERS[found.lastgroup or ""](respelt, found[0], at)
        at = found.end()
    return respelt


def referred(piece: str) -> str | None:
    """The name in `${name}`, with its `#` where it has one; None when the piece is no such reference."""
    found = _REFERENCE.fullmatch(piece)
    return found[1] if found else None


def _write_same(respelt: Respelt, piece: str, at: int) -> None:
    respelt.add(piece, at)


def _write_space(respelt: Respelt, _piece: str, at: int) -> None:
    respelt.add(" ", at)


def _write_own(respelt: Respelt, _piece: str, at: int) -> None:
    respelt.add(f" ${OWN} ", at)


def _write_row(respelt: Respelt, _piece: str, at: int) -> None:
    respelt.add(f" ${ROW} ", at)


def _write_reference(respelt: Respelt, piece: str, at: int) -> None:
    name = referred(piece)
    if name is None:
        raise _error(respelt, at, f"{piece} names no question; write ${{question}}")
    respelt.add(f" ${respelt.variable(name)} ", at)


def _write_decimal(respelt: Respelt, piece: str, at: int) -> None:
    respelt.add(f" $n{len(respelt.decimals)} ", at)
    respelt.decimals.append(piece)


def _write_call(respelt: Respelt, piece: str, at: int) -> None:
    if piece in _OPERATORS:
        respelt.add(f"{piece} ", at)
    elif piece in FUNCTIONS:
        respelt.add(evaluator_name(piece), at)
    else:
        raise _error(respelt, at, _refusal(piece))


def _write_open(respelt: Respelt, piece: str, at: int) -> None:
    respelt.deep += 1
    if respelt.deep > DEEPEST:
        what = f"more than {DEEPEST} brackets inside one another; make a calculated question of a part"
        raise _error(respelt, at, what)
    respelt.add(piece, at)


def _write_close(respelt: Respelt, piece: str, at: int) -> None:
    respelt.deep -= 1
    respelt.add(piece, at)


def _write_minus(respelt: Respelt, piece: str, at: int) -> None:
    signs = _SPACES.sub("", piece)
    if len(signs) > 2:
        raise _error(respelt, at, f"{len(signs)} minus signs in a row; write one")
    respelt.add(" " + " ".join(signs), at)


def _refuse_parent(respelt: Respelt, _piece: str, at: int) -> None:
    raise _error(respelt, at, ".. stands only in position(..); write ${question} in place of a path")


def _refusal(name: str) -> str:
    if name == "position":
        return "position() is known only as position(..), the number of the entry"
    if name in REFUSED:
        return f"{name}() is refused: {REFUSED[name]}"
    likest = difflib.get_close_matches(name.lower(), FUNCTIONS, n=1)
    advice = f"did you mean {likest[0]}()?" if likest else "leave it out"
    return f"there is no function {name}(); {advice}"


def _stray(text: str, at: int) -> ExpressionError:
    mark = text[at]
    if text.startswith(("==", "<>", "=>", "=<", "<<", ">>"), at):
        what = f"{text[at : at + 2]} is no comparison: write =, !=, <=, >=, < or >"
    elif mark.isdigit() or mark == ".":
        what = "this is no number: write figures with one point at most, and spaces around words"
    elif mark in MARKS:
        what = f"{mark} cannot stand here: {MARKS[mark]}"
    elif mark.isalpha():
        what = f"{mark} cannot stand outside quotation marks: names have plain letters, figures and _"
    else:
        what = f"{mark!a} cannot stand outside quotation marks: leave it out"
    return ExpressionError(f"near {near(text, at)}: {what}")


def _error(respelt: Respelt, at: int, what: str) -> ExpressionError:
    return ExpressionError(f"near {near(respelt.original, at)}: {what}")


_WRITERS: dict[str, Callable[[Respelt, str, int], None]] = {
    "literal": _write_same,
    "reference": _write_reference,
    "row": _write_row,
    "call": _write_call,
    "name": _write_same,
    "number": _write_same,
    "decimal": _write_decimal,
    "parent": _refuse_parent,
    "own": _write_own,
    "open": _write_open,
    "close": _write_close,
    "minus": _write_minus,
    "sign": _write_same,
    "space": _write_space,
}
