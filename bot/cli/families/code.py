"""`cascade code`: the open ways into a survey, one for each setting, and the posters that show them."""

from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

import click

from bot.asking.gate import find_rest
from bot.asking.poster import Poster, draw_png, draw_sheet, draw_svg
from bot.cli.actor import name_actor, require_office
from bot.cli.campaigns.gate import require_open
from bot.cli.named import find_agency, find_campaign
from bot.cli.options import Words, agree, as_option, json_option, refuse, show_json, with_house, yes_option
from bot.cli.table import lay_out, say_day
from bot.hearing.told import find_last
from bot.web.open.opened import Opened, open_up, tongues_of
from bot.web.open.shell import ENTERED
from bot.wiring import House
from messages.letters.counted import counted
from store.asking.campaign import Campaign
from store.database import Session
from store.decision import note
from store.people.agency import Agency
from store.surveying import code as codes
from store.surveying.code import OpenCode
from surveys.figures.release import TOGETHER
from surveys.tongues.tongue import FIRST, Tongue

#: Answers that a setting is expected to give, where nobody says otherwise: two classes.
CEILING = 60
#: How answers come that staff type in for somebody else.
BY = {"paper": "on paper", "telephone": "by telephone"}
KINDS = (".html", ".svg", ".png")


@click.group("code")
def keep_codes() -> None:
    """Make, list and close the codes by which anybody in a setting can answer, and print their posters."""


@keep_codes.command("make")
@click.argument("slug", metavar="CAMPAIGN")
@click.option("--setting", required=True, type=Words(200), help="The setting or service, as on its poster.")
@click.option("--agency", "where", metavar="AGENCY", help="Whose staff answer; needed for staff surveys.")
@click.option(
    "--ceiling",
    type=click.IntRange(1, 100_000),
    default=CEILING,
    show_default=True,
    help="Answers that are plausible here; what exceeds them is kept and marked.",
)
@as_option
@json_option
@with_house
async def make_code(
    house: House, slug: str, setting: str, where: str | None, ceiling: int, email: str | None, as_json: bool
) -> None:
    """Make a code for one setting of CAMPAIGN. --json: code, address, entered, setting, agency, ceiling."""
    by, now = name_actor(house, email), await house.clock.now()
    if not setting:
        refuse("--setting is empty: give the name of the setting, as it should stand on the poster.")

    def write(session: Session) -> tuple[OpenCode, Agency | None, str]:
        wanted = find_campaign(session, slug)
        require_office(session, wanted.board_id, by)
        _require_not_ended(wanted)
        whose = find_agency(session, where) if where else None
        _require_same_name_is_free(session, wanted, setting)
        made = codes.make(
            session, wanted.board_id, wanted.id, setting, ceiling, now, agency_id=whose.id if whose else None
        )
        _require_open_forms(open_up(session, made, wanted))
        require_open(session, wanted, now, house.identity.zone)
        note(session, now, "code made", f"for {setting}", by, board_id=wanted.board_id, campaign_id=wanted.id)
        return made, whose, find_rest(session, wanted, now, house.identity.zone)

    made, whose, rest = await house.database.write(write)
    address = _address(house, made)
    if as_json:
        show_json(_told(house, made, whose))
    else:
        click.echo(f"{setting} answers at {address}")
        for how, where in _entries(house, made).items():
            click.echo(f"For staff alone: what somebody gives {BY[how]} is typed in at {where}")
        click.echo(f"`cascade code poster {made.code} --out poster.html` prints its poster.")
    if rest:
        click.echo(rest, err=as_json)


