"""Filing: what an installation decides about files that come with answers."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.scan import Clamd, Scanner, read_clamd_address
from surveys.files.allowance import Allowance
from surveys.files.media import MEDIA


class Files(BaseModel):
    """Which files may be sent, how large, and who looks for viruses in them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Endings; a form may allow fewer of them.
    types: tuple[str, ...] = tuple(MEDIA)
    #: Bytes of one file, and of all that one press of a button sends.
    largest_file: int = Field(default=10_000_000, ge=1_000, le=100_000_000)
    #: Files that one ask may have, whatever its form allows.
    most_files: int = Field(default=60, ge=1, le=1_000)
    #: Bytes of all files of one ask.
    largest_for_ask: int = Field(default=50_000_000, ge=1_000)
    #: Where ClamAV's daemon listens: /run/clamav/clamd.ctl, or 127.0.0.1:3310. Empty: nothing is scanned.
    clamd: str = ""

    @field_validator("types")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in value if name not in MEDIA]
        if unknown:
            raise ValueError(f"{unknown[0]!r} cannot be taken; known are {', '.join(MEDIA)}")
        return value

    @field_validator("clamd")
    @classmethod
    def _reachable(cls, value: str) -> str:
        return str(read_clamd_address(value)) if value.strip() else ""

    def allowance(self) -> Allowance:
        """The limits as the rules want them."""
        return Allowance(self.largest_file, self.most_files, self.largest_for_ask)

    def scanner(self) -> Scanner | None:
        """The daemon; None where there is none, and files are kept unscanned."""
        return Clamd(read_clamd_address(self.clamd)) if self.clamd else None
