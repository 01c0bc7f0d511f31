"""`cascade new`: a campaign made from a shipped playbook."""

import re
from pathlib import Path

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_agency, find_board
from bot.cli.options import Words, as_option, json_option, refuse, show_json, with_house
from bot.directory.vocabulary import Sector, find_sector
from bot.drafting import draft, keep_lesson
from bot.lesson_file import BadLesson, LessonFile, read_lesson
from bot.wiring import House
from messages.audience import Audience
from messages.playbooks import playbook
from messages.playbooks.playbook import Playbook
from store import campaign
from store.campaign import Campaign
from store.database import Session
from store.lesson import Priority

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command("new")
@click.argument("book", metavar="PLAYBOOK")
@click.argument("slug")
@click.option("--lesson", "file", type=click.Path(path_type=Path), help="The lesson, as a TOML file.")
@click.option("--title", type=Words(200), help="What letters call it, in place of the playbook's own title.")
@click.option("--priority", type=click.Choice([one.value for one in Priority]), help="Else the lesson's.")
@click.option(
    "--urgent-because", "because", type=Words(), help="Why it goes out at any hour; a manager says so."
)
@click.option("--sector", "sectors", multiple=True, help="Ask only this sector; may be repeated.")
@click.option("--agency", "agencies", multiple=True, help="Ask only this agency; may be repeated.")
@click.option("--board", "board", metavar="SLUG", help="Whose it is, where there are several boards.")
@as_option
@json_option
@with_house
async def make_campaign(
    house: House,
    book: str,
    slug: str,
    file: Path | None,
    title: str | None,
    priority: str | None,
    because: str | None,
    sectors: tuple[str, ...],
    agencies: tuple[str, ...],
    board: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Make a campaign called SLUG from a PLAYBOOK that comes with Cascade, as a draft.

    Nobody is asked anything before `cascade launch`. --json prints campaign, title, priority and steps.
    """
    by, now = name_actor(house, email), await house.clock.now()
    shipped, told = _find_book(book), _find_lesson(file)
    if shipped.needs_lesson and told is None:
        refuse(f"The playbook {book} carries a lesson: say which with --lesson FILE.toml.")
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        refuse(f"{slug!r} is no short name: use up to 60 small letters, figures and hyphens, as in wren.")
    chosen = Priority(priority) if priority else told.priority if told else Priority.STANDARD
    if chosen is Priority.URGENT and not because:
        refuse("An urgent campaign overrides quiet hours: say why with --urgent-because TEXT.")

    def write(session: Session) -> tuple[Campaign, list[str]]:
        owner = find_board(session, board)
        require_office(session, owner.id, by, manager=chosen is Priority.URGENT)
        if campaign.by_slug(session, slug) is not None:
            refuse(f"There is a campaign {slug} already: choose another short name.")
        about = keep_lesson(session, owner.id, told) if told else None
        if isinstance(about, str):
            refuse(about)
        named = frozenset(find_agency(session, name).folded for name in agencies)
        made = draft(
            session,
            owner.id,
            shipped,
            slug,
            now,
            by,
            about=about,
            title=title,
            priority=chosen,
            urgent_reason=because,
            audience=Audience(_find_sectors(sectors), named),
        )
        return made, [step.key for step in campaign.steps(session, made.id)]

    made, steps = await house.database.write(write)
    if as_json:
        show_json({"campaign": slug, "title": made.title, "priority": chosen.value, "steps": steps})
    else:
        click.echo(f"{slug} is drafted: {made.title}. Its steps: {', '.join(steps)}.")
        click.echo(f"Read who would get what with `cascade plan {slug}`; then `cascade launch {slug}`.")


def _find_book(key: str) -> Playbook:
    found = playbook.load(key)
    return found or refuse(f"There is no playbook {key!r}; there are: {', '.join(playbook.keys())}.")


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
