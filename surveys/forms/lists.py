"""Lists: named lists of choices, written out at each question that uses them."""

from collections.abc import Mapping

from surveys.errors import FormError


def write_out_lists(written: object, faults: list[FormError]) -> object:
    """The same form, as JSON-able dicts and lists, with no list but in its place; adds to `faults`.

    A question whose list is not there is left without choices.
    """
    if not isinstance(written, dict):
        return written
    lists = written.get("choices")
    body = {name: setting for name, setting in written.items() if name != "choices"}
    if lists is None:
        lists = {}
    if not isinstance(lists, dict):
        faults.append(FormError("choices", "should be lists of choices by name"))
        lists = {}
    return _spell_out(body, lists, faults)


def _spell_out(part: object, lists: Mapping[str, object], faults: list[FormError]) -> object:
    match part:
        case list():
            return [_spell_out(each, lists, faults) for each in part]
        case dict() if isinstance(part.get("list"), str) and "kind" in part:
            rest = {key: _spell_out(value, lists, faults) for key, value in part.items() if key != "list"}
            name, where = part["list"], f"question {part.get('name', '?')}"
            if name not in lists:
                faults.append(FormError(f"{where} > list", f'no list of choices is called "{name}"'))
                return rest
            if "choices" in part:
                faults.append(FormError(where, "has choices and a list; keep one of them"))
                return rest
            return rest | {"choices": lists[name]}
        case dict():
            return {key: _spell_out(value, lists, faults) for key, value in part.items()}
        case _:
            return part
