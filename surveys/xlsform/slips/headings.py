"""Headings: columns that nobody knows, and the ones that were probably meant."""

import difflib
import re
from collections.abc import Iterator, Mapping

from pyxform.aliases import list_header, settings_header, survey_header

from surveys.xlsform.fault import Fault
from surveys.xlsform.question_types import Family, sort
from surveys.xlsform.sheets import Book, Line, Sheet, fold

#: What the columns of choices are called, ours included.
_SHOWN = {"label", "image", "big-image", "audio", "video"}
_SURVEY = frozenset(
    {"type", "name", "hint", "guidance_hint", "default", "choice_filter", "parameters", "disabled", "trigger"}
    | {"save_to", "short", "picture", "choices_from", "notice", "max_length", "given", "personal", "most"}
    | {"about_contact", "unit", "places", "item", "accuracythreshold", "body", "intent", "query", "media"}
    | _SHOWN
    | set(survey_header)
)
_CHOICES = frozenset(
    {"list_name", "name", "alone", "hint", "face", "picture", "media", "geometry", "order"} | _SHOWN
)
_SETTINGS = frozenset(
    {"form_title", "form_id", "id_string", "title", "name", "version", "default_language", "style"}
    | {"public_key", "submission_url", "instance_name", "instance_xmlns", "namespaces", "auto_send"}
    | {"auto_delete", "allow_choice_duplicates", "clean_text_values", "omit_instanceid", "sms_keyword"}
    | {"sms_separator", "delimiter", "flow", "client_editable", "minutes", "ages", "purpose", "privacy"}
    | {"audience", "pace", "layout", "consent", "intro", "notice", "attribute"}
    | set(settings_header)
)
_ALIASES: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "survey": survey_header,
    "choices": list_header,
    "settings": settings_header,
}
#: The columns that a sheet of choices cannot do without.
_NEEDED = {
    "list_name": "which list a choice belongs to, as in select_one yn",
    "name": "what an answer is kept as",
}
KNOWN = {"survey": _SURVEY, "choices": _CHOICES, "settings": _SETTINGS}

#: Prefixes under which ODK takes settings of its own.
_ODK = ("bind", "body", "control", "instance", "media", "attribute")
#: Known, but so rare or so short that hardly anybody means them who mistypes something.
_RARE = frozenset(
    {"tag", "value", "command", "caption", "count", "rows", "body", "media", "intent", "query", "order"}
    | {"geometry", "attribute", "flow", "prefix", "delimiter", "title", "autoplay"}
)
#: Columns in which authors write to one another, however much they look like something else.
_ASIDE = frozenset({"note", "notes", "comment", "comments", "remark", "remarks"})
_CLOSE = 0.8
_BARE = re.compile(r"[A-Za-z_][\w.-]*")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{[^}]*\}")


def find_misspelt(book: Book) -> Iterator[Fault]:
    """Headings that nobody knows and that are nearly one of those that somebody does."""
    for sheet, heading, meant in _strangers(book):
        if meant:
            what = (
                f"there is no column {heading}, so all of it would be left out; did you mean {meant}? Call "
                "a column of your own notes something else"
            )
            yield sheet.fault(1, heading, what)


def find_twins(book: Book) -> Iterator[Fault]:
    """Headings that mean the same column as another."""
    for sheet in book.sheets.values():
        for heading in sheet.letters if sheet.name in KNOWN else ():
            first = sheet.headings[fold(heading, sheet.name)]
            if heading == first:  # as ODK's reader has it, which knows settings by their longer names too
                first = next(each for each in sheet.letters if _mean(sheet, each) == _mean(sheet, heading))
            if heading != first:
                yield sheet.fault(
                    1, heading, f"this means the same as the column {first}; remove one of them"
                )


def find_lacking(book: Book) -> Iterator[Fault]:
    """Columns that a sheet cannot do without."""
    survey = book.sheet("survey")
    if survey.letters and "type" not in survey.headings:
        what = "there is no column type, and it says what is asked for; the headings stand in the first row"
        yield Fault("survey", 1, "", what)
    choices = book.sheet("choices")
    for heading, holds in _NEEDED.items() if choices.lines else ():
        if heading not in choices.headings:
            what = f"there is no column {heading}, and it says {holds}; the headings stand in the first row"
            yield Fault("choices", 1, heading, what)
    if "media" in choices.headings:
        yield choices.fault(1, "media", "say which medium it is, as in media::image")


def _mean(sheet: Sheet, heading: str) -> str:
    """What ODK's reader takes a heading for, whichever of its names is written."""
    parts = heading.split("::" if any("::" in each for each in sheet.letters) else ":")
    whole = fold(heading, "")
    first, rest = (whole, []) if whole in _ALIASES[sheet.name] else (fold(parts[0], ""), parts[1:])
    meant = _ALIASES[sheet.name].get(first, first)
    return ":".join([*((meant,) if isinstance(meant, str) else meant), *rest])


