"""What a command names: boards, campaigns, asks, agencies and people, or one line saying which there are."""

import re
from difflib import get_close_matches

from bot.cli.options import refuse
from bot.directory.addresses import BadAddress, normalise_address
from store.asking import ask, campaign
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.database import Session
from store.people import agency, board, directory, person
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person

#: How an ask is called: its campaign and its number.
REFERENCE = re.compile(r"[A-Za-z0-9-]+-\d+")


def find_board(session: Session, slug: str | None) -> Board:
    """The board of this short name, or the only one there is."""
    boards = board.every(session)
    if not boards:
        refuse("There is no board yet: run `cascade init`.")
    if slug is None and len(boards) == 1:
        return boards[0]
    names = ", ".join(one.slug for one in boards)
    if slug is None:
        refuse(f"Which board? Say --board with one of: {names}.")
    found = board.by_slug(session, slug)
    return found or refuse(f"There is no board {slug!r}; there are: {names}.")


def find_campaign(session: Session, slug: str) -> Campaign:
    """The campaign of this short name."""
    found = campaign.by_slug(session, slug.strip().lower())
    if found is None:
        names = [one.slug for one in campaign.every(session)]
        refuse(f"There is no campaign {slug!r}{suggest(slug, names)}")
    return found


def find_ask(session: Session, reference: str) -> Ask:
    """The ask that people call by campaign and number, as in wren-27."""
    found = ask.by_reference(session, reference)
    if found is None:
        refuse(f"There is no ask {reference.strip()}; `cascade owed` lists them with their references.")
    return found


def find_agency(session: Session, name: str) -> Agency:
    """The agency of this name."""
    found = agency.by_name(session, name)
    if found is None:
        names = [one.name for each in board.every(session) for one in agency.members(session, each.id)]
        refuse(f"There is no agency {name!r}{suggest(name, names)}")
    return found


def find_ask_or_agency(session: Session, named: str) -> Ask | Agency:
    """The ask of this reference, else the agency of this name."""
    found = ask.by_reference(session, named) or agency.by_name(session, named)
    if found is not None:
        return found
    if REFERENCE.fullmatch(named.strip()):
        return find_ask(session, named)
    return find_agency(session, named)


def find_person(session: Session, named: str) -> Person:
    """The person with this address or, where only one bears it, this name."""
    if "@" in named:
        found = person.by_address(session, named)
        return found or refuse(f"Nobody is known at {named}; the directory lists everybody.")
    bearers = directory.people_named(session, named)
    if len(bearers) > 1:
        shown = [person.email_of(session, one.id) for one in bearers]
        addresses = ", ".join(address.value for address in shown if address)
        refuse(f"Several people are called {named}: say which by address: {addresses}.")
    if not bearers:
        refuse(f"Nobody is called {named!r}; give the name as it stands in the directory, or the address.")
    return bearers[0]


def read_address(typed: str) -> str:
    """An email address as it is kept; ends the command where it is none."""
    address = normalise_address(typed)
    if isinstance(address, BadAddress):
        refuse(f"EMAIL: {address.reason}.")
    return address


def find_or_add_person(session: Session, address: str, name: str | None) -> Person:
    """The person with this address, added under a name where nobody has it yet."""
    known = person.by_address(session, address)
    if known is not None:
        return known
    if not name:
        refuse(f"{address} is new here: say what they are called with --name.")
    return person.keep(session, name, address)


def suggest(typed: str, known: list[str]) -> str:
    """The end of a refusal: what of the known may have been meant, or all of it."""
    near = get_close_matches(typed.casefold(), [name.casefold() for name in known], n=3)
    meant = [name for name in dict.fromkeys(known) if name.casefold() in near]
    if meant:
        return f"; did you mean {' or '.join(meant)}?"
    return f"; there are: {', '.join(dict.fromkeys(known))}." if known else "; there is none yet."
