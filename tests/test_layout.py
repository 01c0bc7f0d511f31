"""The layout, the documents and the code say the same."""

import ast
import functools
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from bot.cli.group import cascade
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "messages", "store", "surveys")
LONGEST = 300
VAGUE = {"utils", "util", "helpers", "helper", "manager", "core", "common", "misc", "base_utils"}
LISTED = re.compile(r"^ {4}(?P<path>[\w./-]+)(?: {2,}(?P<caption>\S.*))?$", re.MULTILINE)

# Written in halves, so that this file does not find itself.
BUILD_PLACES = (
    "/" + "work/",
    "/" + "root/",
    "/opt" + "/pypi",
    "files.python" + "hosted",
    "registry.npm" + "js",
)
PRIVATE_MARKS = re.compile("[DKMP]" + "§[0-9]|\\b[DKM]" + "§")

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/DESIGN.md", "docs/for-your-it-team.md")
OURS = ("benchmarks/", "bot/", "docs/", "messages/", "store/", "styles/", "surveys/", "tests/", "tools/")
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
POINTER = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
# A command stands at the start of a line or span, or behind the folder that it was installed into.
SPOKEN = re.compile(r"^(?:\S*[/\\])?cascade(?: (?P<rest>.*))?$")


@functools.cache
def tracked() -> tuple[Path, ...]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout, so its own files cannot be told from made ones")
    return tuple(
        sorted(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())
    )


def modules() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def caption(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def layout() -> dict[str, str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## Layout$(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    assert section, "README.md has no section called Layout"
    return {found["path"].rstrip("/"): found["caption"] or "" for found in LISTED.finditer(section[1])}


def folders() -> list[str]:
    ours = {shown(path.parent) for path in modules() if path.relative_to(ROOT).parts[0] in PACKAGES}
    ours |= {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}
    return sorted(name for name in ours if not name.startswith("."))


def spell_layout() -> str:
    """The lines that the README's layout should have; a folder without modules keeps the words it has."""
    lines = []
    for name in folders():
        module = ROOT / name / "__init__.py"
        said = caption(module) if module.is_file() else layout().get(name, "SAY WHAT IT HOLDS.")
        lines.append(f"    {name:<26}  {said}".rstrip())
    return "\n".join(lines)


@functools.cache
def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def quoted(document: str) -> list[str]:
    """Everything shown as code: the lines of blocks, and the spans in sentences."""
    text = read(document)
    blocks = [
        line.partition("  #")[0].strip() for block in FENCED.findall(text) for line in block.splitlines()
    ]
    return [*blocks, *SPAN.findall(FENCED.sub("", text))]


def spoken(document: str) -> list[list[str]]:
    """Every command of ours that a document names, as its words."""
    found = [SPOKEN.match(code) for code in quoted(document)]
    return [shlex.split(match["rest"] or "") for match in found if match]


def misunderstood(words: list[str]) -> str:
    """What of a command the command line does not know; empty when it knows all of it."""
    command: click.Command = cascade
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("-"):
            if word not in command.commands:
                return word
            command = command.commands[word]
        elif word.startswith("--") and word not in known_options(command):
            return word
    return ""


def known_options(command: click.Command) -> set[str]:
    return {"--help", "--version"} | {name for option in command.params for name in option.opts}


def settings_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings_of(kind, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_no_module_is_too_long_to_read_at_once() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_opens_with_its_caption() -> None:
    ours = [path for path in modules() if path.relative_to(ROOT).parts[0] in (*PACKAGES, "tools")]
    assert ours
    assert [shown(path) for path in ours if not caption(path).endswith((".", "?", "!"))] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [shown(path) for path in tracked() if path.stem.lower() in VAGUE] == []


def test_the_readme_names_every_folder() -> None:
    missing = sorted(set(folders()) - layout().keys())
    assert missing == [], f"paste this into the README's Layout:\n{spell_layout()}"


def test_the_readme_names_only_what_is_there() -> None:
    assert [name for name in layout() if not (ROOT / name).exists()] == []


def test_the_readme_gives_modules_their_own_captions() -> None:
    told = {name: said for name, said in layout().items() if said}
    meant = {}
    for name in told:
        path = ROOT / name / "__init__.py" if (ROOT / name).is_dir() else ROOT / name
        meant[name] = caption(path) if path.suffix == ".py" and path.is_file() else told[name]
    assert told == meant


@pytest.mark.parametrize("place", BUILD_PLACES)
def test_no_file_names_the_machine_it_was_made_on(place: str) -> None:
    assert [shown(path) for path in tracked() if place.encode() in path.read_bytes()] == []


def test_no_file_points_to_private_notes() -> None:
    texts = {shown(path): path.read_bytes().decode("utf-8", "replace") for path in tracked()}
    assert [name for name, text in texts.items() if PRIVATE_MARKS.search(text)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_option_a_document_names_exists(document: str) -> None:
    wrong = {" ".join(words): misunderstood(words) for words in spoken(document)}
    assert {command: word for command, word in wrong.items() if word} == {}


def test_the_readme_names_every_command() -> None:
    named = {words[0] for words in spoken("README.md") if words}
    assert sorted(cascade.commands.keys() - named) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_a_document_names_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = {code.split()[1] for code in quoted(document) if re.match(r"make [a-z]", code)}
    assert sorted(named - targets) == []


def test_every_setting_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \|", read("docs/for-your-it-team.md"), re.MULTILINE)
    assert sorted(rows) == sorted(settings_of(Settings))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_and_test_a_document_points_to_is_there(document: str) -> None:
    beside = (ROOT / document).parent
    missing = [link for link in POINTER.findall(read(document)) if not (beside / link).exists()]
    for word in {word for code in quoted(document) for word in code.split()}:
        # Capitals stand for a name of the reader's own.
        if not word.startswith(OURS) or re.search(r"[A-Z]{3}(?!\w*\.md$)", word):
            continue
        path, _, test = word.partition("::")
        if not (ROOT / path).exists() or (test and f"def {test}(" not in read(path)):
            missing.append(word)
    assert missing == []