@keep_codes.command("list")
@click.argument("slug", metavar="CAMPAIGN")
@json_option
@with_house
async def list_codes(house: House, slug: str, as_json: bool) -> None:
    """List the codes of CAMPAIGN.

    --json prints a list of code, address, setting, agency, ceiling, closed, and ended (a day or null).
    """

    def read(session: Session) -> tuple[Campaign, list[tuple[OpenCode, Agency | None]]]:
        wanted = find_campaign(session, slug)
        found = codes.of_campaign(session, wanted.id)
        return wanted, [(one, session.get(Agency, one.agency_id) if one.agency_id else None) for one in found]

    wanted, found = await house.database.read(read)
    if as_json:
        show_json([_told(house, one, whose) | {"ended": wanted.codes_ended_on} for one, whose in found])
        return
    if not found:
        click.echo(f"{slug} has no code yet: `cascade code make {slug} --setting NAME` makes one.")
        return
    rows = [
        (one.setting, _address(house, one), whose.name if whose else "", one.ceiling, _state(one))
        for one, whose in found
    ]
    click.echo(lay_out(("Setting", "Address", "Agency", "Ceiling", "State"), rows))
    if wanted.codes_ended_on is not None:
        click.echo(f"All were closed for good on {say_day(wanted.codes_ended_on)}: no new one can be made.")
        return
    ends = " or ".join(f"?{urlencode({'entered': how})} ({BY[how]})" for how in ENTERED)
    click.echo(f"To type in what somebody else gives, put {ends} behind an address. No poster shows this.")


@keep_codes.command("close")
@click.argument("typed", metavar="CODE")
@as_option
@json_option
@with_house
async def close_code(house: House, typed: str, email: str | None, as_json: bool) -> None:
    """Let nobody begin at CODE any more; what was given stays. --json: code, address, setting and closed."""
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> OpenCode:
        found = _find(session, typed)
        require_office(session, found.board_id, by)
        if found.is_closed:
            refuse(f"{found.code} is closed already.")
        codes.close(session, found)
        what = f"for {found.setting}"
        note(session, now, "code closed", what, by, board_id=found.board_id, campaign_id=found.campaign_id)
        return found

    closed = await house.database.write(write)
    if as_json:
        show_json(_told(house, closed, None))
    else:
        click.echo(f"{closed.code} ({closed.setting}) takes no more answers, but of those answering now.")


@keep_codes.command("end")
@click.argument("slug", metavar="CAMPAIGN")
@as_option
@yes_option
@json_option
@with_house
async def end_codes(house: House, slug: str, email: str | None, yes: bool, as_json: bool) -> None:
    """Close every code of CAMPAIGN for good, so that its last answers are told too.

    While another code could be made, answers are told ten or more at a time and the last few wait; whoever
    kept an older telling could else find out theirs. --json prints campaign, closed (codes), ended (day) and
    untold: the titles, with their ages, of what fewer than ten have answered, of which nothing is told.
    """
    by, now = name_actor(house, email), await house.clock.now()
    today = now.astimezone(house.identity.zone).date()

    def check(session: Session) -> Campaign:
        wanted = find_campaign(session, slug)
        require_office(session, wanted.board_id, by)
        if wanted.codes_ended_on is not None:
            refuse(f"The codes of {slug} were closed for good on {say_day(wanted.codes_ended_on)}.")
        if not codes.of_campaign(session, wanted.id):
            refuse(f"{slug} has no code: there is nothing to end.")
        return wanted

    def write(session: Session) -> tuple[int, list[str], list[str]]:
        wanted = check(session)
        closed = codes.end_all(session, wanted, today)
        what = f"{counted(closed, 'open code')} closed, and no new one is made"
        note(session, now, "codes ended", what, by, board_id=wanted.board_id, campaign_id=wanted.id)
        return closed, *find_last(session, wanted)

    await house.database.read(check)
    agree(f"Close every code of {slug} for good? No new one can be made for it.", yes=yes)
    closed, told, untold = await house.database.write(write)
    if as_json:
        show_json({"campaign": slug, "closed": closed, "ended": today, "untold": untold})
        return
    click.echo(f"{slug} takes no more answers by code; whoever is answering now may finish.")
    for one in told:
        click.echo(f"“{one}”: its last answers are told from tomorrow on.")
    for one in untold:
        click.echo(f"“{one}”: fewer than {TOGETHER} have answered, so none is told.")


