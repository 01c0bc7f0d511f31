"""Tone: the words of blame that no letter may carry, because help is offered and nobody is accused."""

import re

# One idea a line, in all its inflections. A space stands for any gap, a hyphen and emphasis marks included.
# 'Offending' alone is missing on purpose: youth offending teams are agencies.
_BLAME = (
    r"fail(?:s|ed|ing|ings|ure|ures)?",
    r"non ?complian(?:t|ce|tly)",
    r"not compliant|not complying",
    r"(?:late|repeat|persistent|serial|worst) offend(?:er|ers|ing)",
    r"(?:late|slow|poor|bad|worst) (?:performer|responder)s?",
    r"delinquen(?:t|ts|cy)",
    r"default(?:er|ers|ed on|ing on)",
    r"dereliction",
    r"culpab(?:le|ly|ility)",
    r"negligen(?:t|tly|ce)",
    r"inexcusabl[ey]",
    r"unacceptabl[ey]",
    r"disappoint(?:ed|ing|ingly|ment)",
    r"must (?:now )?(?:immediately|urgently|at once|without (?:further )?delay)",
    r"(?:immediately|urgently) must",
    r"final (?:warning|demand)s?",
    r"nam(?:e|ed|ing) and sham(?:e|ed|ing)",
    r"ignor(?:e|es|ed|ing) (?:our|this|these|the|my|all|previous|repeated)",
    r"refus(?:e|es|ed|ing) to",
    r"(?:your|their) fault",
)
_GAP = r"[\s\u2010-\u2015_*-]+"
_PATTERN = re.compile(
    r"(?<![^\W_])(?:" + "|".join(_BLAME).replace(" ?", f"(?:{_GAP})?").replace(" ", _GAP) + r")(?![^\W_])",
    re.IGNORECASE,
)


def blame(text: str) -> list[str]:
    """List the words of blame in a text as they stand there, in order, each once; empty if there are none."""
    return list(dict.fromkeys(" ".join(match.group().split()) for match in _PATTERN.finditer(text)))