def find_misspelt_sheets(book: Book) -> Iterator[Fault]:
    """Sheets that nobody looks at and that are nearly called as one that is not there."""
    for name in sorted(KNOWN.keys() - book.sheets.keys()):
        titles = [title for title in book.titles if not title.startswith("_")]
        called = [title.strip().lower() for title in titles]
        for near in difflib.get_close_matches(name, called, cutoff=_CLOSE):
            if near not in KNOWN and len(titles) > 1:
                what = (
                    f"there is no sheet {name}, and {near} is not looked at; call it {name} if it is that, "
                    f"or _{near} if it is not"
                )
                yield Fault(near, 0, "", what)


def respell(book: Book) -> Book:
    """The book with the headings that were probably meant, so that what stands under them is read too."""
    meant = {(sheet.name, heading): near for sheet, heading, near in _strangers(book) if near}
    return Book({name: _respell(sheet, meant) for name, sheet in book.sheets.items()}, book.titles)


def _respell(sheet: Sheet, meant: Mapping[tuple[str, str], str]) -> Sheet:
    called = {heading: meant.get((sheet.name, heading), heading) for heading in sheet.letters}
    lines = (
        Line(line.row, {called.get(heading, heading): text for heading, text in line.cells.items()})
        for line in sheet.lines
    )
    letters = {called[heading]: letter for heading, letter in sheet.letters.items()}
    return Sheet(sheet.name, letters, tuple(lines))


def mend_labels(book: Book) -> tuple[Book, list[Fault]]:
    """The book with something in the place of what people read where the column is lacking, and a fault."""
    survey = book.sheet("survey")
    columns = {_split(survey, heading)[0] for heading in survey.letters}
    kinds = [sort(survey.cell(line, "type")) for line in survey.asked]
    if columns & {"label", "hint"} or not any(meant.family is Family.ASKED for meant in kinds):
        return book, []
    what = "there is no column label, and it holds what people read: write label over it in the first row"
    lines = tuple(Line(line.row, {**line.cells, "label": "-"}) for line in survey.lines)
    labelled = Sheet(survey.name, {**survey.letters, "label": ""}, lines)
    return Book({**book.sheets, survey.name: labelled}, book.titles), [survey.fault(1, "label", what)]


def find_unknown(book: Book) -> Iterator[Fault]:
    """Headings that nobody knows and that are like no other: what stands under them is left out."""
    for sheet, heading, meant in _strangers(book):
        if not meant:
            yield sheet.fault(1, heading, f"there is no column {heading}: what stands in it is left out")


def leave_out_unknown(settings: Sheet) -> Sheet:
    """The settings that somebody knows: ODK's reader takes any other for a part of the form, such as type."""
    letters = {
        heading: letter for heading, letter in settings.letters.items() if _is_known(settings, heading)
    }
    lines = (
        Line(line.row, {heading: text for heading, text in line.cells.items() if heading in letters})
        for line in settings.lines
    )
    return Sheet(settings.name, letters, tuple(lines))


def _is_known(sheet: Sheet, heading: str) -> bool:
    plain = _split(sheet, heading)[0]
    return plain in KNOWN[sheet.name] or plain in _ODK


def _strangers(book: Book) -> Iterator[tuple[Sheet, str, str]]:
    """Every heading that is not known, with the one that was probably meant; empty where none is like it."""
    for name in KNOWN:
        sheet = book.sheet(name)
        filtered = _filtered(book) if name == "choices" else frozenset()
        for heading in sheet.letters:
            if not _is_known(sheet, heading) and heading not in filtered:
                yield sheet, heading, _nearest(sheet, *_split(sheet, heading), KNOWN[name])


def _split(sheet: Sheet, heading: str) -> tuple[str, str]:
    """A heading as it is known, and the language behind it with its colons."""
    whole = fold(heading, sheet.name)
    if whole in KNOWN[sheet.name]:
        return whole, ""
    first = re.split(r"::?", heading, maxsplit=1)[0]
    return fold(first, sheet.name), heading[len(first) :]


def _nearest(sheet: Sheet, plain: str, behind: str, known: frozenset[str]) -> str:
    if plain in _ASIDE:
        return ""
    meanable = sorted(known - _RARE)
    swapped = [name for name in meanable if sorted(name) == sorted(plain)]
    for near in (*swapped, *difflib.get_close_matches(plain, meanable, n=1, cutoff=_CLOSE)):
        meant = fold(near, sheet.name)
        # Where the column is there already, what looks like it is another's.
        if fold(f"{meant}{behind}", sheet.name) not in sheet.headings:
            return f"{meant}{behind}"
    return ""


def _filtered(book: Book) -> frozenset[str]:
    """The columns that any choice filter looks at."""
    survey = book.sheet("survey")
    rules = (_QUOTED.sub(" ", survey.cell(line, "choice_filter")) for line in survey.lines)
    return frozenset(word for rule in rules for word in _BARE.findall(rule))
