"""Journey: what follows when somebody opens a form or sends one of its pages."""

from datetime import date

from surveys.answers import Answers, Problems, check
from surveys.form import Form
from surveys.keystrokes import Raw
from surveys.pages import Earlier, Page, pages


def open_first(form: Form, raw: Raw, earlier: Earlier | None = None) -> Page:
    """The first page, with what is already known; `raw` is empty for somebody new."""
    return pages(form, raw, (), earlier)[0]


def advance(
    form: Form, raw: Raw, at: str, earlier: Earlier | None = None, today: date | None = None
) -> Page | Answers:
    """Take the page named `at` and all it carries: the next page, a page to mend, or finished answers.

    Pages not yet seen are not complained about. Answers come back only from the last page, with every
    question that applies checked, whatever page a stranger claims to send. An unknown `at` starts again.
    """
    checked = check(form, raw, today)
    problems = tuple(checked) if isinstance(checked, Problems) else ()
    laid_out = pages(form, raw, problems, earlier)
    place = next((number for number, page in enumerate(laid_out) if page.name == at), None)
    if place is None:
        return open_first(form, raw, earlier)
    wrong = next((page for page in laid_out[: place + 1] if page.errors), None)
    if wrong is not None:
        return wrong
    if place + 1 < len(laid_out):
        return pages(form, raw, (), earlier)[place + 1]
    # Every page is clean and seen, so nothing can be left to complain about.
    return checked if isinstance(checked, Answers) else laid_out[0]