@keep_codes.command("poster")
@click.argument("typed", metavar="CODE")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ends in .html (the whole A4 poster), .svg or .png (the square alone).",
)
@click.option(
    "--language", "tag", default=FIRST, show_default=True, help="Of its words: one that the survey is in."
)
@json_option
@with_house
async def print_poster(house: House, typed: str, out: Path, tag: str, as_json: bool) -> None:
    """Write the poster of CODE. --json prints code, address, language and file."""
    if out.suffix.lower() not in KINDS:
        refuse(f"--out {out}: name a file that ends in {', '.join(KINDS[:-1])} or {KINDS[-1]}.")

    def read(session: Session) -> tuple[OpenCode, list[Tongue]]:
        found = _find(session, typed)
        if found.is_closed:
            refuse(f"{found.code} is closed: nobody could answer there. Make a new one.")
        opened = open_up(session, found, session.get_one(Campaign, found.campaign_id))
        return found, [tongue for tongue, _ in tongues_of(session, opened)]

    found, tongues = await house.database.read(read)
    address, tongue = _address(house, found), next((one for one in tongues if one.tag == tag), None)
    if tongue is None:
        refuse(f"--language {tag}: the survey is in {', '.join(one.tag for one in tongues)}.")
    try:
        out.write_bytes(_picture(out.suffix.lower(), Poster(address, found.setting, tongues, tongue)))
    except OSError as error:
        refuse(f"--out {out}: {error.strerror}. Name a file that can be written.")
    if as_json:
        show_json({"code": found.code, "address": address, "language": tongue.tag, "file": str(out)})
    else:
        click.echo(f"{out} shows the way to {address}")


def _picture(suffix: str, poster: Poster) -> bytes:
    if suffix == ".png":
        return draw_png(poster.address)
    return (draw_svg(poster.address) if suffix == ".svg" else draw_sheet(poster)).encode()


def _require_open_forms(opened: Opened) -> None:
    """End the command unless every form may be answered by somebody whom nobody knows."""
    for version in opened.versions:
        if version.form.privacy != "anonymous":
            refuse(
                f"“{version.form.title}” is answered under a name or a booking, so no open code can lead to "
                "it: use a campaign whose forms are all anonymous."
            )
        if version.form.audience == "staff" and opened.agency is None:
            refuse(f"“{version.form.title}” asks staff: say whose with --agency.")


def _require_not_ended(wanted: Campaign) -> None:
    if wanted.codes_ended_on is not None:
        refuse(
            f"The codes of {wanted.slug} were closed for good on {say_day(wanted.codes_ended_on)}, and its "
            "last answers are told: one more could be told from the difference. Ask again in a new campaign."
        )


def _require_same_name_is_free(session: Session, wanted: Campaign, setting: str) -> None:
    for one in codes.of_campaign(session, wanted.id):
        if one.setting.casefold() == setting.casefold() and not one.is_closed:
            refuse(f"{one.setting} has a code already: {one.code}. Close it first, or name another setting.")


def _find(session: Session, typed: str) -> OpenCode:
    found = codes.by_code(session, typed.rpartition("/")[2])
    return found or _unknown(typed)


def _unknown(typed: str) -> NoReturn:
    refuse(f"There is no code {typed!r}: `cascade code list CAMPAIGN` lists those of a campaign.")


def _address(house: House, code: OpenCode) -> str:
    return f"{house.identity.base_url}/s/{code.code}"


def _entries(house: House, code: OpenCode) -> dict[str, str]:
    """Where staff type in what others give, so that it says so; on no poster."""
    return {how: f"{_address(house, code)}?{urlencode({'entered': how})}" for how in ENTERED}


def _state(code: OpenCode) -> str:
    return "closed" if code.is_closed else "open"


def _told(house: House, code: OpenCode, whose: Agency | None) -> dict[str, object]:
    return {
        "code": code.code,
        "address": _address(house, code),
        "entered": _entries(house, code),
        "setting": code.setting,
        "agency": whose.name if whose else None,
        "ceiling": code.ceiling,
        "closed": code.is_closed,
    }
