"""Review: what the tree of an expression tells: its columns, its comparisons, and what is wrong with it."""

from dataclasses import dataclass, field

from elementpath import XPathToken

from surveys.expressions.catalogue import FUNCTIONS, Function, evaluator_name
from surveys.expressions.errors import ExpressionError
from surveys.expressions.functions.dates import ISO_DATE, read_date
from surveys.expressions.functions.texts import compile_pattern
from surveys.expressions.grammar import walk
from surveys.expressions.spelling import OWN, Respelt, referred

_NAMES = {evaluator_name(name): name for name in FUNCTIONS}
_LITERALS = ("(string)", "(integer)")
_EQUALITIES = ("=", "!=")
_OPERATORS = (*_EQUALITIES, "<", "<=", ">", ">=", "+", "-")
_TEXTUAL = frozenset(
    {"format-date", "concat", "join", "string", "substr", "substring-before", "substring-after", "translate"}
    | {"normalize-space", "selected-at", "jr:choice-name"}
)


@dataclass
class Review:
    """What has been found so far."""

    respelt: Respelt
    columns: set[str] = field(default_factory=set)
    comparisons: list[tuple[str, str]] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)


def review(tree: XPathToken, respelt: Respelt, *, columns: bool) -> Review:
    """Walk the tree; raises ExpressionError for the first thing that cannot be evaluated as it is meant."""
    found = Review(respelt)
    for token in walk(tree):
        if token.symbol in _NAMES:
            _review_call(token, _NAMES[token.symbol], found)
        elif token.symbol in _OPERATORS and len(token) == 2:
            _review_operator(token, found)
        elif token.symbol == "$":
            found.variables.add(str(token[0].value))
        elif token.symbol == "(name)":
            _review_name(token, found, columns)
        elif token.symbol == "*" and len(token) != 2:
            raise _error(token, respelt, "* only multiplies: write ${question} for its lines")
    return found


def _review_call(token: XPathToken, name: str, found: Review) -> None:
    function, given = FUNCTIONS[name], len(token)
    if given < function.least or (function.most is not None and given > function.most):
        raise _error(token, found.respelt, f"{name}() takes {_span(function)}, not {given}")
    found.called.add(name)
    match name:
        case "selected":
            _note(token[0], token[1], found)
        case "regex":
            _review_pattern(token, found)
        case "date":
            _review_date(token, found)
        case "jr:choice-name":
            _review_choice_name(token, found)
        case "weighted-checklist" if given % 2:
            raise _error(token, found.respelt, "weighted-checklist() needs a weight behind every answer")


def _review_pattern(token: XPathToken, found: Review) -> None:
    pattern = _literal(token[1], found)
    if pattern is None:
        raise _error(token, found.respelt, "the pattern of regex() must be written out in quotation marks")
    compile_pattern(pattern)


def _review_date(token: XPathToken, found: Review) -> None:
    text = _literal(token[0], found)
    if token[0].symbol == "(string)" and text and (not ISO_DATE.fullmatch(text) or read_date(text) is None):
        raise _error(token, found.respelt, f"{text!r} is no date: write it as date('2026-11-03')")


def _review_choice_name(token: XPathToken, found: Review) -> None:
    question = referred(_literal(token[1], found) or "")
    if question is None:
        raise _error(token, found.respelt, "jr:choice-name() takes the question second, as '${question}'")
    found.respelt.variable(question)


def _review_operator(token: XPathToken, found: Review) -> None:
    for one, other in ((token[0], token[1]), (token[1], token[0])):
        literal = _literal(other, found) or ""
        if ISO_DATE.fullmatch(literal) and not _is_textual(one, token.symbol):
            raise _error(other, found.respelt, f"write date('{literal}'), as dates are reckoned in days")
        if token.symbol in _EQUALITIES:
            _note(one, other, found)


def _is_textual(token: XPathToken, operator: str) -> bool:
    return operator in _EQUALITIES and _NAMES.get(token.symbol) in _TEXTUAL


def _review_name(token: XPathToken, found: Review, columns: bool) -> None:
    if not columns:
        name = str(token.value)
        raise _error(token, found.respelt, f"write ${{{name}}} for the question, or '{name}' for the text")
    found.columns.add(str(token.value))


def _note(asked: XPathToken, literal: XPathToken, found: Review) -> None:
    name, text = _question(asked, found), _literal(literal, found)
    if name is not None and text is not None:
        found.comparisons.append((name, text))


def _question(token: XPathToken, found: Review) -> str | None:
    if token.symbol != "$":
        return None
    variable = str(token[0].value)
    if variable == OWN:
        return "."
    return found.respelt.names[int(variable[1:])] if variable.startswith("v") else None


def _literal(token: XPathToken, found: Review) -> str | None:
    if token.symbol == "$" and str(token[0].value).startswith("n"):
        return found.respelt.decimals[int(str(token[0].value)[1:])]
    if token.symbol not in _LITERALS:
        return None
    written = found.respelt.text[slice(*token.span)]
    return written[1:-1] if token.symbol == "(string)" else written


def _span(function: Function) -> str:
    least, most = function.least, function.most
    if most is None:
        return f"{least} or more values"
    return f"{least} value{'' if least == 1 else 's'}" if least == most else f"{least} to {most} values"


def _error(token: XPathToken, respelt: Respelt, what: str) -> ExpressionError:
    return ExpressionError(f"near {respelt.near(token.span[0])}: {what}")
