"""Doubts: what an expression compares that can never be alike, and what it asks that nothing can meet."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from elementpath import XPathToken

from surveys.expressions.catalogue import evaluator_name
from surveys.expressions.functions.dates import read_date
from surveys.expressions.grammar import parse, walk
from surveys.expressions.spelling import OWN, Respelt, respell

#: What an answer is, as far as comparing goes: a number, a day, or one of several words.
NUMBER, DAY, WORD = "number", "day", "word"

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_SAID = {"<": "under", "<=": "at most", ">": "over", ">=": "at least", "=": "equal to"}
_CHAIN, _BRACKET = "and", "("


@dataclass(frozen=True)
class _Comparison:
    """An answer beside something fixed: `sort` is what the fixed thing is, `value` its size or its words."""

    name: str
    operator: str
    sort: str
    value: float | str
    written: str


def find_doubts(text: str, sorts: Mapping[str, str]) -> Iterator[str]:
    """What is doubtful in an expression that can be read; `sorts` are NUMBER, DAY or WORD by question.

    The answer itself is called `.` there. Questions that are not in `sorts` are not judged.
    """
    respelt = respell(text)
    tree = parse(respelt)
    for comparison in _comparisons(walk(tree), respelt):
        yield from _doubt(comparison, sorts.get(comparison.name, ""))
    yield from _contradictions(list(_comparisons(_links(tree), respelt)), sorts)


def _doubt(found: _Comparison, sort: str) -> Iterator[str]:
    never = "is always so" if found.operator == "!=" else "is never so"
    called = "this answer" if found.name == "." else f"${{{found.name}}}"
    if sort == NUMBER and found.sort == WORD and found.value:
        yield f"{called} is a number and {found.written} is none, so comparing them {never}"
    elif sort == NUMBER and found.sort == DAY:
        yield f"{called} is a number and {found.written} a day, so comparing them says nothing"
    elif sort == DAY and found.sort == NUMBER:
        yield f"{called} is a day and {found.written} a number; write the day as date('2026-11-03')"
    elif sort == DAY and found.sort == WORD and found.value:
        yield f"{called} is a day and {found.written} is none, so comparing them {never}"


def _contradictions(links: list[_Comparison], sorts: Mapping[str, str]) -> Iterator[str]:
    """Questions of which a chain of `and` asks what no answer can be."""
    for name in dict.fromkeys(link.name for link in links):
        sort = sorts.get(name, "")
        own = [link for link in links if link.name == name and link.sort == sort]
        if _is_impossible(own):
            told = " and ".join(
                f"{_SAID[link.operator]} {link.written}" for link in own if link.operator in _SAID
            )
            called = "no answer" if name == "." else f"no answer to ${{{name}}}"
            yield f"{called} can be {told} at once, so this is never so"


def _is_impossible(links: list[_Comparison]) -> bool:
    words = {link.value for link in links if link.operator == "=" and isinstance(link.value, str)}
    if len(words) > 1:
        return True
    sizes = [(float(link.value), link.operator) for link in links if isinstance(link.value, float)]
    least, is_over = max(
        ((size, operator == ">") for size, operator in sizes if operator in (">", ">=", "=")),
        default=(-math.inf, False),
    )
    most, is_not_under = min(
        ((size, operator != "<") for size, operator in sizes if operator in ("<", "<=", "=")),
        default=(math.inf, True),
    )
    return least > most or (least == most and (is_over or not is_not_under))


def _links(tree: XPathToken) -> Iterator[XPathToken]:
    """The parts of an expression that must all hold."""
    waiting = [tree]
    while waiting:
        token = waiting.pop()
        if token.symbol == _CHAIN or (token.symbol == _BRACKET and len(token) == 1):
            waiting += reversed(list(token))
        else:
            yield token


def _comparisons(tokens: Iterator[XPathToken], respelt: Respelt) -> Iterator[_Comparison]:
    for token in tokens:
        if token.symbol in _TURNED and len(token) == 2:
            for asked, fixed, operator in (
                (token[0], token[1], token.symbol),
                (token[1], token[0], _TURNED[token.symbol]),
            ):
                name, told = _question(asked, respelt), _fixed(fixed, respelt)
                if name and told:
                    yield _Comparison(name, operator, *told)


def _question(token: XPathToken, respelt: Respelt) -> str:
    variable = str(token[0].value) if token.symbol == "$" else ""
    if variable == OWN:
        return "."
    name = respelt.names[int(variable[1:])] if variable.startswith("v") else ""
    return "" if "#" in name else name


def _fixed(token: XPathToken, respelt: Respelt) -> tuple[str, float | str, str] | None:
    """What is fixed: what it is, its size or words, and how it was written."""
    if token.symbol == "-" and len(token) == 1:
        found = _fixed(token[0], respelt)
        return (NUMBER, -found[1], f"-{found[2]}") if found and isinstance(found[1], float) else None
    if token.symbol == evaluator_name("date") and len(token) == 1:
        day = read_date(_words(token[0], respelt) or "")
        return (DAY, float(day.toordinal()), f"{day:%Y-%m-%d}") if isinstance(day, date) else None
    if (words := _words(token, respelt)) is not None:
        return _number(words, f"'{words}'") or (WORD, words, f"'{words}'")
    if token.symbol == "$" and str(token[0].value)[:1] == "n":
        written = respelt.decimals[int(str(token[0].value)[1:])]
        return _number(written, written)
    return _number(str(token.value), str(token.value)) if token.symbol == "(integer)" else None


def _words(token: XPathToken, respelt: Respelt) -> str | None:
    return respelt.text[slice(*token.span)][1:-1] if token.symbol == "(string)" else None


def _number(words: str, written: str) -> tuple[str, float | str, str] | None:
    try:
        size = float(words)
    except ValueError:
        return None
    return (NUMBER, size, written) if math.isfinite(size) else None
