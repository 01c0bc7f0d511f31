"""Takes the cells of one row, each by its own rule, and notes every problem on the way."""

from datetime import date

from bot.directory.addresses import BadAddress, normalise_address, normalise_domain
from bot.directory.cells import LONGEST, LONGEST_LIST, clean, find_trouble, holds_date
from bot.directory.dates import read_date, read_days
from bot.directory.rows import Problem, Record
from bot.directory.vocabulary import (
    VACANT,
    Role,
    Sector,
    find_calendar,
    find_language,
    find_role,
    find_sector,
)

_CALENDARS = "write 'office', or 'school: ' and the name of a term set"


class Checker:
    """Takes what a record says; a cell with a problem reads as empty, and the problem is noted."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._problems: dict[str, Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to put right in the row, in the order met, once per column."""
        return tuple(self._problems.values())

    def note(self, key: str, reason: str) -> None:
        """Note a problem; a second one in the same column adds nothing the coordinator can act on."""
        self._problems.setdefault(key, Problem(self.record.heading(key), reason))

    def has(self, key: str) -> bool:
        """Whether the sheet has this column at all."""
        return key in self.record.columns

    def text(self, key: str, longest: int = LONGEST) -> str:
        """Cleaned words, empty where there are none."""
        cell = self.record.cell(key)
        text = clean(cell)
        trouble = find_trouble(cell, longest)
        if trouble is None and holds_date(text):
            trouble = "holds a date where words are expected; format the cell as Text and type it again"
        if trouble:
            self.note(key, trouble)
            return ""
        return text

    def prose(self, key: str, longest: int) -> str:
        """Cleaned words that may have been typed on several lines, empty where there are none."""
        cell = " ".join(self.record.cell(key).splitlines())
        trouble = find_trouble(cell, longest)
        if trouble is None and holds_date(clean(cell)):
            trouble = "holds a date where words are expected; format the cell as Text and type it again"
        if trouble:
            self.note(key, trouble)
        return "" if trouble else clean(cell)

    def required(self, key: str) -> str:
        """Cleaned words; their absence is a problem."""
        text = self.text(key)
        if not text:
            self.note(key, "is missing")
        return text

    def title(self, key: str) -> str:
        """The name of a person or an agency: words with at least one letter; empty where nobody is named."""
        text = self.text(key)
        if text.casefold() in VACANT:
            return ""
        if not any(character.isalpha() for character in text):
            self.note(key, f"{text!r} is not a name; type the name in words")
        return text

    def address(self, key: str) -> str:
        """A normalised email address, empty where there is none."""
        text = self.text(key, 320)
        if text.casefold() in VACANT:
            return ""
        found = normalise_address(text)
        if isinstance(found, BadAddress):
            self.note(key, found.reason)
            return ""
        return found

    def domains(self, key: str) -> tuple[str, ...] | None:
        """Mail domains separated by semicolons, commas or spaces; None where the sheet has no such column."""
        if not self.has(key):
            return None
        found: list[str] = []
        for part in self.text(key, LONGEST_LIST).replace(";", " ").replace(",", " ").split():
            domain = normalise_domain(part)
            if isinstance(domain, BadAddress):
                self.note(key, domain.reason)
            elif domain not in found:
                found.append(domain)
        return tuple(found)

    def sector(self, key: str) -> Sector | None:
        """The sector; None where none is given."""
        text = self.text(key)
        found = find_sector(text) if text else None
        if text and found is None:
            self.note(key, f"{text!r} is not a known sector; use one of: {', '.join(Sector)}")
        return found

    def count(self, key: str) -> int | None:
        """How many, as a whole number that Excel may have given a comma or a point; None where none is."""
        text = self.text(key)
        plain = text.replace(",", "").removesuffix(".0")
        if text and not (plain.isascii() and plain.isdecimal() and len(plain) < 7):
            self.note(key, f"{text!r} is not a number of people; write it in figures, such as 48")
            return None
        return int(plain) if text else None

    def role(self, key: str) -> Role | None:
        """The seat's role; None only where a problem has been noted."""
        text = self.required(key)
        found = find_role(text) if text else None
        if text and found is None:
            self.note(key, f"{text!r} is not a known role; use one of: {', '.join(Role)}")
        return found

    def calendar(self, key: str) -> str | None:
        """`office` or `school: <term set>`; None where none is given."""
        text = self.text(key)
        found = find_calendar(text) if text else None
        if text and found is None:
            self.note(key, f"{text!r} is not a calendar; {_CALENDARS}")
        return found

    def language(self, key: str) -> str | None:
        """A language tag; None where none is given."""
        text = self.text(key)
        found = find_language(text) if text else None
        if text and found is None:
            self.note(key, f"{text!r} is not a known language; write a tag such as en, cy or pl")
        return found

    def day(self, key: str) -> date | None:
        """A date; None only where a problem has been noted."""
        cell = self.record.cell(key)
        trouble = find_trouble(cell)
        found = None if trouble else read_date(cell)
        if not cell.strip():
            self.note(key, "is missing")
        elif found is None:
            self.note(key, trouble or f"{clean(cell)!r} is not a date; write it as 2 Sep 2026 or 02/09/2026")
        return found

    def days(self, key: str) -> tuple[date, ...] | None:
        """Single days and stretches of days; None where the sheet has no such column."""
        if not self.has(key):
            return None
        cell = self.record.cell(key)
        trouble = find_trouble(cell, LONGEST_LIST)
        found = None if trouble else read_days(cell)
        if found is None:
            self.note(
                key,
                trouble
                or f"{clean(cell)[:60]!r} are not days; write them as 29 Dec 2026 to 31 Dec 2026; 4 May 2027",
            )
        return found or ()
