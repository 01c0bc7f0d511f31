"""Grammar: XPath 1.0 as a parser knows it, with XLSForm's functions and without paths."""

from collections.abc import Iterator

from elementpath import ElementPathError, XPathToken
from elementpath.tdop import Parser
from elementpath.xpath1 import XPath1Parser

from surveys.expressions.catalogue import FUNCTIONS, evaluator_name
from surveys.expressions.errors import ExpressionError
from surveys.expressions.spelling import Respelt

_SYMBOLS = (
    *("(start)", "(end)", "(invalid)", "(unknown)", "(string)", "(float)", "(decimal)", "(integer)"),
    *(
        "or",
        "and",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "+",
        "-",
        "*",
        "div",
        "mod",
        "(",
        ")",
        ",",
        "$",
        "(name)",
    ),
)


def _taken_over() -> dict[str, type[XPathToken]]:
    return {symbol: XPath1Parser.symbol_table[symbol] for symbol in _SYMBOLS}


class Grammar(XPath1Parser):
    """The parser; `reached` is the place in the text up to which it has read."""

    symbol_table = _taken_over()
    reached = 0

    def parse(self, source: str) -> XPathToken:
        """The tree of tokens of the expression, with nothing in it evaluated yet."""
        return Parser.parse(self, source)

    def advance(self, *symbols: str, message: str | None = None) -> XPathToken:
        """Read one token more, and remember where it began."""
        token = super().advance(*symbols, message=message)
        self.reached = self.next_match.start() if self.next_match else len(self.source)
        return token


for _name in FUNCTIONS:
    Grammar.function(evaluator_name(_name), nargs=(0, None))
Grammar.build()


def parse(respelt: Respelt) -> XPathToken:
    """The tree of tokens of the expression; raises ExpressionError where it cannot be read."""
    grammar = Grammar()
    try:
        return grammar.parse(respelt.text)
    except (ElementPathError, SyntaxError) as refusal:
        raise ExpressionError(_explain(refusal, respelt, grammar.reached)) from refusal


def walk(tree: XPathToken) -> Iterator[XPathToken]:
    """Every token of a tree, in the order of the text; a question's name is one token with its sign."""
    waiting = [tree]
    while waiting:
        token = waiting.pop()
        yield token
        if token.symbol != "$":
            waiting += reversed(list(token))


def _explain(refusal: Exception, respelt: Respelt, reached: int) -> str:
    if "unexpected end of source" in str(refusal):
        return f"it ends too soon after {respelt.near(reached)}: close the brackets, finish the comparison"
    return f"it cannot be read near {respelt.near(reached)}: check brackets, commas and words like and"
