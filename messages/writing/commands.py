"""Commands: those that people are told to copy, with the board named where there are several."""

import re
import shlex

#: Commands that ask whose, in an installation of several boards.
_ASKING = re.compile(
    r"\bcascade (?:import|new|duty|office|readers|wishes(?: (?:list|done))?|helplines (?:list|check|set)"
    r"|year(?: (?:show|on|off|move))?|non-returns (?:list|publish|show)|actions?|rate|record told-us"
    r"|form (?:changes|keep|list|preview|sign-off|texts|translate))\b(?![^`\n]*--board)"
)


def name_board(text: str, slug: str | None) -> str:
    """A text in which every command that asks whose says so; as it is where no short name is given."""
    if not slug:
        return text
    return _ASKING.sub(lambda found: f"{found[0]} --board {shlex.quote(slug)}", text)
