"""A fictional letter and digest for the tests of rendering."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from messages.gathering.digest import DigestSpec
from messages.letters.render import Lesson, LetterSpec
from messages.writing.variables import EXAMPLES
from messages.writing.words import PreparedWords, prepare

BODY = "Please tell **everyone** at {{ agency }}.\n\n## Help\n\nReply, or [open your page]({{ link }}).\n"
LESSON = "# What we learned\n\n1. Ring one other agency.\n2. Ask {{ what }} <b>life</b> is like.\n"


def words(subject: str = "{{ first_name }}, something to share", body: str = BODY) -> PreparedWords:
    prepared = prepare(subject, body)
    assert isinstance(prepared, PreparedWords), prepared
    return prepared


def fixed(**more: str) -> dict[str, str]:
    return {name: EXAMPLES[name] for name in ("board", "contact_name", "contact_email")} | more


def spec(**changes: Any) -> LetterSpec:
    usual = LetterSpec(
        words(),
        "Learning from Wren",
        fixed(),
        button="Say how many",
        lesson=Lesson("Wren: a lesson to share", "One call shows what letters hide.", LESSON),
    )
    return replace(usual, **changes)


def digest_spec(**changes: Any) -> DigestSpec:
    usual = DigestSpec(
        words("{{ count }} things still needed", "Here they are together."), "Still needed", fixed()
    )
    return replace(usual, **changes)


def values(**changes: object) -> Mapping[str, object]:
    return {**EXAMPLES, **changes}
