"""Name: what a kept file is called, whatever its sender's machine called it."""

import re
import unicodedata

#: Characters, ending included.
LONGEST_NAME = 120
#: What Windows, which most readers use, takes for a device whatever follows.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_UNSAVEABLE = re.compile(r'[<>:"|?*]')
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
#: Endings that say what to open a file with: none may hide before the real one.
_OPENS = re.compile(
    r"\.(?:pdf|docx?|docm|xlsx?|xlsm|pptx?|pptm|od[tsp]|png|jpe?g|gif|webp|txt|csv|rtf|zip|7z|rar|"
    r"exe|com|scr|bat|cmd|ps1|vbs|js|hta|lnk|msi|jar|html?|svg|xml|iso|img|eml|msg)$",
    re.IGNORECASE,
)


def show_name(given: str) -> str:
    """The name that a sender's machine gave, without its folders, fit to be told back in a sentence."""
    return _strip(given)[:LONGEST_NAME] or "a file without a name"


def tidy_name(given: str, extension: str) -> str:
    """A name to keep: no folders, control characters or marks that turn text round; it ends as the file is.

    A spreadsheet would take a leading =, +, - or @ for a formula, so these go too.
    """
    stem = _ENDING.sub("", _UNSAVEABLE.sub("_", _strip(given[-1_000:])))
    while _OPENS.search(stem):
        stem = _OPENS.sub("", stem)
    stem = stem.lstrip(" .=+-@")[: LONGEST_NAME - 1 - len(extension)].rstrip(" .")
    if not stem or _DEVICE.match(stem):
        stem = f"file {stem}".rstrip()
    return f"{stem}.{extension}"


def _shows(letter: str) -> bool:
    """Control characters, marks of direction or of no width, and halves of letters do not."""
    return letter.isspace() or not unicodedata.category(letter).startswith("C")


def _strip(given: str) -> str:
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1]
    shown = "".join(" " if letter.isspace() else letter for letter in last if _shows(letter))
    return " ".join(shown.split())
