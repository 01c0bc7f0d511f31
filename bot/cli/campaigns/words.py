"""`cascade words`: what the rungs of a campaign say, shown, and kept anew when they pass the checks."""

from dataclasses import dataclass
from pathlib import Path

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_campaign
from bot.cli.options import as_option, json_option, refuse, show_json, with_house
from bot.wiring import House
from messages.ladders.fitness import ROLES
from messages.ladders.typed import NAME
from messages.launching.compose import save_words
from messages.writing.words import LONGEST_BODY
from store.asking import campaign
from store.asking.campaign import Step, WordsVersion
from store.database import Session


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of words with the step it belongs to."""

    step: Step
    words: WordsVersion

    @property
    def text(self) -> str:
        """The words as they are edited: the subject on the first line, then the body."""
        return f"Subject: {self.words.subject}\n\n{self.words.body}\n"


@click.command("words")
@click.argument("slug", metavar="CAMPAIGN")
@click.option("--step", help="The step's key, as in acknowledge.")
@click.option("--rung", help="The rung's name, as in reminder.")
@click.option("--role", help="The addressee, as in asked or deputy.")
@click.option("--show", is_flag=True, help="Print the words chosen.")
@click.option("--edit", is_flag=True, help="Open the words chosen in your editor.")
@click.option("--file", "path", type=click.Path(path_type=Path), help="Take new words from a Markdown file.")
@as_option
@json_option
@with_house
async def keep_words(
    house: House,
    slug: str,
    step: str | None,
    rung: str | None,
    role: str | None,
    show: bool,
    edit: bool,
    path: Path | None,
    email: str | None,
    as_json: bool,
) -> None:
    """List the words of a CAMPAIGN, show some, or save new ones; the versions before are kept.

    Words for a rung or an addressee that has none are saved by --step, --rung, --role and --file; `cascade
    ladder` then takes the rung. A file begins with a line `Subject: …`. Words that sound like blame or use a
    variable nobody supplies are refused. --json prints a list of step, rung, role, version, subject and body.
    """
    new = None if path is None else (step, rung, role)
    chosen = await house.database.read(lambda session: _choose(session, slug, step, rung, role, new=new))
    if edit or path is not None:
        by = name_actor(house, email)
        one = _only(chosen)
        await house.database.read(
            lambda session: require_office(session, find_campaign(session, slug).board_id, by)
        )
        text = _edited(one) if path is None else _read(path)
        await _save(house, one, text, by)
    elif as_json:
        show_json([_document(one) for one in chosen])
    elif show:
        for one in chosen:
            click.echo(f"--- {_place(one)}, version {one.words.version}\n{one.text}")
    else:
        for one in chosen:
            click.echo(f"{_place(one):<44} v{one.words.version}  {one.words.subject}"[:100])


def _choose(
    session: Session,
    slug: str,
    step: str | None,
    rung: str | None,
    role: str | None,
    *,
    new: tuple[str | None, ...] | None,
) -> list[Kept]:
    wanted = find_campaign(session, slug)
    steps = {one.id: one for one in campaign.asked_steps(session, wanted.id)}
    everything = [Kept(steps[words.step_id], words) for words in campaign.words(session, list(steps))]
    everything.sort(key=lambda one: (one.step.position, one.words.rung, one.words.role))
    found = [
        one
        for one in everything
        if (step or one.step.key, rung or one.words.rung, role or one.words.role)
        == (one.step.key, one.words.rung, one.words.role)
    ]
    if not found and new is not None and rung and role:
        return [_unwritten(list(steps.values()), step, rung, role)]
    if not found:
        refuse(f"{slug} has no such words; `cascade words {slug}` lists all there are.")
    return found


def _unwritten(steps: list[Step], key: str | None, rung: str, role: str) -> Kept:
    """A place for words where none stand yet; ends the command where no rung could have them."""
    where = next((one for one in steps if one.key == key), None)
    if where is None:
        refuse(f"Which step? Say --step with one of: {', '.join(one.key for one in steps)}.")
    if not NAME.fullmatch(rung):
        refuse(f"--rung {rung!r}: a rung's name is a word of small letters, digits and _, at most 40.")
    if role not in ROLES:
        refuse(f"--role: nobody is called {role!r}; there are: {', '.join(sorted(ROLES))}.")
    return Kept(where, WordsVersion(step_id=where.id, rung=rung, role=role, version=0, subject="", body=""))


def _only(chosen: list[Kept]) -> Kept:
    if len(chosen) > 1:
        places = "; ".join(_place(one) for one in chosen[:6])
        refuse(f"Which words? Say --step, --rung and --role for one of: {places}{' …' * (len(chosen) > 6)}.")
    return chosen[0]


def _edited(one: Kept) -> str:
    text = click.edit(one.text, extension=".md")
    return text if text is not None else refuse("Nothing was saved in the editor, so nothing was changed.")


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as opened:
            return opened.read(2 * LONGEST_BODY)
    except OSError as error:
        refuse(f"{path} cannot be opened: {error.strerror}.")
    except UnicodeDecodeError:
        refuse(f"{path} is not in UTF-8: save it so.")


async def _save(house: House, one: Kept, text: str, by: str) -> None:
    first, _, body = text.lstrip().partition("\n")
    if not first.lower().startswith("subject:"):
        refuse("The first line must be `Subject: …`, and the letter follows it. Nothing was changed.")
    subject, now = first.partition(":")[2].strip(), await house.clock.now()
    if (subject, body.strip()) == (one.words.subject, one.words.body.strip()):
        click.echo("Nothing to change.")
        return

    def write(session: Session) -> WordsVersion:
        kept = save_words(
            session, one.step.id, one.words.rung, one.words.role, subject, body.strip(), now, by
        )
        if isinstance(kept, list):
            refuse(f"{_place(one)}: {'; '.join(str(problem) for problem in kept)}. Nothing was changed.")
        return kept

    kept = await house.database.write(write)
    click.echo(f"{_place(one)}: version {kept.version} is kept; letters not yet written will use it.")


def _place(one: Kept) -> str:
    return f"{one.step.key}, {one.words.rung} to {one.words.role}"


def _document(one: Kept) -> dict[str, object]:
    words = one.words
    return {
        "step": one.step.key,
        "rung": words.rung,
        "role": words.role,
        "version": words.version,
        "subject": words.subject,
        "body": words.body,
        "saved_at": words.saved_at,
        "saved_by": words.saved_by,
    }
