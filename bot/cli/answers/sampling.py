"""The sample of `cascade send-back`: some accepted answers, each asked once for its evidence."""

from datetime import date

import click

from bot.cli.actor import require_judge
from bot.cli.answers.verdict import tell_judged
from bot.cli.named import find_campaign
from bot.cli.options import agree, refuse, show_json
from bot.hearing.judging import send_back
from bot.hearing.sampling import Sample, draw_sample, verdict_of
from bot.wiring import House
from messages.letters.counted import counted
from store.asking.ask import Ask
from store.database import Session
from surveys.answering.intake import Refusal
from surveys.judging.judging import Judged


async def send_sample(
    house: House,
    slug: str,
    percent: int,
    seed: str | None,
    points: tuple[str, ...],
    due: date | None,
    by: str,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Ask those who are drawn for their evidence, each in a round of its own."""
    if len(points) > 1:
        raise click.UsageError("--sample asks one thing: give one --point, or none for the usual words.")
    now, zone = await house.clock.now(), house.identity.zone

    def find(session: Session) -> Sample:
        wanted = find_campaign(session, slug)
        require_judge(session, wanted.board_id, by)
        found = draw_sample(session, wanted, percent, seed or wanted.slug)
        return found if isinstance(found, Sample) else refuse(f"{slug}: {found}.")

    def write(session: Session) -> list[tuple[str, Ask, Judged]]:
        sample, sent = find(session), list[tuple[str, Ask, Judged]]()
        for one in (each for each in sample.drawn if not each.is_asked):
            verdict = verdict_of(session, sample, one, "".join(points))
            asked = one.returned.ask
            done = (
                Refusal(verdict)
                if isinstance(verdict, str)
                else send_back(session, asked, verdict, now, by, zone, due=due, again=True)
            )
            sent.append((one.reference, asked, done if isinstance(done, Judged) else refuse(done.reason)))
        return sent

    sample = await house.database.read(find)
    waiting = [one for one in sample.drawn if not one.is_asked]
    agree(
        f"{sample}: ask {counted(len(waiting), 'agency', 'agencies')} for evidence?", yes=yes or not waiting
    )
    sent = await house.database.write(write) if waiting else []
    if as_json:
        show_json([tell_judged(reference, done, asked) for reference, asked, done in sent])
        return
    click.echo(f"{sample}; {len(sent)} asked now.")
    for reference, asked, _ in sent:
        click.echo(f"  {reference}, by {asked.due_on:%d/%m/%Y}")


def read_percent(typed: str) -> int:
    """A number of hundredths, as 15 or 15%."""
    text = typed.strip().removesuffix("%").strip()
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise click.UsageError(f"--sample {typed!r}: write how many in a hundred, as in 15%.")
    return int(text)
