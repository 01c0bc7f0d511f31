"""Files of sheets, told apart by what they hold and not by their names."""

from pathlib import Path, PurePath

from bot.directory.sheets.delimited import read_delimited
from bot.directory.sheets.sheet import Refusal, Sheet
from bot.directory.sheets.workbook import read_workbook

#: The largest file that is opened, in bytes.
MAX_BYTES = 20_000_000
#: A folder may hold this many files to read.
MAX_FILES = 50

#: What is said of a file that is a workbook by its name alone.
NO_WORKBOOK = (
    "it is no Excel workbook, whatever its name says; open it in the program that made it and save it as "
    "'Excel Workbook (.xlsx)'"
)

_SUFFIXES = (".csv", ".tsv", ".txt", ".xls", ".xlsb", ".xlsm", ".xlsx", ".ods")
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a word-processor document"),
    (b"<", "a web page or XML"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)


def read_path(path: Path, encoding: str | None = None) -> list[Sheet] | Refusal:
    """Read a file, or every CSV and Excel file of a folder in the order of their names."""
    try:
        if not path.is_dir():
            return _read_one(path, encoding)
        files = sorted(each for each in path.iterdir() if _is_candidate(each))
        if not files:
            return Refusal(path.name, "this folder holds no .csv or .xlsx file")
        if len(files) > MAX_FILES:
            return Refusal(
                path.name, f"this folder holds more than {MAX_FILES} files; name one file, or move some out"
            )
        return _read_all(files, encoding)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        reason = getattr(error, "strerror", None) or str(error)
        return Refusal(str(path), f"it cannot be opened: {reason.lower()}")


def read_content(file: str, content: bytes, encoding: str | None = None) -> list[Sheet] | Refusal:
    """Read the bytes of one CSV file or Excel workbook; `file` is only its name, for messages."""
    if len(content) > MAX_BYTES:
        return _too_large(file)
    if content.startswith(b"PK\x03\x04"):
        return read_workbook(file, content)
    foreign = _refuse_foreign(file, content)
    if foreign:
        return foreign
    sheet = read_delimited(file, content, encoding)
    if isinstance(sheet, Refusal):
        return Refusal(file, NO_WORKBOOK) if is_called_workbook(file) else sheet
    return [sheet]


def is_called_workbook(file: str) -> bool:
    """Whether a file's name claims that it is an Excel workbook."""
    return PurePath(file).suffix.lower() in (".xlsx", ".xlsm")


def _read_one(path: Path, encoding: str | None) -> list[Sheet] | Refusal:
    with path.open("rb") as opened:
        return read_content(
            path.name, opened.read(MAX_BYTES + 1), encoding
        )  # one byte tells that there are more


def _read_all(files: list[Path], encoding: str | None) -> list[Sheet] | Refusal:
    sheets: list[Sheet] = []
    for each in files:
        read = _read_one(each, encoding)
        if isinstance(read, Refusal):
            return read
        sheets.extend(read)
    return sheets


def _is_candidate(path: Path) -> bool:
    # Excel keeps a lock file beside each open workbook, named with a tilde and a dollar sign.
    return path.is_file() and path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", "."))


def _too_large(file: str) -> Refusal:
    return Refusal(
        file, f"it is larger than {MAX_BYTES // 1_000_000} MB; keep only the directory's own sheets in it"
    )


def _refuse_foreign(file: str, content: bytes) -> Refusal | None:
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return Refusal(file, "it is protected by a password; save it without one")
        return Refusal(
            file, "it is in Excel's format of before 2007 (.xls); save it as 'Excel Workbook (.xlsx)'"
        )
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return Refusal(file, "it is empty")
    kind = next((kind for mark, kind in _FOREIGN if start.startswith(mark)), None)
    if kind:
        return Refusal(
            file, f"it is {kind}, neither CSV nor an Excel workbook; save the sheet itself as .csv or .xlsx"
        )
    return None
