"""A lesson as a TOML file: its code, its one-line message, the text that travels on, and its parts."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from messages.writing.prose import complaints
from messages.writing.tone import blame
from store.asking.lesson import Priority

#: A lesson is text; what is larger is some other file.
LARGEST = 100_000


class CheckQuestion(BaseModel):
    """One question with several answers, by which a team can see whether the lesson was heard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=1)
    options: tuple[str, ...] = Field(min_length=2)
    right: str


class LessonFile(BaseModel):
    """What a lesson file says. Neutral: no name, place or date of a real child."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(min_length=1, max_length=20)
    slug: str = Field(default="", pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=60)
    title: str = Field(min_length=1, max_length=200)
    kind: str = Field(default="lesson", min_length=1, max_length=40)
    priority: Priority = Priority.STANDARD
    message: str = Field(min_length=1, max_length=500)
    body: str = Field(min_length=1)
    learning: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    check: CheckQuestion | None = None

    @property
    def parts(self) -> dict[str, Any]:
        """The values that are read one by one, as the store keeps them."""
        return {
            "learning": list(self.learning),
            "prompts": list(self.prompts),
            "check": self.check.model_dump(mode="json") if self.check else None,
        }


@dataclass(frozen=True, slots=True)
class BadLesson:
    """Why a file is no lesson: what, where, and what to do, in one line."""

    reason: str


def read_lesson(path: Path) -> LessonFile | BadLesson:
    """Read a lesson from a TOML file in UTF-8. Nothing that a file may hold raises."""
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)
        if len(content) > LARGEST:
            return BadLesson(f"{path} is larger than {LARGEST:,} bytes; is it a lesson?")
        told = LessonFile.model_validate(tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n")))
    except OSError as error:
        return BadLesson(f"{path} cannot be opened: {error.strerror}")
    except UnicodeDecodeError:
        return BadLesson(f"{path} is not in UTF-8; save it so")
    except tomllib.TOMLDecodeError as error:
        return BadLesson(f"{path} is not TOML: {error}")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return BadLesson(f"{path}, {place}: {first['msg']}")
    return _heard(path, told)


def _heard(path: Path, told: LessonFile) -> LessonFile | BadLesson:
    """Refuse what no letter could carry, and what sounds like blame."""
    for line, text in complaints([told.body]):
        return BadLesson(f"{path}, body, line {line}: {text}")
    for where, words in (("title", told.title), ("message", told.message), ("body", told.body)):
        if found := blame(words):
            return BadLesson(f"{path}, {where}: {found[0]!r} sounds like blame; say what helps instead")
    if told.check and told.check.right not in told.check.options:
        return BadLesson(f"{path}, check.right: it is not one of the options")
    return told
