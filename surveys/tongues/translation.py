"""Translation: the texts of one form version in another language, kept beside the form."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic import Field as Setting

from surveys.errors import FormError
from surveys.figures.numbers import find_numbers, lacks_number
from surveys.forms.form import Form
from surveys.forms.marks import turns
from surveys.phrases import places, say

State = Literal["machine", "draft", "reviewed"]
"""Who stands for a translation: nobody yet (machine), a translator (draft), or somebody who checked it."""

# What people read. Everything else in a form is names, values and rules, the same in every language.
_READ = frozenset(
    {
        "title",
        "purpose",
        "intro",
        "consent",
        "notice",
        "label",
        "short",
        "hint",
        "missing",
        "constraint_message",
        "item",
        "unit",
        "yes",
        "no",
    }
)
_READ_TABLE = "labels"


@dataclass(frozen=True, kw_only=True)
class Translation:
    """Texts of a form version by their English ones. `reviewer` is who checked it, empty until then."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)
    form: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    version: Annotated[int, Setting(ge=1)]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$")]
    state: State
    reviewer: Annotated[str, StringConstraints(max_length=200)] = ""
    texts: Mapping[str, str]

    @classmethod
    def from_json(cls, written: object) -> "Translation":
        """Read a translation from JSON-able dicts; raise FormError naming what is wrong and where."""
        try:
            return _adapter().validate_json(json.dumps(written, allow_nan=False))
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)[0]
            where = " > ".join(["translation", *map(str, found["loc"])])
            raise FormError(where, found["msg"]) from None
        except (TypeError, ValueError, RecursionError) as error:
            raise FormError("translation", f"cannot be written as JSON ({error})") from None

    def to_json(self) -> dict[str, object]:
        """The translation as JSON-able dicts, every setting written out."""
        return cast(dict[str, object], _adapter().dump_python(self, mode="json"))

    @property
    def is_reviewed(self) -> bool:
        """Whether a named person has checked it; without a name nobody has."""
        return self.state == "reviewed" and bool(self.reviewer)

    def sign(self, reviewer: str) -> "Translation":
        """The same texts, checked by `reviewer`."""
        return replace(self, state="reviewed", reviewer=reviewer)


def texts_of(form: Form) -> list[str]:
    """Every text of a form that people read, once each, in the form's order; signs alone are left out."""
    found: dict[str, str] = {}
    rewrite(form.to_json(), lambda text: found.setdefault(text, text))
    return [text for text in found if any(letter.isalpha() for letter in text)]


def translate(form: Form, translation: Translation) -> Form:
    """The form in the language of a translation; what is not translated stays as it is.

    Names, values and rules stay the same, so answers mean the same in every language. Raise FormError where
    a text is too long for its place, or where the translation is of another form version.
    """
    if (translation.form, translation.version) != (form.key, form.version):
        named = f"{translation.form} in version {translation.version}"
        raise FormError("translation", f"is of {named}, not of {form.key} in version {form.version}")
    said = {english: text for english, text in translation.texts.items() if text.strip()}
    written = rewrite(_with_yes_no(form.to_json(), translation.language), lambda text: said.get(text, text))
    return Form.from_json(written | {"language": translation.language})


def missing(form: Form, translation: Translation) -> list[str]:
    """The texts of a form a translation does not have yet, in the order of the form."""
    return [text for text in texts_of(form) if not translation.texts.get(text, "").strip()]


def astray(translation: Translation) -> list[str]:
    """The English texts whose translation has other `{places}` than they have: words would be lost there."""
    return [
        english
        for english, text in translation.texts.items()
        if text.strip() and places(text) != places(english)
    ]


def lost_numbers(translation: Translation) -> list[tuple[str, str]]:
    """Every English text whose translation does not tell one of its telephone numbers, with that number.

    Whoever rings another number than the English names reaches nobody, or somebody else.
    """
    return [
        (english, number)
        for english, text in translation.texts.items()
        if text.strip()
        for number in find_numbers(english)
        if lacks_number(text, number)
    ]


def turned(translation: Translation) -> list[str]:
    """The English texts whose translation holds marks that nobody sees and that turn its direction."""
    return [english for english, text in translation.texts.items() if turns(text)]


def rewrite(written: Mapping[str, Any], put: Callable[[str], str]) -> dict[str, Any]:
    """Copy a form as written, each text that people read replaced by what `put` makes of it."""
    return dict(_said(written, put))


def _said(written: Mapping[str, Any], put: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    for key, value in written.items():
        match value:
            case str() if key in _READ and value:
                yield key, put(value)
            case dict() if key == _READ_TABLE:
                yield key, {point: put(text) for point, text in value.items()}
            case list():
                yield key, [rewrite(each, put) if isinstance(each, dict) else each for each in value]
            case _:
                yield key, value


def _with_yes_no(written: Any, language: str) -> Any:
    """Write out the words of every yes or no that has none of its own: they are said, not translated."""
    match written:
        case dict():
            words = {"yes": say(language, "Yes"), "no": say(language, "No")}
            own = {key: _with_yes_no(value, language) for key, value in written.items()}
            return words | own if written.get("kind") == "yes_no" else own
        case list():
            return [_with_yes_no(each, language) for each in written]
        case _:
            return written


@cache
def _adapter() -> TypeAdapter[Translation]:
    return TypeAdapter(Translation)
