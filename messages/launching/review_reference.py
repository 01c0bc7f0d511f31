"""Review reference: what a review may be called in letters, so that nobody can be known by it."""

import re

#: A letter that stands alone, or initials with full stops, as in J or J.S.
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.(?:\s?[A-Z]\.)+|[A-Z]\.?)(?!\w)", re.UNICODE)
#: Two or three capitals with no figure tied to them, as in JS or JS 2026; WB-2026 is taken.
_SHORT = re.compile(r"(?<!\w)[A-Z]{2,3}(?![\w]|[-/]\d)")
#: What kinds of review are called for short.
_KINDS = re.compile(r"(?<!\w)(?:SCR|LLR|LLLR|LCSPR|CSPR|DHR|SAR|RR|MR|IMR)(?!\w)")
#: Two words that begin with a capital and go on small, as first name and surname do.
_NAMES = re.compile(r"(?<!\w)[A-Z][a-z'\u2019]+[\s-]+[A-Z][a-z'\u2019]+(?!\w)")
#: Words in which everything is about somebody.
_ABOUT = re.compile(r"(?<!\w)(?:child|baby|family|mother|father|sibling)(?!\w)", re.IGNORECASE)
LONGEST = 60


def find_name_in(reference: str) -> str:
    """What in a reference looks like a name or initials, in a clause; empty where nothing does.

    A year, a number or one code name is taken: LLR-2026-03, Review 7, Wren.
    """
    if len(reference) > LONGEST:
        return f"it has {len(reference)} characters, and a reference has at most {LONGEST}"
    rest = _KINDS.sub("", reference)
    suspects = (
        (_ABOUT, "says whom it is about"),
        (_INITIALS, "looks like initials"),
        (_SHORT, "looks like initials"),
        (_NAMES, "looks like a name"),
    )
    found = ((pattern.search(rest), said) for pattern, said in suspects)
    return next((f"“{match[0]}” {said}" for match, said in found if match), "")
