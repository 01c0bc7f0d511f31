"""Questions: a row of the survey sheet as a question of a form."""

from collections.abc import Callable, Mapping
from typing import Any

from surveys.paging.pictures import PICTURES
from surveys.xlsform.choices import Written, find_source, name_pictures, points, write_choices
from surveys.xlsform.languages import spoken
from surveys.xlsform.names import legal_value, other_name
from surveys.xlsform.odk import Node, row_of
from surveys.xlsform.question_types import sort
from surveys.xlsform.ranges import STEPS, step_rule, write_range
from surveys.xlsform.rules import REFERENCE, is_fixed
from surveys.xlsform.work import Work

#: XLSForm bounds neither numbers nor texts; these are the widest of ours that still suit a page.
WIDEST = 999_999_999
TEXT, LONG_TEXT = 500, 5_000
#: Appearances that change what is asked and not only how it looks, and that cannot be followed.
_UNFOLLOWED = {
    "month-year": "the whole date is asked for",
    "year": "the whole date is asked for",
    "image-map": "the choices are shown as a list",
    "map": "the choices are shown as a list",
    "signature": "a picture can be given as a file",
    "draw": "a picture can be given as a file",
    "annotate": "a picture can be given as a file",
}
_OTHER_CALENDARS = ("ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist")
_YES = "true()"
#: How a column is ticked that is either so or not.
_TICKED = ("yes", "true", "1", "x")


def write_question(work: Work, node: Node, relevant: str) -> list[Written]:
    """A row as written in a form, with the box for another choice behind it where it has one.

    `relevant` is the rule of the groups around it that the section does not hold; empty for none.
    """
    meant = sort(work.cell(node, "type"))
    both = join_rules(relevant, work.rule(node, "relevant"))
    written = _KINDS[meant.kind](work, node)
    if _is_worked_out(work, node, written):
        written = _work_out(work, node, written)
    common = _common(work, node, both, written["kind"])
    found = [{**written, **common}]
    if meant.or_other:
        found.append(_ask_other(work, node, both))
    _remark(work, node)
    return found


def join_rules(*rules: str) -> str:
    """A rule that holds where each of the rules does; empty ones always hold."""
    told = [rule for rule in rules if rule]
    return told[0] if len(told) == 1 else " and ".join(f"({rule})" for rule in told)


def appearance_of(node: Node) -> list[str]:
    """The words of the column `appearance`."""
    return str(node.get("control", {}).get("appearance", "")).lower().split()


def _common(work: Work, node: Node, relevant: str, kind: str) -> Written:
    hidden = kind == "calculated" and _is_hidden(work, node)
    label = work.cell(node, "name") if hidden else work.say(node, "label")
    hint = "" if hidden else work.say_hint(node)
    if not label and hint:
        label, hint = hint, ""
    common: Written = {"name": work.name(node), "label": label or "-", "hint": hint, "relevant": relevant}
    if kind == "note":
        common["about_contact"] = work.cell(node, "about_contact").lower() in _TICKED
    elif kind != "calculated":
        common |= _checks(work, node, kind)
    return {setting: value for setting, value in common.items() if value not in ("", False)}


def _checks(work: Work, node: Node, kind: str) -> Written:
    required = work.rules.required(str(node.get("bind", {}).get("required", "")))
    step = step_rule(node) if sort(work.cell(node, "type")).kind == "range" else ""
    message = work.say(node, "jr:constraintMsg")
    return {
        "short": work.cell(node, "short"),
        "notice": work.cell(node, "notice"),
        "picture": _picture(work, node),
        "choices_from": find_source(work, node, kind),
        "given": work.cell(node, "given").lower() in _TICKED,
        "personal": work.cell(node, "personal").lower() in _TICKED,
        "required": required,
        "missing": work.say(node, "jr:requiredMsg") if required else "",
        "constraint": join_rules(work.rule(node, "constraint"), step),
        "constraint_message": message or (STEPS if step else ""),
        **_start(work, node, kind),
    }


def _picture(work: Work, node: Node) -> str:
    """The picture beside a question in Easy Read."""
    picture = work.cell(node, "picture")
    if picture and picture not in PICTURES:
        work.blame(row_of(node), "picture", name_pictures(picture))
        return ""
    return picture


def _start(work: Work, node: Node, kind: str) -> Written:
    default = str(node.get("default") or "").strip()
    if not default:
        return {}
    last = REFERENCE.fullmatch(default)
    if last and last[1].startswith("last-saved#"):
        name = last[1].partition("#")[2]
        return {"prefill": f"{work.key}.{work.rules.names.of_question.get(name, name)}"}
    if not is_fixed(default):
        what = "a default is not worked out; write a fixed answer, ${last-saved#…}, or use a calculation"
        work.blame(row_of(node), "default", what)
    if kind in ("file", "multiple", "ranking"):
        work.warn(row_of(node), "default", "nothing is chosen beforehand here, so the default is left out")
        return {}
    return {"default": legal_value(default) if kind == "single" else default}


def _is_worked_out(work: Work, node: Node, written: Written) -> bool:
    is_read_only = work.rule(node, "readonly") == _YES
    return bool(work.rule(node, "calculate")) or (is_read_only and written["kind"] != "note")


def _is_hidden(work: Work, node: Node) -> bool:
    """Whether what is worked out only serves other rules: ODK shows no calculation that has no words."""
    is_calculate = sort(work.cell(node, "type")).kind == "calculate"
    return is_calculate or not (node.get("label") or node.get("hint"))


