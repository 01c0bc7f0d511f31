"""An expression between double braces: checked when words are saved, evaluated safely for each reader."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS = ("abs", "capitalize", "int", "lower", "round", "title", "trim", "upper")

#: Characters that fit between double braces.
LONGEST = 200

_LARGEST = 1_000_000
_ALLOWED = (
    nodes.Name,
    nodes.Const,
    nodes.Filter,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.Concat,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Neg,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Pow,
)
_BOUNDED: Mapping[str, Callable[[Any, Any], Any]] = {"*": operator.mul, "**": operator.pow}


class LetterError(Exception):
    """A letter cannot be put together; the message says which part stands in the way."""


class MissingVariableError(LetterError):
    """Words use a variable that has no value for this reader."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no value for {{{{ {name} }}}}")
        self.name = name


class Sandbox(ImmutableSandboxedEnvironment):
    """The place where a board's expressions run: nothing to call, nothing to change, no large results."""

    intercepted_binops = frozenset(_BOUNDED)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply small numbers only, since repeating a text could fill the memory."""
        small = all(isinstance(side, int | float) and abs(side) <= _LARGEST for side in (left, right))
        if not small or (operator == "**" and abs(right) > 3):
            raise SecurityError(f"'{operator}' takes small numbers only")
        return _BOUNDED[operator](left, right)


SANDBOX = Sandbox(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
SANDBOX.globals.clear()
SANDBOX.filters = {name: SANDBOX.filters[name] for name in FILTERS}


@dataclass(frozen=True, slots=True)
class Expression:
    """One checked expression. ``plain`` is its variable's name if it is nothing but a variable."""

    source: str
    names: frozenset[str]
    plain: str | None
    template: Template | None

    def evaluate(self, values: Mapping[str, object]) -> str:
        """Give the expression's value as text; raise MissingVariableError or LetterError."""
        for name in self.names:
            if values.get(name) is None:
                raise MissingVariableError(name)
        if self.template is None:
            return str(values[self.plain or ""])
        try:
            return self.template.render({name: values[name] for name in self.names})
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise LetterError(f"{{{{ {self.source} }}}} cannot be worked out: {error}") from error


def read_expression(source: str) -> Expression | str:
    """Check what stands between double braces; give one line of complaint if it may not stand there."""
    shown = f"{{{{ {source} }}}}"
    if len(source) > LONGEST:
        return f"{{{{ {source[:20]}… }}}} is longer than {LONGEST} characters"
    try:
        tree = SANDBOX.parse(shown)
        return _complain(tree, shown) or _ready(source, tree)
    except TemplateSyntaxError as error:
        return f"{shown} cannot be read: {error.message}"
    except RecursionError:
        return f"{shown} nests too deeply"


def _complain(tree: nodes.Template, shown: str) -> str:
    inner = [part for output in tree.find_all(nodes.Output) for part in output.nodes]
    if len(inner) != 1:
        return f"{shown} must hold one expression"
    if not all(isinstance(node, _ALLOWED) for node in (inner[0], *inner[0].find_all(nodes.Node))):
        return f"{shown} may use variables, quoted text, numbers, comparisons and filters only"
    # A filter's settings can ask for unbounded work, such as rounding to a hundred million places.
    for used in tree.find_all(nodes.Filter):
        if used.name not in FILTERS or used.args or used.kwargs:
            return f"{shown} uses '|{used.name}'; these exist, without settings: {', '.join(FILTERS)}"
    return ""


def _ready(source: str, tree: nodes.Template) -> Expression:
    names = frozenset(meta.find_undeclared_variables(tree))
    plain = next((name for name in names if name == source), None)
    return Expression(source, names, plain, None if plain else SANDBOX.from_string(tree))
