"""Parts: how far along a page stands, in sections that are called the same only counted once."""

from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from surveys.forms.form import Form
from surveys.forms.section import Section
from surveys.paging.sheet import Sheet


def find_part(form: Form, in_line: Sequence[Sheet], here: Sheet, applying: Set[str]) -> tuple[int, int]:
    """Which part a page is in, from 1, and how many there are: those with a page, and those that may get one.

    `in_line` are the pages there are now. Neighbouring sections with the same title are one part.
    """
    paged = {sheet.section.name for sheet in in_line} | {here.section.name}
    within = [section.name for section in form.sections]
    place = within.index(here.section.name)
    coming = _coming(form, in_line, here, applying) if place + 1 < len(within) else set()
    count, found = 0, 0
    for titled in _titled_alike(form.sections):
        names = {section.name for section in titled}
        count += bool(names & (paged | coming))
        if here.section.name in names:
            found = count
    return found, count


def _titled_alike(sections: Sequence[Section]) -> Iterator[list[Section]]:
    return (list(alike) for _, alike in groupby(sections, key=lambda section: section.title))


def _coming(form: Form, in_line: Sequence[Sheet], here: Sheet, applying: Set[str]) -> set[str]:
    """The later sections that an answer on this page or after it could bring up."""
    names = [section.name for section in form.sections]
    after = set(names[names.index(here.section.name) + 1 :])
    place = in_line.index(here) if here in in_line else 0
    open_now = frozenset(here.names).union(*(sheet.names for sheet in in_line[place:]))
    found: set[str] = set()
    # Every question comes after all that it looks at, so what may come is known once its turn has come.
    for section, question in form.steps:
        if question.name not in applying and form.ties[question.name] & open_now:
            open_now |= {question.name}
            found.add(section.name)
    return found & after
