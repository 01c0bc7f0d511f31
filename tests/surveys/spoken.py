"""Spoken: every English text the code says to somebody in their own language, found by reading the code."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: The pages children and families see: every sentence written there is said to them.
FAMILY_PAGES = "bot/web/open/"
_HOME = "surveys/forms/question.py"
_IN_TEMPLATE = re.compile(r'\b(?:say|word)\(\s*"((?:[^"\\]|\\.)*)"')
#: Which argument is the text: `say(language, text)`, `Refusal(text)`, `question.refuse(text)`.
_TEXT_AT = {"say": 1, "Refusal": 0, "refuse": 0}
_FROM = {"say": "surveys.phrases", "Refusal": "surveys.forms.question"}
_SENTENCE = re.compile(r"[A-Z][\w']*[ ,].*[\w.)”]", re.DOTALL)


def spoken() -> dict[str, str]:
    """Each text with the file it was found in."""
    found: dict[str, str] = {}
    for path in sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "surveys").rglob("*.py")]):
        where = path.relative_to(ROOT).as_posix()
        found |= dict.fromkeys(in_module(path.read_text("utf-8"), where), where)
    for path in sorted((ROOT / "bot/web/templates").rglob("*.html")):
        where = path.relative_to(ROOT).as_posix()
        found |= dict.fromkeys(in_template(path.read_text("utf-8")), where)
    return found


def in_template(source: str) -> set[str]:
    """The texts a template says."""
    return {text.replace('\\"', '"') for text in _IN_TEMPLATE.findall(source)}


def in_module(source: str, where: str = "") -> set[str]:
    """The texts a module says: literals, constants by name, and on family pages every sentence there is."""
    tree = ast.parse(source)
    constants = dict(_constants(tree))
    known = _known(tree) if where != _HOME else {"Refusal"}
    found = {
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for text in _said_by(node, known, constants)
    }
    literals = list(_literals(tree))
    found |= {text for text in literals if "Refusal" in known and "{title}" in text}
    return found | {text for text in literals if where.startswith(FAMILY_PAGES) and _SENTENCE.fullmatch(text)}


def _known(tree: ast.Module) -> set[str]:
    """Which of the calls that say something this module can make; other packages have words alike."""
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    named = {alias.name for node in imports for alias in node.names if _FROM.get(alias.name) == node.module}
    kinds = {"refuse"} if any(node.module == "surveys.forms.question" for node in imports) else set()
    return named | kinds


def _said_by(call: ast.Call, known: set[str], constants: Mapping[str, set[str]]) -> set[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    at = _TEXT_AT.get(name, len(call.args))
    return _texts(call.args[at], constants) if name in known and at < len(call.args) else set()


def _texts(node: ast.expr, constants: Mapping[str, set[str]]) -> set[str]:
    match node:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return _texts(one, constants) | _texts(other, constants)
        case ast.BoolOp(values=several):
            return {text for each in several for text in _texts(each, constants)}
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            return constants.get(name, set())
        case _:
            return set()


def _constants(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """The texts of constants: one, or the values of a table."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            parts = value.values if isinstance(value, ast.Dict) else [value]
            yield node.targets[0].id, {text for part in parts for text in _texts(part, {})}


def _literals(tree: ast.Module) -> Iterator[str]:
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    told |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
