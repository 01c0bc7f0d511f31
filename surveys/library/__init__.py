"""The forms that come with Cascade, one file a version."""

import json
from functools import cache
from importlib.resources import files

from surveys.errors import FormError
from surveys.forms.form import Form
from surveys.tongues.translation import Translation


def keys() -> list[str]:
    """The keys of the shipped forms, in alphabetical order."""
    return sorted({key for key, _ in _versions()})


@cache
def load(key: str, version: int | None = None) -> Form:
    """A shipped form, in its newest version unless one is named; raise FormError where there is none."""
    known = [each for name, each in _versions() if name == key]
    wanted = max(known, default=0) if version is None else version
    if wanted not in known:
        named = f" in version {version}" if version is not None else ""
        raise FormError(f"form {key}", f"is not shipped{named}; there are {', '.join(keys())}")
    return Form.from_json(json.loads((files(__name__) / f"{key}-{wanted}.json").read_text("utf-8")))


def translations(key: str, version: int) -> list[Translation]:
    """The translations shipped with a version of a form, by language; none where there are none."""
    return list(_translations(key, version))


@cache
def _translations(key: str, version: int) -> tuple[Translation, ...]:
    start = f"{key}-{version}."
    shelf = files(__name__) / "translations"
    entries = sorted((each for each in shelf.iterdir() if each.name.startswith(start)), key=lambda e: e.name)
    return tuple(Translation.from_json(json.loads(each.read_text("utf-8"))) for each in entries)


@cache
def _versions() -> tuple[tuple[str, int], ...]:
    stems = (
        entry.name.removesuffix(".json")
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".json")
    )
    return tuple((key, int(version)) for key, _, version in (stem.rpartition("-") for stem in stems))
