"""A lesson file is read whole, or refused in one line that says where."""

from pathlib import Path

import pytest

from bot.asking.lesson_file import BadLesson, LessonFile, read_lesson
from store.asking.lesson import Priority

SAMPLES = Path(__file__).parents[2] / "bot/demo/sample/lessons"
GOOD = 'code = "LSN-9"\ntitle = "Robin"\nmessage = "Ring first."\nbody = "One call."\n'


def _reason(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "lesson.toml"
    path.write_bytes(content)
    found = read_lesson(path)
    assert isinstance(found, BadLesson), found
    assert "\n" not in found.reason
    assert "lesson.toml" in found.reason
    return found.reason


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_lesson_is_sound(path: Path) -> None:
    found = read_lesson(path)
    assert isinstance(found, LessonFile), found
    assert found.parts["learning"]


def test_what_is_not_said_has_a_quiet_default(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    found = read_lesson(path)
    assert isinstance(found, LessonFile)
    assert (found.priority, found.parts["check"]) == (Priority.STANDARD, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "code"),
        (b"\xff\xfe not text", "UTF-8"),
        (b"code = ", "not TOML"),
        ((GOOD + 'colour = "red"\n').encode(), "colour"),
        ((GOOD + 'priority = "soon"\n').encode(), "priority"),
        (GOOD.replace("One call.", "They failed to act.").encode(), "sounds like blame"),
        ((GOOD + '[check]\nquestion = "?"\noptions = ["a", "b"]\nright = "c"\n').encode(), "check.right"),
        (b"#" * 200_000, "larger"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in _reason(tmp_path, content)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    found = read_lesson(tmp_path / "none.toml")
    assert isinstance(found, BadLesson)
    assert "cannot be opened" in found.reason