def _work_out(work: Work, node: Node, written: Written) -> Written:
    """What is worked out from other answers, or cannot be changed, is shown and not asked."""
    calculation, default = work.rule(node, "calculate"), str(node.get("default") or "")
    if not calculation and not default:
        return {"kind": "note"}
    quoted = "'" + default.replace("'", "\u2019") + "'"
    found: Written = {"kind": "calculated", "calculation": calculation or quoted}
    found["places"] = 0 if written["kind"] == "integer" else _count(work, node, "places", 2)
    if work.cell(node, "unit"):
        found["unit"] = work.cell(node, "unit")
    if _is_hidden(work, node):
        found |= {"hidden": True, "places": 10}
    return found


def _ask_other(work: Work, node: Node, relevant: str) -> Written:
    name = work.name(node)
    return {
        "kind": "text",
        "name": other_name(name),
        "label": "Specify other.",
        "max_length": TEXT,
        "relevant": join_rules(relevant, f"selected(${{{name}}}, 'other')"),
    }


def _remark(work: Work, node: Node) -> None:
    row = row_of(node)
    for word in appearance_of(node):
        if word in _UNFOLLOWED or word.startswith("ex:"):
            work.warn(row, "appearance", f"{word} is not followed: {_UNFOLLOWED.get(word, 'it is typed in')}")
        elif word in _OTHER_CALENDARS:
            work.warn(row, "appearance", f"{word} is not followed: dates are those of the Gregorian calendar")
    if spoken(node.get("media")):
        work.warn(row, "image", "pictures, sounds and films beside a question are not shown")
    if str(parameters_of(node).get("randomize", "")).lower() == "true":
        work.warn(
            row, "parameters", "the choices keep their order: a list that changes is harder to read again"
        )


def parameters_of(node: Node) -> Mapping[str, Any]:
    """The column `parameters`, by name."""
    found = node.get("parameters")
    return found if isinstance(found, Mapping) else {}


def _count(work: Work, node: Node, heading: str, otherwise: int) -> int:
    written = work.cell(node, heading)
    if written and not written.isdecimal():
        work.blame(row_of(node), heading, f"{written} is no whole number")
    return int(written) if written.isdecimal() else otherwise


def _text(work: Work, node: Node) -> Written:
    rows = str(parameters_of(node).get("rows", node.get("control", {}).get("rows", "1")))
    words = appearance_of(node)
    if "multiline" in words or "long" in words or (rows.isdecimal() and int(rows) > 1):
        return {"kind": "long_text", "max_length": _count(work, node, "max_length", LONG_TEXT)}
    kind = "reference" if "reference" in words else "text"
    return {"kind": kind, "max_length": _count(work, node, "max_length", TEXT)}


def _integer(work: Work, node: Node) -> Written:
    return {"kind": "integer", "minimum": -WIDEST, "maximum": WIDEST}


def _decimal(work: Work, node: Node) -> Written:
    return {
        "kind": "decimal",
        "minimum": -WIDEST,
        "maximum": WIDEST,
        "places": _count(work, node, "places", 10),
    }


def _select_one(work: Work, node: Node) -> Written:
    choices, words = write_choices(work, node), appearance_of(node)
    if "scale" in words and not node.get("choice_filter"):
        found = points(choices)
        if found:
            labels = {str(point): label for point, label in found.items()}
            return {"kind": "scale", "lowest": min(found), "highest": max(found), "labels": labels}
        work.blame(
            row_of(node),
            "appearance",
            "a scale needs choices named by whole numbers in order, such as 1 to 5",
        )
    if "faces" in words:
        return _faces(work, node, choices)
    return {"kind": "single", "choices": _faceless(choices), **_filter(work, node)}


def _faces(work: Work, node: Node, choices: list[Written]) -> Written:
    faces = [choice.get("face", 0) for choice in choices]
    with_face = faces[: max((place for place, face in enumerate(faces) if face), default=len(faces)) + 1]
    if not all(1 <= face <= 5 for face in with_face):
        what = (
            "faces need a column `face` on the choices sheet: 1 for the saddest to 5 for the happiest; "
            "choices without one, as I don't know, stand after all that have one"
        )
        work.blame(row_of(node), "appearance", what)
    return {"kind": "faces", "choices": choices, **_filter(work, node)}


def _select_multiple(work: Work, node: Node) -> Written:
    return {
        "kind": "multiple",
        "choices": _faceless(write_choices(work, node)),
        "most": _count(work, node, "most", 0),
        **_filter(work, node),
    }


def _rank(work: Work, node: Node) -> Written:
    written = {"choices": _faceless(write_choices(work, node)), **_filter(work, node)}
    return {"kind": "ranking", "most": _count(work, node, "most", 0), **written}


def _faceless(choices: list[Written]) -> list[Written]:
    return [{key: value for key, value in choice.items() if key != "face"} for choice in choices]


def _filter(work: Work, node: Node) -> Written:
    written = str(node.get("choice_filter") or "").strip()
    return {"choice_filter": work.rules.spell(written)} if written else {}


def _acknowledge(work: Work, node: Node) -> Written:
    # ODK shows one box to tick, whose answer is OK.
    return {"kind": "multiple", "choices": [{"value": "OK", "label": "OK"}]}


def _file(work: Work, node: Node) -> Written:
    return {"kind": "file", "most": _count(work, node, "most", 1)}


def _image(work: Work, node: Node) -> Written:
    return {"kind": "file", "most": _count(work, node, "most", 1), "types": ["png", "jpg"]}


_KINDS: dict[str, Callable[[Work, Node], Written]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": lambda work, node: {"kind": "date"},
    "note": lambda work, node: {"kind": "note"},
    "calculate": lambda work, node: {"kind": "note"},
    "range": write_range,
    "acknowledge": _acknowledge,
    "image": _image,
    "file": _file,
    "select_one": _select_one,
    "select_multiple": _select_multiple,
    "rank": _rank,
}
