"""Quality: the check of a report by whoever judges it, kept with their judgement."""

from surveys import library
from surveys.answering.answers import Answers, check
from surveys.forms.form import Form
from surveys.judging.judging import Verdict

#: The form of the check, and the forms by which a report comes that it is about.
CHECK = "report_quality"
CHECKED = ("report_draft", "report_final")
#: What the check asks besides, and is known from the judgement.
KNOWN = ("report_reference", "outcome", "points")


def names() -> list[str]:
    """What is checked, by name."""
    settled = (*KNOWN, *(name for name, one in _form().questions.items() if not one.required))
    return [name for name in _form().questions if name not in settled]


def check_quality(
    form: Form, typed: dict[str, str], reference: str, verdict: Verdict
) -> dict[str, object] | str:
    """The whole check as it is kept, with what the judgement itself says in it; or why it cannot be.

    `typed` is yes, partly or no by name; nothing where it is empty.
    """
    if not typed:
        return {}
    if form.key not in CHECKED:
        return f"“{form.title}” has no quality check: leave --check out"
    if unknown := sorted(typed.keys() - set(names())):
        return f"the quality check has no {unknown[0]!r}; it has: {', '.join(names())}"
    raw = {name: [value] for name, value in typed.items()}
    raw |= {"report_reference": [reference], "outcome": ["return_points" if verdict.points else "accept"]}
    raw |= {"points": ["; ".join(point.text for point in verdict.points)[:1500]]}
    found = check(_form(), raw)
    if isinstance(found, Answers):
        return found.to_json()
    return "; ".join(f"{one.question}: {one.text}" for one in found)


def _form() -> Form:
    return library.load(CHECK)
