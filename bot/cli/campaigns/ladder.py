"""`cascade ladder`: the rungs by which a campaign's asks are chased, shown, and kept anew meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import click

from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_campaign
from bot.cli.options import Words, as_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out
from bot.wiring import House
from messages.chasing.addressees import OFFICE_LINE, SCHOOL_LINE, words_of
from messages.chasing.ladder import Anchor, Ladder, Rung
from messages.ladders.file import write_ladder
from messages.ladders.keeping import Kept, keep_ladder
from messages.letters.counted import counted
from messages.standing.non_returns import climbs_to_board
from store.asking import campaign
from store.asking.campaign import Step, WordsVersion
from store.database import Session
from store.letters import alarm

#: Characters of a file that are read: no ladder is so long.
LONGEST = 100_000
#: Asks whose alarm is set in one transaction.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """The ladder of one step, with the words of its rungs."""

    step: Step
    version: int
    ladder: Ladder
    words: dict[tuple[str, str], WordsVersion]


@click.command("ladder")
@click.argument("slug", metavar="CAMPAIGN")
@click.argument("step", metavar="[STEP]", required=False)
@click.option("--toml", "as_toml", is_flag=True, help="Print it as the file that --save reads.")
@click.option("--edit", is_flag=True, help="Open it in your editor, and keep what you save.")
@click.option("--save", "path", type=click.Path(path_type=Path), help="Keep the ladder in this file.")
@click.option("--because", type=Words(), default="", help="Why it changes; kept with the change.")
@as_option
@json_option
@with_house
async def keep_ladders(
    house: House,
    slug: str,
    step: str | None,
    as_toml: bool,
    edit: bool,
    path: Path | None,
    because: str,
    email: str | None,
    as_json: bool,
) -> None:
    """Show the rungs of a CAMPAIGN, or of one STEP of it, and keep a new ladder while it is climbed.

    Days are working days of each agency. Rungs are known by name: asks under way climb none a second time
    and miss none. A rung needs words for each addressee: save them first, with `cascade words`. The versions
    before are kept. --json prints campaign and steps (step, version, lapse_days, rungs); a rung has name,
    from, days, to, approval, phone, channels (empty: all) and words (role, version, subject).
    """
    shown = await house.database.read(lambda session: _look(session, slug, step))
    if edit or path is not None:
        one = shown[0] if len(shown) == 1 else refuse(f"Which step? Say one of: {_keys(shown)}.")
        by = name_actor(house, email)
        text = _edited(one) if path is None else _read(path)
        kept = await _keep(house, slug, one, text, by, because)
        shown = await house.database.read(lambda session: _look(session, slug, one.step.key))
        if not as_json:
            _say(one.step, kept)
            return
    if as_json:
        show_json({"campaign": slug, "steps": [_document(one) for one in shown]})
        return
    for one in shown:
        click.echo(write_ladder(one.ladder).rstrip() if as_toml else _table(one))


def _look(session: Session, slug: str, key: str | None) -> list[Shown]:
    wanted = find_campaign(session, slug)
    steps = campaign.asked_steps(session, wanted.id)
    found = [_shown(session, one) for one in steps if key in (None, one.key)]
    if not found:
        known = f"; its steps are {', '.join(one.key for one in steps)}" if steps else ""
        refuse(f"{slug} has no ladder{f' for {key!r}' if key else ': nobody is asked by letter'}{known}.")
    return found


def _shown(session: Session, step: Step) -> Shown:
    kept = campaign.ladder(session, step.id)
    words = {(one.rung, one.role): one for one in campaign.words(session, [step.id])}
    return Shown(step, kept.version, Ladder.from_json(kept.rungs), words)


def _edited(one: Shown) -> str:
    text = click.edit(write_ladder(one.ladder), extension=".toml")
    return text if text is not None else refuse("Nothing was saved in the editor, so nothing was changed.")


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as opened:
            return opened.read(LONGEST)
    except OSError as error:
        refuse(f"{path} cannot be opened: {error.strerror}.")
    except UnicodeDecodeError:
        refuse(f"{path} is not in UTF-8: save it so.")


async def _keep(house: House, slug: str, one: Shown, text: str, by: str, because: str) -> Kept:
    """Keep it, and let every ask under way be looked at by it, some at a time."""
    now = await house.clock.now()

    def write(session: Session) -> Kept:
        require_office(session, find_campaign(session, slug).board_id, by)
        kept = keep_ladder(session, session.get_one(Step, one.step.id), text, now, by, because)
        if isinstance(kept, list):
            refuse(f"{'; '.join(str(fault) for fault in kept)}. Nothing was changed.")
        return kept

    kept = await house.database.write(write)
    if kept.version is not None:
        await _ring(house, one.step.id, now)
    return kept


async def _ring(house: House, step_id: UUID, now: datetime) -> None:
    def ring(session: Session, after: int) -> int | None:
        return alarm.ring_step(session, session.get_one(Step, step_id), after, CHUNK, now)

    after: int | None = 0
    while after is not None:
        after = await house.database.write(partial(ring, after=after))


def _say(step: Step, kept: Kept) -> None:
    if kept.version is None:
        click.echo("Nothing to change.")
        return
    click.echo(f"{step.key}: version {kept.version.version} is kept; asks under way go on by it.")
    for change in kept.changes:
        click.echo(f"  {change}")


def _table(one: Shown) -> str:
    headings = ("Rung", "Day", "To", "A yes first", "Ring", "Channels", "Words")
    rows = [_row(one, rung) for rung in one.ladder.rungs]
    title = f"{one.step.key}: {one.step.title} (version {one.version})"
    lines = [title, lay_out(headings, rows), f"  {_end(one.ladder)}"]
    for kind, line in (("an office", OFFICE_LINE), ("a school", SCHOOL_LINE)):
        roles = dict.fromkeys(role for rung in one.ladder.rungs for role in rung.to if role in line)
        if roles:
            meant = "; ".join(f"its {_called(line[role])} for the {_called(role)}" for role in roles)
            lines.append(f"  At {kind}: {meant}.")
    return "\n".join(lines) + "\n"


def _end(ladder: Ladder) -> str:
    if not ladder.lapse_days:
        return "It lapses on the day on which it is due."
    days = counted(ladder.lapse_days, "working day")
    listed = ", and stands on the list for the board as no assurance" if climbs_to_board(ladder) else ""
    return f"It lapses {days} after it was due{listed}."


def _called(role: str) -> str:
    return words_of(role).replace("subgroup", "sub-group")


def _row(one: Shown, rung: Rung) -> tuple[str, ...]:
    words = [one.words.get((rung.name, role)) for role in rung.to]
    versions = ", ".join(f"v{saved.version}" if saved else "none" for saved in words)
    return (
        rung.name,
        _day(rung),
        ", ".join(_called(role) for role in rung.to),
        "yes" if rung.approval else "",
        rung.phone,
        ", ".join(rung.channels),
        versions,
    )


def _day(rung: Rung) -> str:
    if rung.is_first:
        return "first letter"
    if rung.days == 0:
        return "due"
    return f"{rung.days:+d}" if rung.anchor is Anchor.DUE else f"issue {rung.days:+d}"


def _keys(shown: list[Shown]) -> str:
    return ", ".join(one.step.key for one in shown)


def _document(one: Shown) -> dict[str, object]:
    rungs = [
        {
            "name": rung.name,
            "from": rung.anchor.value,
            "days": rung.days,
            "to": list(rung.to),
            "approval": rung.approval,
            "phone": rung.phone,
            "channels": list(rung.channels),
            "words": [
                {"role": role, "version": saved.version, "subject": saved.subject}
                for role in rung.to
                if (saved := one.words.get((rung.name, role)))
            ],
        }
        for rung in one.ladder.rungs
    ]
    return {
        "step": one.step.key,
        "version": one.version,
        "lapse_days": one.ladder.lapse_days,
        "rungs": rungs,
    }
