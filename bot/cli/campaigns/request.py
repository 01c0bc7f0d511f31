"""What a request for a report has to say before it is drafted: the review, the route, and who is asked."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.cli.options import refuse
from messages.launching.review_reference import find_name_in
from messages.playbooks.playbook import Playbook

#: The value by which a playbook of a review is known, and what is checked for names.
REVIEW = "review"


def check_request(book: Playbook, given: Mapping[str, str], agencies: Sequence[str]) -> None:
    """End the command where something is missing that a playbook wants said, or where a name is told."""
    missing = [f"--set {name}=TEXT ({what})" for name, what in book.values.items() if name not in given]
    if missing:
        refuse(f"The playbook {book.key} says more than was given. Add: {'; '.join(missing)}.")
    if REVIEW not in book.values:
        return
    if found := find_name_in(given[REVIEW]):
        refuse(
            f"--set review: {found}. Every letter shows it, so nobody must be known by it: give a number "
            "or a code name, such as LLR-2026-03 or Wren."
        )
    if not agencies:
        refuse(f"The playbook {book.key} asks only the agencies in the review: name each with --agency.")


def check_day(book: Playbook, on: date | None) -> None:
    """End the command where a playbook lacks the day that it is about, or has no use for it."""
    if on is None and book.is_dated:
        refuse(f"The playbook {book.key} counts from a day: say which with --on DATE.")
    if on is not None and not book.takes_day:
        refuse(f"The playbook {book.key} counts from its launch: leave --on out.")
