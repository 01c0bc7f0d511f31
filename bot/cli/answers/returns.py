"""`cascade returns`: what came and waits to be judged, and what was made of the rest."""

from dataclasses import asdict
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from bot.cli.actor import name_actor, require_judge
from bot.cli.answers.sampling import read_percent
from bot.cli.named import REFERENCE, find_agency, find_ask, find_board, find_campaign
from bot.cli.options import as_option, json_option, refuse, show_json, with_house
from bot.cli.table import lay_out, say_day, say_moment, wrap
from bot.hearing.returns import Return, ReturnState, WholeReturn, list_returns, read_return
from bot.hearing.sampling import Sample, draw_sample
from bot.wiring import House
from messages.letters.counted import counted
from store.answers.judgement import Judgement
from store.asking import ask, campaign
from store.database import Session
from store.decision import note_about
from surveys.judging import quality


@click.command("returns")
@click.argument("named", metavar="[CAMPAIGN|ASK]", required=False)
@click.option("--agency", metavar="AGENCY", help="Only what this agency sent, by its name.")
@click.option("--board", metavar="BOARD", help="Only what came to this board, by its short name.")
@click.option(
    "--state", type=click.Choice([one.value for one in ReturnState]), help="Only those that stand so."
)
@click.option(
    "--sample", metavar="N%", help="Which of a CAMPAIGN's accepted answers would be asked for evidence."
)
@click.option("--seed", metavar="TEXT", help="Another draw than the usual one.")
@click.option(
    "--names", is_flag=True, help="With an ASK also answers that name people; that is written down."
)
@as_option
@json_option
@with_house
async def show_returns(
    house: House,
    named: str | None,
    agency: str | None,
    board: str | None,
    state: str | None,
    sample: str | None,
    seed: str | None,
    names: bool,
    email: str | None,
    as_json: bool,
) -> None:
    """List what waits to be judged, the oldest first, and what was; or show one ASK (tna-2026-3) whole.

    Then `cascade accept ASK`, or `cascade send-back ASK --point TEXT`. One ASK is for those who may judge it.

    \b
    --json keys: as_at, returns: a list of
      ask, answer, campaign, agency, what, answered_on, waited (working days), state, rag, reason,
      outcome, judged_on, by, rating, decision, points (about, title, text)
    of one ASK the same keys and: answered_by (a role), answers (question, words),
      scores (about, title, own, value, because), quality, earlier (answer, answered_on, answered_by,
      changes: question, before, now), judgements (answer, outcome, at, by, points, rating, decision)
    with --sample: of, percent, seed, drawn (ask, is_asked: it was asked before)
    """
    if sample is not None:
        await _show_sample(house, named, read_percent(sample), seed, as_json=as_json)
        return
    if named is not None and await house.database.read(lambda session: _is_ask(session, named)):
        await _show_one(house, named, email, names=names, as_json=as_json)
        return
    now, zone = await house.clock.now(), house.identity.zone

    def read(session: Session) -> list[Return]:
        wanted = find_campaign(session, named) if named else None
        where = find_agency(session, agency) if agency else None
        owner = find_board(session, board) if board else None
        return list_returns(
            session,
            now,
            zone,
            board_id=owner.id if owner else None,
            campaign_id=wanted.id if wanted else None,
            agency_id=where.id if where else None,
            state=ReturnState(state) if state else None,
        )

    found, today = await house.database.read(read), now.astimezone(zone).date()
    if as_json:
        show_json({"as_at": today, "returns": [_to_json(one, zone) for one in found]})
        return
    waiting = [one for one in found if one.state is ReturnState.WAITING]
    click.echo(
        f"As at {say_day(today)}: {counted(len(waiting), 'return waits', 'returns wait')} to be judged."
    )
    if found:
        heads = ("Agency", "What", "Came", "Waits", "Stands", "Judged")
        click.echo(lay_out(heads, [_row(one, zone) for one in found]))


def _is_ask(session: Session, named: str) -> bool:
    """Whether somebody means one ask: a campaign can be called like one."""
    if ask.by_reference(session, named) is not None:
        return True
    slug = named.strip().lower().rpartition("-")[0]
    looks_so = REFERENCE.fullmatch(named.strip()) is not None and campaign.by_slug(session, slug) is not None
    return looks_so and campaign.by_slug(session, named.strip().lower()) is None


async def _show_one(house: House, reference: str, email: str | None, *, names: bool, as_json: bool) -> None:
    """One return with the answers before and every judgement; who reads names is written down."""
    by, now, zone = name_actor(house, email), await house.clock.now(), house.identity.zone

    def read(session: Session) -> WholeReturn:
        asked = find_ask(session, reference)
        require_judge(session, asked.board_id, by)
        found = read_return(session, asked, now, zone, names=names)
        if found is None:
            refuse(f"{reference}: nothing that could be shown was answered; it is {asked.state.value}.")
        if names:
            note_about(session, asked, now, "names read", reference, by)
        return found

    whole = await (house.database.write(read) if names else house.database.read(read))
    if as_json:
        show_json(_whole_to_json(whole, zone))
    else:
        _show_whole(whole, zone)


