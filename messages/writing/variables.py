"""The variables that words and layouts may use, each with its meaning and an example."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Variable:
    """One name that words may use between double braces.

    ``example`` stands in for the value in previews and in measuring lines. ``is_link`` says that the value is
    an address and may therefore be the target of a link.
    """

    name: str
    meaning: str
    example: str
    is_link: bool = False


#: The variable whose value may be forwarded, as it answers for nobody in particular.
SURVEY_LINK = "survey_link"
#: The variable whose value is looked up for each reader, where words show it.
LAST_TIME = "last_time"
#: Likewise.
POINTS = "points"
MILESTONES = "milestones"

_ANSWER = "https://cascade.example.org/a/mfrggzdfmztwq2lknnwg23tpobyxe43u"

_ALL = (
    Variable("board", "The board's display name", "West Berkshire Safeguarding Children Board"),
    Variable("asked_by", "The board that asks, beside each thing a digest lists", "West Berkshire LSCB"),
    Variable("greeting", "How the letter opens; see greet()", "Dear Priya"),
    Variable("first_name", "The reader's first name; empty for a shared mailbox", "Priya"),
    Variable("person_name", "The reader's whole name, or the name of the shared mailbox", "Priya Nair"),
    Variable("agency", "The agency whose seat is asked", "Kennet Vale Primary School"),
    Variable("seat", "The role in which the reader is asked", "training representative"),
    Variable("campaign_title", "The campaign's title", "Learning from Wren"),
    Variable("lesson_title", "The lesson's title; empty where the campaign carries none", "Wren"),
    Variable("message", "The lesson's one-line message", "One call can show what three letters hide."),
    Variable("ask_title", "What is asked, as a short noun phrase", "Tell us who has heard the lesson"),
    Variable("due", "The current due date in words", "Friday 27 November 2026"),
    Variable("due_in_words", "The distance to the due date, as a phrase", "in five working days"),
    Variable("original_due", "The due date before any extension, in words", "Friday 13 November 2026"),
    Variable("minutes", "About how many minutes the answer takes", "3"),
    Variable("digits", "The two digits typed by hand to show that a person answers", "47"),
    Variable("rung", "The name of the ladder's rung that is being climbed", "reminder"),
    Variable("representative", "Who was asked first, where the reader stands in for them", "Sam Okoro"),
    Variable("sections", "How many sections the form has, to be shared out; empty where it has none", "9"),
    Variable(
        LAST_TIME,
        "The day of the agency's last answers, where they stand in the form already; else empty",
        "Friday 14 November 2025",
    ),
    Variable(
        POINTS,
        "What the board asks to be looked at again, on one line; empty unless it was sent back",
        "“T1 evidence”: which policy is meant?",
    ),
    Variable(
        MILESTONES,
        "The days of all that the same people are asked in this campaign, on one line; empty where it is one",
        "acknowledge, Wednesday 14 October 2026; draft, Monday 23 November 2026",
    ),
    Variable("part", "What an invited colleague is to fill in; empty for all of it", "What you need next"),
    Variable("count", "How many things a digest lists", "3"),
    Variable("minutes_in_all", "About how many minutes all that a digest lists takes", "25"),
    Variable("reference", "The short reference that brings a reply back to its ask", "WREN/OX7"),
    Variable("link", "Where the reader answers", _ANSWER, is_link=True),
    Variable("more_time_link", "Where the reader asks for more time", _ANSWER + "/more-time", is_link=True),
    Variable(
        "hand_over_link", "Where the reader says 'not me' or names a colleague", _ANSWER + "/hand-over", True
    ),
    Variable(
        SURVEY_LINK,
        "Where staff answer a survey without a name: made to be forwarded; only where one travels along",
        "https://cascade.example.org/s/bcdfghjk",
        is_link=True,
    ),
    Variable(
        "my_link", "Where the reader sees all that they are asked for", "https://cascade.example.org/my", True
    ),
    Variable("preferences_link", "Where a subscriber changes what arrives", _ANSWER + "/preferences", True),
    Variable("contact_name", "The person who helps", "Morgan Ellery"),
    Variable("contact_email", "Where that person reads mail", "morgan.ellery@board.example.org"),
    Variable("contact_phone", "Where that person answers the telephone; may be empty", "01632 960 001"),
)

#: Every variable by name, in the order in which a list for a board's staff shows them.
VARIABLES: Mapping[str, Variable] = MappingProxyType({variable.name: variable for variable in _ALL})

#: The names that words may use.
KNOWN: frozenset[str] = frozenset(VARIABLES)

#: An example of every value, for previews and trials.
EXAMPLES: Mapping[str, str] = MappingProxyType({variable.name: variable.example for variable in _ALL})

#: The names whose values are addresses.
LINKS: frozenset[str] = frozenset(variable.name for variable in _ALL if variable.is_link)


def greet(first_name: str) -> str:
    """Open a letter: 'Dear Priya', or 'Hello' where nobody in particular reads the mailbox."""
    name = first_name.strip()
    return f"Dear {name}" if name else "Hello"
