"""Journey: what follows when somebody opens a form or sends one of its pages."""

from collections.abc import Sequence
from datetime import date

from surveys.answering.answers import Answers, conclude, read_stored, write_raw
from surveys.answering.value import to_json
from surveys.forms.form import Form
from surveys.paging.keystrokes import Raw
from surveys.paging.known import LAST_SAVED, Earlier
from surveys.paging.pages import Layout, Page, lay_out
from surveys.paging.sheet import Sheet


def carry_over(form: Form, earlier: Earlier | None) -> Raw:
    """The last answers to the same form as they could be typed now; nothing where the form carries none."""
    if not form.carries or not earlier:
        return {}
    last = {name: to_json(value) for name, value in earlier.get(LAST_SAVED, {}).items()}
    return write_raw(form, read_stored(form, last))


def open_first(
    form: Form, raw: Raw, earlier: Earlier | None = None, today: date | None = None, section: str = ""
) -> Page:
    """The first page, or that of a section, with what is known; `raw` is empty for somebody new."""
    layout = lay_out(form, raw or carry_over(form, earlier), earlier, today)
    return layout.draw((_within(layout, section) or layout.sheets)[0])


def page_at(form: Form, raw: Raw, at: str, earlier: Earlier | None = None, today: date | None = None) -> Page:
    """The page called `at` with nothing complained about.

    Where there is none so called, the list that it would belong to, or else the last page.
    """
    layout = lay_out(form, raw, earlier, today)
    sheet = _find(layout.sheets, at) or _find(layout.sheets, at.partition(".")[0])
    return layout.draw(sheet or layout.sheets[-1])


def advance(
    form: Form,
    raw: Raw,
    at: str,
    earlier: Earlier | None = None,
    today: date | None = None,
) -> Page | Answers:
    """Take the page named `at` and all it carries: the next page, a page to mend, or finished answers.

    Pages not yet seen are not complained about. Answers come back only from the last page, with every
    question that applies checked, whatever page a stranger claims to send. An unknown `at` starts again.
    """
    layout = lay_out(form, raw, earlier, today)
    here = _find(layout.sheets, at)
    if here is None:
        return open_first(form, raw, earlier, today)
    following = _following(layout, layout.sheets, here)
    if following is not None:
        return following
    # Every page is clean and seen, so nothing can be left to complain about.
    concluded = conclude(form, layout.sifted)
    return concluded if isinstance(concluded, Answers) else layout.draw(layout.sheets[0])


def advance_section(
    form: Form, raw: Raw, section: str, at: str, earlier: Earlier | None = None, today: date | None = None
) -> Page | None:
    """Within one section alone: the next page or one to mend; None when the section is filled."""
    layout = lay_out(form, raw, earlier, today)
    within = _within(layout, section)
    here = _find(within, at)
    if here is None:
        return layout.draw(within[0]) if within else None
    return _following(layout, within, here)


def _following(layout: Layout, within: Sequence[Sheet], here: Sheet) -> Page | None:
    """The page to mend up to here, or the one after; None after the last."""
    place = within.index(here) + 1
    wrong = next((sheet for sheet in within[:place] if layout.is_wrong(sheet)), None)
    if wrong is not None:
        return layout.draw(wrong, layout.sifted.problems)
    after = within[place:]
    coming = next((sheet for sheet in after if not sheet.is_aside or _is_same_entry(sheet, here)), None)
    return layout.draw(coming) if coming else None


def _is_same_entry(sheet: Sheet, here: Sheet) -> bool:
    return here.is_aside and sheet.prefix == here.prefix


def _find(within: Sequence[Sheet], name: str) -> Sheet | None:
    return next((sheet for sheet in within if sheet.name == name), None)


def _within(layout: Layout, section: str) -> list[Sheet]:
    return [sheet for sheet in layout.sheets if not section or sheet.section.name == section]
