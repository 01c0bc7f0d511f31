"""`cascade approve`: letters of the upper rungs, read by a person before any goes."""

from dataclasses import dataclass

import click

from bot.cli.actor import name_actor, require_approver, require_office
from bot.cli.named import find_campaign
from bot.cli.options import as_option, json_option, refuse, show_json, with_house
from bot.wiring import House
from messages.chasing.addressees import Addressee
from messages.chasing.batch import gather_facts
from messages.chasing.ladder import Anchor, Rung
from messages.launching import approval
from messages.letters.counted import counted
from messages.letters.particulars import find_last_times
from messages.letters.press import Press
from messages.letters.proofs import Item, render
from messages.letters.render import Rendered
from messages.letters.seat_words import say_seat, seat_meant
from messages.writing.expressions import LetterError
from store.asking.ask import Ask
from store.asking.campaign import Campaign, Step
from store.database import Session
from store.letters import stationery, touch
from store.letters.alarm import DueAsk
from store.letters.touch import Touch
from store.people.agency import Agency
from store.people.person import Person


@dataclass(frozen=True, slots=True)
class Draft:
    """One drafted letter, and how it would read; the text says why where it cannot be written."""

    touch: Touch
    #: The ask's own number: it means the same letter however many others come and go.
    number: int
    reference: str
    agency: str
    person: str
    #: Whose seat it goes to at that agency.
    seat: str
    subject: str
    text: str


@click.command("approve")
@click.argument("slug", metavar="CAMPAIGN")
@click.argument("numbers", metavar="[N]...", nargs=-1, type=click.IntRange(min=1))
@click.option("--all", "everything", is_flag=True, help="Let every letter listed go.")
@click.option("--anew", is_flag=True, help="First write every letter that waits anew, with the newest words.")
@as_option
@json_option
@with_house
async def approve_letters(
    house: House,
    slug: str,
    numbers: tuple[int, ...],
    everything: bool,
    anew: bool,
    email: str | None,
    as_json: bool,
) -> None:
    """Read the letters of a CAMPAIGN that wait for a yes, and let some go.

    Without numbers it lists them, as their readers would get them; N is the ask's number. Managers say yes;
    where a board has none, its coordinators. A letter keeps the words with which it was drafted: to change
    them, save new ones with `cascade words`, and then say --anew. --json prints campaign,
    letters (number, ask, agency, rung, role, seat, to, subject, text) and approved.
    """
    now = await house.clock.now()
    by = name_actor(house, email) if numbers or everything else ""
    if anew:
        await _write_anew(house, slug, name_actor(house, email))

    def read(session: Session) -> list[Draft]:
        wanted = find_campaign(session, slug)
        press = Press(house.identity)
        drafted = [_proof(session, house, press, wanted, one) for one in touch.drafted(session, wanted.id)]
        return sorted(drafted, key=lambda draft: draft.number)

    drafts = await house.database.read(read)
    wrong = sorted(set(numbers) - {draft.number for draft in drafts})
    if wrong:
        refuse(
            f"No letter of {slug}-{wrong[0]} waits; `cascade approve {slug}` lists the {len(drafts)} that do."
        )
    chosen = [draft for draft in drafts if everything or draft.number in numbers]

    def write(session: Session) -> int:
        require_approver(session, find_campaign(session, slug).board_id, by)
        found = [session.get_one(Touch, draft.touch.id) for draft in chosen]
        return approval.approve(session, found, now, by)

    approved = await house.database.write(write) if by else 0
    if as_json:
        letters = [_document(draft) for draft in drafts]
        show_json({"campaign": slug, "letters": letters, "approved": approved})
    elif by:
        rest = len(drafts) - approved
        click.echo(f"{counted(approved, 'letter')} will go; still waiting, or no longer owed: {rest}.")
    else:
        _show(slug, drafts)


async def _write_anew(house: House, slug: str, by: str) -> None:
    def write(session: Session) -> None:
        wanted = find_campaign(session, slug)
        require_office(session, wanted.board_id, by)
        approval.take_newest_words(session, touch.drafted(session, wanted.id))

    await house.database.write(write)


def _proof(session: Session, house: House, press: Press, wanted: Campaign, one: Touch) -> Draft:
    asked = session.get_one(Ask, one.ask_id)
    due = DueAsk(
        asked, session.get_one(Step, asked.step_id), wanted, session.get_one(Agency, asked.agency_id)
    )
    reader = session.get(Person, one.person_id) if one.person_id else None
    try:
        rendered = _render(session, house, press, due, one)
        subject, text = rendered.subject, rendered.text
    except LetterError as error:
        subject, text = "", f"It cannot be written: {error}"
    reference = f"{wanted.slug}-{asked.number}"
    called, seat = reader.name if reader else "nobody", seat_meant(one.role, is_school=due.agency.is_school)
    return Draft(one, asked.number, reference, due.agency.name, called, seat, subject, text)


def _render(session: Session, house: House, press: Press, due: DueAsk, one: Touch) -> Rendered:
    """Write the letter with the very words it was drafted with."""
    batch = gather_facts(session, [due], one.climbed_at, house.identity.zone)
    if one.words_id is not None:
        batch.words[due.step.id, one.rung, one.role] = one.words_id
        press.stationery.update(stationery.fetch(session, [one.words_id]))
    rung = batch.ladders[due.step.id].rung(one.rung) or Rung(one.rung, Anchor.DUE, 0, (one.role,))
    before = find_last_times(session, press, [due.ask])
    return render(batch, press, [Item(due, rung, Addressee(one.role, one.person_id))], one.climbed_at, before)


def _show(slug: str, drafts: list[Draft]) -> None:
    if not drafts:
        click.echo(f"No letter of {slug} waits for a yes.")
        return
    for draft in drafts:
        to = f"{draft.person}, {say_seat(draft.touch.role, draft.seat)} of {draft.agency}"
        click.echo(f"--- {draft.number}: {draft.reference}, “{draft.touch.rung}”, to {to}")
        click.echo(f"Subject: {draft.subject}\n\n{draft.text}")
    click.echo(f"Let them go with `cascade approve {slug} N …` or `--all`.")


def _document(draft: Draft) -> dict[str, object]:
    return {
        "number": draft.number,
        "ask": draft.reference,
        "agency": draft.agency,
        "rung": draft.touch.rung,
        "role": draft.touch.role,
        "seat": draft.seat,
        "to": draft.person,
        "subject": draft.subject,
        "text": draft.text,
    }