async def _show_sample(
    house: House, slug: str | None, percent: int, seed: str | None, *, as_json: bool
) -> None:
    if slug is None:
        raise click.UsageError("--sample draws from one campaign: say which.")

    def read(session: Session) -> Sample:
        wanted = find_campaign(session, slug)
        found = draw_sample(session, wanted, percent, seed or wanted.slug)
        return found if isinstance(found, Sample) else refuse(f"{slug}: {found}.")

    sample = await house.database.read(read)
    drawn = [{"ask": one.reference, "is_asked": one.is_asked} for one in sample.drawn]
    if as_json:
        show_json({"of": sample.of, "percent": sample.percent, "seed": sample.seed, "drawn": drawn})
        return
    click.echo(f"{sample}:")
    for one in sample.drawn:
        asked = ", asked already" if one.is_asked else ""
        click.echo(f"  {one.reference} {one.returned.agency.name}{asked}")
    click.echo(wrap(f"To ask them: cascade send-back {slug} --sample {percent}%", ""))


def _row(one: Return, zone: ZoneInfo) -> tuple[str, ...]:
    judged, returned = one.returned.judgement, one.returned
    waits = counted(one.waited, "working day") if one.state is ReturnState.WAITING else ""
    made = f"{judged.outcome.words} {say_moment(judged.at, zone)} by {judged.by}" if judged else ""
    return (
        returned.agency.name,
        f"{returned.step.title} [{one.reference}]",
        say_moment(returned.response.at, zone),
        waits,
        str(one.rag),
        made,
    )


def _show_whole(whole: WholeReturn, zone: ZoneInfo) -> None:
    one, given = whole.one, whole.one.returned.response
    click.echo(f"{one.reference}: {one.returned.step.title}, {one.returned.agency.name}")
    click.echo(wrap(f"Answer {short(given.id)} of {say_moment(given.at, zone)}, by {whole.by}. {one.rag}."))
    for question, words in whole.answers:
        click.echo(wrap(f"* {question}: {words}"))
    for moderated in whole.moderated:
        told = f"{moderated.title}: they say {moderated.own or 'nothing'}; the Board: {moderated.value}"
        click.echo(wrap(f"= {told}, because {moderated.because}"))
    for judged in whole.judgements:
        click.echo(wrap(_say_judged(judged, zone)))
        for point in judged.points:
            about = f"{point['title']} [{point['about']}]: " if point["about"] else ""
            click.echo(wrap(f"- {about}{point['text']}", "    "))
    for earlier in whole.earlier:
        came = say_moment(earlier.response.at, zone)
        click.echo(
            f"  Before it answer {short(earlier.response.id)} of {came}, by {earlier.by}; changed since:"
        )
        for each in earlier.differences:
            click.echo(
                wrap(f"- {each.question}: {each.before or 'nothing'} → {each.now or 'nothing'}", "    ")
            )


def _say_judged(judged: Judgement, zone: ZoneInfo) -> str:
    told = [f"{judged.outcome.words} by {judged.by} on {say_moment(judged.at, zone)}"]
    told += [f"evidence rated {judged.rating}"] if judged.rating is not None else []
    told += [f"decided: {judged.decision}"] if judged.decision else []
    told += [f"{name}: {value}" for name, value in judged.quality.items() if name in quality.names()]
    over = ", replaced since" if judged.superseded_at is not None else ""
    return f"Answer {short(judged.response_id)} was {'; '.join(told)}{over}."


def short(response_id: UUID) -> str:
    """What people call an answer by."""
    return response_id.hex[-6:]


def _to_json(one: Return, zone: ZoneInfo) -> dict[str, object]:
    returned, judged = one.returned, one.returned.judgement
    told: dict[str, object] = {
        "ask": one.reference,
        "answer": short(returned.response.id),
        "campaign": returned.campaign.slug,
        "agency": returned.agency.name,
        "what": returned.step.title,
        "answered_on": returned.response.at.astimezone(zone).date(),
        "waited": one.waited if one.state is ReturnState.WAITING else None,
        "state": one.state.value,
        "rag": one.rag.rag.value,
        "reason": one.rag.reason,
    }
    return told | {
        "outcome": judged.outcome.value if judged else None,
        "judged_on": judged.at.astimezone(zone).date() if judged else None,
        "by": judged.by if judged else None,
        "rating": judged.rating if judged else None,
        "decision": (judged.decision or None) if judged else None,
        "points": judged.points if judged else [],
    }


def _whole_to_json(whole: WholeReturn, zone: ZoneInfo) -> dict[str, object]:
    judged = whole.one.returned.judgement
    return _to_json(whole.one, zone) | {
        "answered_by": whole.by,
        "answers": [{"question": question, "words": words} for question, words in whole.answers],
        "scores": [asdict(one) for one in whole.moderated],
        "quality": judged.quality if judged else {},
        "earlier": [
            {
                "answer": short(one.response.id),
                "answered_on": one.response.at.astimezone(zone).date(),
                "answered_by": one.by,
                "changes": [asdict(each) for each in one.differences],
            }
            for one in whole.earlier
        ],
        "judgements": [
            {
                "answer": short(one.response_id),
                "outcome": one.outcome.value,
                "at": one.at.astimezone(zone).isoformat(),
                "by": one.by,
                "points": one.points,
                "rating": one.rating,
                "decision": one.decision or None,
            }
            for one in whole.judgements
        ],
    }
