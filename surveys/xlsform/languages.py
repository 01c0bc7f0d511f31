"""Languages: the one a form is written in, and its texts in all others."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.xlsform.fault import Fault
from surveys.xlsform.odk import Node
from surveys.xlsform.sheets import Book

#: pyxform's word for texts in no language.
PLAIN = "default"

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_BEHIND = re.compile(rf"\(\s*({_TAG.pattern})\s*\)\s*$")
_SPOKEN = re.compile(
    r"^(label|caption|hint|guidance[_ ]hint|constraint[_ ]message|required[_ ]message)\s*:", re.I
)
#: Languages that are known by their English names, as some workbooks give no tag.
_BY_NAME = {
    "albanian": "sq",
    "amharic": "am",
    "arabic": "ar",
    "bengali": "bn",
    "bulgarian": "bg",
    "chinese": "zh",
    "czech": "cs",
    "dari": "fa",
    "easy read": "en-x-easy",
    "english": "en",
    "français": "fr",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "gujarati": "gu",
    "hindi": "hi",
    "hungarian": "hu",
    "italian": "it",
    "lithuanian": "lt",
    "nepali": "ne",
    "pashto": "ps",
    "persian": "fa",
    "polish": "pl",
    "polski": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "russian": "ru",
    "slovak": "sk",
    "somali": "so",
    "spanish": "es",
    "swahili": "sw",
    "tamil": "ta",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
    "welsh": "cy",
}


def tag_of(language: str) -> str:
    """The BCP 47 tag of a language as headings name it, such as `Polski (pl)`; empty where none is known."""
    behind = _BEHIND.search(language)
    if behind:
        return _tidy(behind[1])
    name = language.strip().lower()
    if name in _BY_NAME:
        return _BY_NAME[name]
    return (
        _tidy(language.strip()) if (_TAG.fullmatch(language.strip()) and len(name) < 4) or "-" in name else ""
    )


def _tidy(tag: str) -> str:
    primary, *rest = tag.split("-")
    return "-".join([primary.lower(), *rest])


@dataclass
class Languages:
    """Gathers a workbook's texts: those of its main language stay in the form, the rest are translations.

    `main` is the language as the headings name it, `tag` its BCP 47 tag.
    """

    main: str
    tag: str
    names: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    _texts: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _rows: dict[tuple[str, str], str] = field(default_factory=dict)

    def say(self, spoken: Mapping[str, str], place: Fault) -> str:
        """The text in the main language; keeps the others under it. `place` is the cell it stands in."""
        text = spoken.get(self.main) or spoken.get(PLAIN) or ""
        if not text and spoken:
            self._miss(place)
            return ""
        for language, words in spoken.items():
            if words and language not in (self.main, PLAIN):
                self._keep(language, text, words, place)
        return text

    def translations(self, form: str, version: int) -> list[dict[str, Any]]:
        """The translations found, as drafts that somebody has still to sign."""
        found = []
        for language in self.names:
            texts = self._texts.get(language)
            if texts and (tag := tag_of(language)) and tag != self.tag:
                found.append(
                    {
                        "form": form,
                        "version": version,
                        "language": tag,
                        "state": "draft",
                        "reviewer": "",
                        "texts": dict(texts),
                    }
                )
        return found

    def _miss(self, place: Fault) -> None:
        language = "a column without a language" if self.main == PLAIN else self.main
        if place.column.lower().startswith(("label", "caption")):
            what = f"there is no text in {language}, in which the form is written; write it"
            self.faults.append(_again(place, what))
        else:
            what = f"left out, as there is no text in {language}, in which the form is written"
            self.warnings.append(_again(place, what))

    def _keep(self, language: str, text: str, words: str, place: Fault) -> None:
        here = f"{place.sheet} row {place.row}"
        before = self._texts[language].setdefault(text, words)
        first = self._rows.setdefault((language, text), here)
        if before.casefold() != words.casefold():
            what = (
                f"{_short(text)} is {_short(words)} in {language} here, {_short(before)} in {first}: a "
                f"text has one translation, so write the same in both, or make the {self.main} texts differ"
            )
            self.faults.append(_again(place, what))


def find_languages(book: Book, root: Node) -> Languages:
    """The languages of a workbook, by the headings of its survey and choices sheets."""
    names = list(dict.fromkeys(_named(book)))
    default = str(root.get("default_language") or "")
    plain = any(heading.strip().lower() in ("label", "caption") for heading in book.sheet("survey").letters)
    if default in names:
        main = default
    elif plain or not names:
        main = default if default and default != PLAIN else PLAIN
    else:
        main = next((name for name in names if tag_of(name) == "en"), names[0])
    settings = book.sheet("settings")
    tag = tag_of(main) if main != PLAIN else "en"
    languages = Languages(main, tag or "en", tuple(name for name in names if name != main))
    if main != PLAIN and not tag:
        what = (
            f"no language tag is known for {main}, so English is assumed; write it behind, as in {main} (cy)"
        )
        languages.warnings.append(settings.fault(0, "default_language", what))
    languages.warnings.extend(_untagged(book, languages.names))
    return languages


def spoken(text: object, main: str = PLAIN) -> dict[str, str]:
    """A text of pyxform's tree by language."""
    match text:
        case Mapping():
            return {str(language): str(words) for language, words in text.items() if words}
        case None | "":
            return {}
        case _:
            return {main: str(text)}


def join(*texts: Mapping[str, str]) -> dict[str, str]:
    """Several texts as one, language by language; the main language stands in where one is missing."""
    languages = dict.fromkeys(language for text in texts for language in text)
    return {
        language: "\n".join(words for text in texts if (words := text.get(language, text.get(PLAIN, ""))))
        for language in languages
    }


def _named(book: Book) -> Iterator[str]:
    for name in ("survey", "choices"):
        for heading in book.sheet(name).letters:
            if _SPOKEN.match(heading):
                yield heading.split("::" if "::" in heading else ":", 1)[1].strip()


def _untagged(book: Book, names: Iterable[str]) -> Iterator[Fault]:
    survey = book.sheet("survey")
    for name in names:
        if not tag_of(name):
            what = f"no language tag is known for {name}, so its texts are left out; write {name} (cy)"
            heading = next((each for each in survey.letters if each.strip().endswith(name)), "")
            yield Fault("survey", 1, heading, what, survey.letters.get(heading, ""))


def _again(place: Fault, what: str) -> Fault:
    return Fault(place.sheet, place.row, place.column, what, place.letter)


def _short(text: str) -> str:
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
