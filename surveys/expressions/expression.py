"""Expression: one of XLSForm's expressions, checked once and worked out for any answers.

Every evaluation is bounded: an expression has no paths, axes or loops, at most 2,000 characters and 50
brackets inside one another; its node-sets are the lines of one question; and its regular expressions share
a tenth of a second. So its cost grows only with its own length times the number of lines.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from surveys.expressions import stage
from surveys.expressions.advice import near
from surveys.expressions.catalogue import EXTENSIONS, FUNCTIONS
from surveys.expressions.conversion import as_text, as_truth
from surveys.expressions.errors import ExpressionError, ExpressionTimeout
from surveys.expressions.grammar import parse
from surveys.expressions.review import review
from surveys.expressions.scene import Scene, XPathValue, clean
from surveys.expressions.spelling import OWN, ROW, respell

__all__ = ["LONGEST", "Expression", "ExpressionError", "ExpressionTimeout", "compile_expression"]

LONGEST = 2_000
"""The most characters of an expression."""

_NOWHERE = etree.Element("nowhere")


@dataclass(frozen=True)
class Expression:
    """An expression ready to be worked out, by any number of threads at once.

    `names` are the questions it mentions, in order, with `#` as written; `columns` the choice's columns a
    choice_filter names; `comparisons` the (name, literal) pairs that =, != or selected() compare, so that a
    form can check that the literal is on offer ("." is the answer itself).
    """

    text: str
    names: tuple[str, ...]
    columns: frozenset[str]
    comparisons: tuple[tuple[str, str], ...]
    _constants: Mapping[str, float] = field(repr=False, compare=False)
    _variables: tuple[tuple[str, str], ...] = field(repr=False, compare=False)
    _needs: frozenset[str] = field(repr=False, compare=False)
    _compiled: etree.XPath = field(repr=False, compare=False)

    def holds(self, scene: Scene) -> bool:
        """Whether it is true of the scene; raises ExpressionTimeout when a regex() takes too long."""
        return as_truth(self._evaluate(scene))

    def work_out(self, scene: Scene) -> float | str | bool | None:
        """What it comes to; None for '' and for what is no finite number; a node-set gives its first text.

        Raises ExpressionTimeout when a regex() takes too long.
        """
        value = self._evaluate(scene)
        if isinstance(value, bool):
            return value
        if isinstance(value, (int, float)):
            return float(value) if math.isfinite(value) else None
        return as_text(value) or None

    def _evaluate(self, scene: Scene) -> XPathValue:
        given: dict[str, XPathValue] = {**self._constants}
        for variable, name in self._variables:
            value = scene.resolve(name)
            given[variable] = clean(value) if isinstance(value, str) else value
        if OWN in self._needs:
            given[OWN] = clean(scene.own) if isinstance(scene.own, str) else scene.own
        if ROW in self._needs:
            given[ROW] = float(scene.row)
        node = _choice(scene.item, self.columns) if self.columns else _NOWHERE
        if "stage" not in self._needs:
            return self._run(node, given)
        entered = stage.enter(scene)
        try:
            return self._run(node, given)
        finally:
            stage.leave(entered)

    def _run(self, node: etree._Element, given: Mapping[str, XPathValue]) -> XPathValue:
        value: XPathValue = self._compiled(node, **given)
        return value


@lru_cache(maxsize=4096)
def compile_expression(text: str, *, columns: bool = False) -> Expression:
    """Read and check an expression; `columns` allows bare names, the columns of a choice_filter.

    Raises ExpressionError, whose `what` says what is wrong, near what, and what to write.
    """
    if len(text) > LONGEST:
        raise ExpressionError(
            f"it has {len(text)} characters, and {LONGEST} is the most: make a calculated question of a part"
        )
    if not text.strip():
        raise ExpressionError("it is empty: write what must be true, or leave the setting out")
    if clean(text) != text:
        raise ExpressionError(f"near {near(ascii(text)[1:-1], 0)}: it holds a character that nobody can see")
    respelt = respell(text)
    found = review(parse(respelt), respelt, columns=columns)
    try:
        compiled = etree.XPath(respelt.text, extensions=EXTENSIONS, regexp=False, smart_strings=False)
    except etree.XPathSyntaxError as refusal:
        raise ExpressionError(
            f"it cannot be read near {near(text, 0)}: check commas and quotation marks"
        ) from refusal
    named = [(f"v{at}", name) for at, name in enumerate(respelt.names)]
    staged = {"stage"} if any(FUNCTIONS[name].needs_stage for name in found.called) else set()
    return Expression(
        text,
        tuple(respelt.names),
        frozenset(found.columns),
        tuple(dict.fromkeys(found.comparisons)),
        respelt.constants(),
        tuple((variable, name) for variable, name in named if variable in found.variables),
        frozenset(staged | (found.variables & {OWN, ROW})),
        compiled,
    )


def _choice(item: Mapping[str, str], columns: frozenset[str]) -> etree._Element:
    choice = etree.Element("choice")
    for column in columns:
        etree.SubElement(choice, column).text = clean(item.get(column, ""))
    return choice
