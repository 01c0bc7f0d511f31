"""`cascade new`: a campaign made from a shipped playbook."""

import re
from datetime import date
from pathlib import Path

import click

from bot.asking.audience import tell_audience
from bot.asking.choice import Choice, choose
from bot.asking.drafting import draft, keep_lesson
from bot.asking.gate import LANGUAGES, languages_of
from bot.asking.lesson_file import BadLesson, LessonFile, read_lesson
from bot.asking.places import find_misgiven, find_unfilled
from bot.cli.actor import name_actor, require_office
from bot.cli.campaigns.bookings import encoding_option, find_bookings, keep_people, people_option
from bot.cli.campaigns.evidence import find_evidence, months_option, read_evidence, review_option
from bot.cli.campaigns.request import check_day, check_request
from bot.cli.named import find_agency, find_board
from bot.cli.options import Day, Words, as_option, json_option, refuse, show_json, with_house
from bot.directory.vocabulary import Sector, find_sector
from bot.wiring import House
from messages.launching.audience import Audience
from messages.letters.counted import counted
from messages.playbooks import playbook
from messages.playbooks.playbook import Playbook
from store.asking import campaign
from store.asking.campaign import Campaign
from store.asking.lesson import Priority
from store.database import Session
from store.people.board import Board
from surveys.forms.form import Form
from surveys.phrases import ENGLISH

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command("new")
@click.argument("book", metavar="PLAYBOOK")
@click.argument("slug")
@click.option(
    "--lesson",
    "file",
    type=click.Path(path_type=Path),
    help="The lesson, as a TOML file; for the playbook action_evidence its code.",
)
@review_option
@months_option
@click.option("--title", type=Words(200), help="What letters call it, in place of the playbook's own title.")
@click.option("--priority", type=click.Choice([one.value for one in Priority]), help="Else the lesson's.")
@click.option(
    "--urgent-because", "because", type=Words(), help="Why it goes out at any hour; a manager says so."
)
@click.option("--sector", "sectors", multiple=True, help="Ask only this sector; may be repeated.")
@click.option("--agency", "agencies", multiple=True, help="Ask only this agency; may be repeated.")
@click.option(
    "--form",
    "forms",
    metavar="KEY",
    multiple=True,
    help="What is asked, for the playbooks return, survey and open_survey; for the last one, several.",
)
@click.option(
    "--small-form", "small", metavar="KEY", default="", help="What agencies with under fifty staff are asked."
)
@click.option(
    "--set",
    "pairs",
    metavar="NAME=TEXT",
    multiple=True,
    type=Words(600),
    help="Words for a place {NAME} in its forms; may be repeated.",
)
@click.option(
    "--language",
    "languages",
    metavar="TAG",
    multiple=True,
    help="Offer a survey of families in English and this language, in place of all there are; may be "
    "repeated. en alone leaves the others out.",
)
@people_option
@encoding_option
@click.option("--on", "on", type=Day(), help="The day of the course (training), or of the learning event.")
@click.option("--board", "board", metavar="SLUG", help="Whose it is, where there are several boards.")
@as_option
@json_option
@with_house
async def make_campaign(
    house: House,
    book: str,
    slug: str,
    file: Path | None,
    review: str,
    months: str | None,
    title: str | None,
    priority: str | None,
    because: str | None,
    sectors: tuple[str, ...],
    agencies: tuple[str, ...],
    forms: tuple[str, ...],
    small: str,
    pairs: tuple[str, ...],
    languages: tuple[str, ...],
    people: Path | None,
    encoding: str | None,
    on: date | None,
    board: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Make a campaign called SLUG from a PLAYBOOK that comes with Cascade, as a draft.

    Nobody is asked anything before `cascade launch`. A form given with --form is a board's own of this key,
    else the one that comes with Cascade (see `cascade form list`). The playbook training asks people by name:
    whoever is in the list given with --people. --json prints campaign, title, priority, steps and booked.
    """
    by, now = name_actor(house, email), await house.clock.now()
    shipped = _find_book(book)
    evidence = read_evidence(shipped, str(file or ""), review, months)
    told = None if evidence else _find_lesson(file)
    if shipped.needs_lesson and told is None:
        refuse(f"The playbook {book} carries a lesson: say which with --lesson FILE.toml.")
    _check_slug(slug)
    chosen = Priority(priority) if priority else told.priority if told else Priority.STANDARD
    if chosen is Priority.URGENT and not because:
        refuse("An urgent campaign overrides quiet hours: say why with --urgent-because TEXT.")
    _check_dated(shipped, people, on)
    given, listed = read_pairs(pairs), find_bookings(people, encoding)
    check_request(shipped, given, agencies)

    def write(session: Session) -> tuple[Campaign, list[str], list[Form]]:
        owner = find_board(session, board)
        require_office(session, owner.id, by, manager=chosen is Priority.URGENT)
        if campaign.by_slug(session, slug) is not None:
            refuse(f"There is a campaign {slug} already: choose another short name.")
        about = keep_lesson(session, owner.id, told) if told else None
        if isinstance(about, str):
            refuse(about)
        named = frozenset(find_agency(session, name).folded for name in agencies)
        audience, own = Audience(_find_sectors(sectors), named), dict[str, str]()
        if evidence is not None:
            about, audience, own = find_evidence(session, owner, evidence, audience)
        asked = _choose(session, owner, shipped, forms, small, given, has_lesson=about is not None)
        offered = _find_languages(session, owner, asked, languages)
        made = draft(
            session,
            owner.id,
            asked.book,
            slug,
            now,
            by,
            about=about,
            title=title,
            priority=chosen,
            urgent_reason=because,
            audience=audience,
            values={**given, **offered, **own},
            forms=asked.versions,
            on=on,
        )
        keep_people(session, made, listed)
        told_of = [one.form for one in asked.forms.values() if one.form.key in (*forms, small)]
        return made, [step.key for step in campaign.steps(session, made.id)], told_of

    made, steps, told_of = await house.database.write(write)
    if as_json:
        told_json = {"campaign": slug, "title": made.title, "priority": chosen.value, "steps": steps}
        show_json({**told_json, "booked": len(listed)})
    else:
        _show(made, steps, told_of, len(listed))


def _show(made: Campaign, steps: list[str], told_of: list[Form], booked: int) -> None:
    people = f"; {counted(booked, 'person', 'people')} booked" if booked else ""
    click.echo(f"{made.slug} is drafted: {made.title} (steps: {', '.join(steps)}{people}).")
    for form in told_of:
        click.echo(f"“{form.title}”: {tell_audience(form)}")
    click.echo(f"Read who would get what with `cascade plan {made.slug}`; then `cascade launch {made.slug}`.")


def _find_book(key: str) -> Playbook:
    found = playbook.load(key)
    return found or refuse(f"There is no playbook {key!r}; there are: {', '.join(playbook.keys())}.")


def _check_slug(slug: str) -> None:
    """End the command where a short name cannot be one."""
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        refuse(f"{slug!r} is no short name: use up to 60 small letters, figures and hyphens, as in wren.")


def _check_dated(book: Playbook, people: Path | None, on: date | None) -> None:
    """End the command where a playbook lacks the people or the day that it asks by, or has no use for it."""
    if book.by_booking != (people is not None):
        refuse(
            f"The playbook {book.key} asks people by name: say who is booked with --people FILE."
            if book.by_booking
            else f"The playbook {book.key} asks agencies and no list of people: leave --people out."
        )
    check_day(book, on)


def _find_lesson(file: Path | None) -> LessonFile | None:
    told = read_lesson(file) if file else None
    if isinstance(told, BadLesson):
        refuse(f"{told.reason}. Nothing was changed.")
    return told


def _find_sectors(typed: tuple[str, ...]) -> frozenset[str]:
    found = {name: find_sector(name) for name in typed}
    for name, sector in found.items():
        if sector is None:
            refuse(f"{name!r} is not a known sector; use one of: {', '.join(Sector)}.")
    return frozenset(sector.value for sector in found.values() if sector is not None)


def read_pairs(typed: tuple[str, ...]) -> dict[str, str]:
    """What was typed as NAME=TEXT, by name; ends the command where something is not."""
    given: dict[str, str] = {}
    for pair in typed:
        name, equals, text = (part.strip() for part in pair.partition("="))
        if not (equals and name and text):
            refuse(f"--set {pair!r} is not NAME=TEXT.")
        if name in given:
            refuse(f"--set gives {name} twice.")
        given[name] = text
    return given


def _choose(
    session: Session,
    owner: Board,
    book: Playbook,
    keys: tuple[str, ...],
    small: str,
    given: dict[str, str],
    *,
    has_lesson: bool,
) -> Choice:
    """The playbook with its forms; ends the command where one cannot be asked, or lacks words."""
    chosen = choose(session, owner.id, book, keys, given, small)
    if isinstance(chosen, str):
        refuse(chosen)
    asked = [one.form for one in chosen.forms.values()]
    misgiven = find_misgiven(asked, given, has_lesson=has_lesson)
    if misgiven:
        refuse(misgiven)
    for form in asked:
        for fault in find_unfilled(form, given, has_lesson=has_lesson):
            refuse(f"{fault}.")
    return chosen


def _find_languages(
    session: Session, owner: Board, chosen: Choice, typed: tuple[str, ...]
) -> dict[str, list[str]]:
    """The languages that were named, as a campaign keeps them; ends the command where one is unknown."""
    asked = [one.form for one in chosen.forms.values() if one.form.is_for_families]
    known = {tag for form in asked for tag in languages_of(session, owner.id, form)} | {ENGLISH}
    for tag in typed:
        if not asked:
            refuse("--language goes with forms for children and families, and none is asked here.")
        if tag not in known:
            refuse(f"--language {tag}: no form is in this language; there are: {', '.join(sorted(known))}.")
    return {LANGUAGES: sorted(set(typed))} if typed else {}
