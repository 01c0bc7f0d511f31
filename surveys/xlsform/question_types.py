"""Question types: which of XLSForm's are asked here, which are left out, and why some are refused."""

import difflib
import re
from dataclasses import dataclass
from enum import Enum


class Family(Enum):
    """What a row of the survey sheet is to us."""

    #: A question, a note or a calculation.
    ASKED = "asked"
    #: The beginning or the end of a group or a repeat.
    BRACKET = "bracket"
    #: Something ODK records without asking; it is left out.
    METADATA = "metadata"
    #: Something that cannot be asked here.
    REFUSED = "refused"


@dataclass(frozen=True)
class Sort:
    """What a type means. `kind` is XLSForm's own plain word for it; `why` is said where it is not asked."""

    family: Family
    kind: str
    why: str = ""
    list_name: str = ""
    or_other: bool = False


#: Other spellings of the types that are asked.
_ASKED = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "note": "note",
    "calculate": "calculate",
    "hidden": "calculate",
    "range": "range",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "image": "image",
    "photo": "image",
    "file": "file",
}
_BRACKETS = {f"{edge} {what}" for edge in ("begin", "end") for what in ("group", "repeat")}
#: How like a bracket a type must be: end_goup is one, and group alone is not.
_NEAR_BRACKET = 0.8
_LEFT_OUT = "it is left out, as no device, time or person is recorded behind an answer"
_METADATA = {
    "start",
    "end",
    "today",
    "start time",
    "end time",
    "get today",
    "deviceid",
    "imei",
    "device id",
    "subscriberid",
    "subscriber id",
    "simserial",
    "sim id",
    "phonenumber",
    "phone number",
    "username",
    "email",
    "audit",
    "caseid",
    "start-geopoint",
    "background-geopoint",
    "background-audio",
}
_PLACE = "where somebody is is not recorded; ask for the place as text or from a list"
_SOUND = "sound and film are not taken; ask for a file, or for words"
_REFUSED = {
    "geopoint": _PLACE,
    "geotrace": _PLACE,
    "geoshape": _PLACE,
    "gps": _PLACE,
    "location": _PLACE,
    "osm": _PLACE,
    "audio": _SOUND,
    "video": _SOUND,
    "barcode": "codes are not scanned; ask for it as text",
    "time": "a time of day is not asked for; use text, with the constraint regex(., '[0-2][0-9]:[0-5][0-9]')",
    "datetime": "a time of day is not asked for; use date, and text for the time if it is needed",
    "xml-external": "lists outside the workbook are not read; put the choices on the choices sheet",
    "csv-external": "lists outside the workbook are not read; put the choices on the choices sheet",
    "include": "other forms are not included; copy their rows into this one",
    "begin loop": "loops were given up by ODK; use begin_repeat, or a group with the appearance table-list",
    "end loop": "loops were given up by ODK; use end_repeat",
}
_FROM_FILE = (
    "lists in files are not read; put the choices on the choices sheet and use select_one or select_multiple"
)
_EXTERNAL = "the external_choices sheet is not read; put its rows on the choices sheet and use select_one"
_FROM_ANSWERS = "choices taken from answers in a repeat are not offered; list the choices, or ask for text"

_SELECT = re.compile(
    r"^(?P<command>select[_ ]one(?:[_ ]from[_ ]file|[_ ]external)?|select1"
    r"|select[_ ]multiple(?:[_ ]from[_ ]file)?"
    r"|select one from|select all that apply(?: from)?|add select (?:one|multiple) prompt using|rank)"
    r"\s+(?P<list>\S+)(?P<other>\s+(?:or specify other|or_other|or other))?$",
    re.IGNORECASE,
)


def sort(written: str) -> Sort:
    """Say what a cell of the column `type` means."""
    folded = " ".join(written.strip().lower().split())
    bracket = folded.replace("_", " ")
    if bracket in _BRACKETS:
        return Sort(Family.BRACKET, bracket)
    loop = " ".join(bracket.split()[:2])
    if loop in _REFUSED:
        return Sort(Family.REFUSED, loop, _REFUSED[loop])
    if folded.startswith("osm "):
        return Sort(Family.REFUSED, "osm", _PLACE)
    plain = re.sub(r"^(?:q |add )?(.*?)(?: prompt)?$", r"\1", folded)
    if plain in _METADATA or plain.startswith("uri:"):
        return Sort(Family.METADATA, plain, _LEFT_OUT)
    if plain in _ASKED:
        return Sort(Family.ASKED, _ASKED[plain])
    if plain in _REFUSED:
        return Sort(Family.REFUSED, plain, _REFUSED[plain])
    found = _SELECT.match(" ".join(written.strip().split()))
    return _sort_select(found) if found else Sort(Family.REFUSED, folded, _unknown(folded))


def find_bracket(written: str) -> str:
    """The begin or end of a group or a repeat that a misspelt type is nearly; empty where it is like none."""
    if sort(written).family is not Family.REFUSED:
        return ""
    folded = " ".join(written.replace("_", " ").lower().split())
    if " ".join(folded.split()[:2]) in _REFUSED:
        return ""
    near = difflib.get_close_matches(folded, _BRACKETS, n=1, cutoff=_NEAR_BRACKET)
    return near[0].replace(" ", "_") if near else ""


def spell_type(written: str) -> str:
    """A cell of the column `type` in the letters ODK's reader knows: small ones, but for the list's name."""
    tidy = " ".join(written.split())
    found = _SELECT.match(tidy)
    if not found:
        return tidy.lower()
    return " ".join(
        filter(None, (found["command"].lower(), found["list"], (found["other"] or "").strip().lower()))
    )


def _sort_select(found: re.Match[str]) -> Sort:
    command, listed = found["command"].lower().replace("_", " "), found["list"]
    if "file" in command or listed.lower().endswith((".csv", ".xml", ".geojson")):
        return Sort(Family.REFUSED, command, _FROM_FILE)
    if "external" in command:
        return Sort(Family.REFUSED, command, _EXTERNAL)
    if "${" in listed:
        return Sort(Family.REFUSED, command, _FROM_ANSWERS)
    if command == "rank":
        return Sort(Family.ASKED, "rank", list_name=listed)
    several = "multiple" in command or "all that" in command
    return Sort(
        Family.ASKED,
        "select_multiple" if several else "select_one",
        list_name=listed,
        or_other=bool(found["other"]),
    )


def _unknown(folded: str) -> str:
    if folded in ("select_one", "select_multiple", "rank", "select one", "select multiple"):
        return f"say which list the choices are in, such as {folded.replace(' ', '_')} agree"
    if folded in ("group", "repeat"):
        return f"write begin_{folded} above its questions and end_{folded} under them"
    known = [
        *_ASKED,
        "select_one",
        "select_multiple",
        "rank",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
    ]
    near = difflib.get_close_matches(folded.split(" ")[0], known, n=1)
    return f"there is no type {folded!r}" + (f"; did you mean {near[0]}?" if near else "; see docs/forms.md")
