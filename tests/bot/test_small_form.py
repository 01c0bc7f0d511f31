"""An agency with few staff is asked the short form, in letter, page and record alike."""

from datetime import timedelta

import pytest

from bot.hearing.results import Table, read_results
from store.answers.inbound import Source
from store.asking import campaign, form
from store.asking.ask import Ask
from store.asking.campaign import Campaign, WordsVersion
from store.database import Database, Session
from store.people import board
from store.people.agency import Agency
from surveys import library
from surveys.answering.answers import Answers
from surveys.answering.intake import Arrival, Receipt, form_of, receive, take
from tests import make
from tests.bot.cli.conftest import terminal
from tests.bot.cli.terminal import Terminal, found
from tests.bot.web.conftest import place
from tests.bot.web.make_form import ask_form
from tests.bot.web.make_house import Scene
from tests.story import Story, find, number_of

__all__ = ["place", "terminal"]

NEW = ("new", "return", "tna-2026", "--form", "tna", "--small-form", "tna_short")
STAFF = {"Agency A": 49, "Agency B": 50}
SIZE = {
    "name": "size",
    "title": "Size",
    "questions": [{"kind": "integer", "name": "paid_staff", "label": "How many?"}],
}


def found_with_staff(session: Session) -> None:
    found(session)
    for name, staff in STAFF.items():
        session.query(Agency).filter_by(name=name).one().staff = staff


def forms(session: Session) -> dict[str, tuple[str, int | None]]:
    """What each agency is asked, and the minutes that its ask says it takes."""
    made = session.query(Campaign).filter_by(slug="tna-2026").one()
    return {
        session.get_one(Agency, one.agency_id).name: (form_of(session, one).key, one.minutes)
        for one in session.query(Ask).filter_by(campaign_id=made.id)
    }


def test_an_agency_with_under_fifty_staff_is_asked_the_short_form(terminal: Terminal) -> None:
    terminal.keep(found_with_staff)
    terminal.done(*NEW)
    terminal.done("launch", "tna-2026", "--yes")
    short = library.load("tna_short").minutes
    assert terminal.look(forms) == {"Agency A": ("tna_short", short), "Agency B": ("tna", None)}


def test_who_is_not_known_to_be_small_is_asked_the_whole_form(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done(*NEW)
    terminal.done("launch", "tna-2026", "--yes")
    assert {key for key, _ in terminal.look(forms).values()} == {"tna"}


def test_what_an_agency_told_counts_where_the_directory_does_not_say(terminal: Terminal) -> None:
    def told(session: Session) -> None:
        found(session)
        of = board.every(session)[0]
        body = {**library.load("acknowledge").to_json(), "key": "size", "sections": [SIZE]}
        version = form.keep(session, "size", 1, body)
        made = make.campaign(session, of, "size", book="bulletin")
        [step] = campaign.steps(session, made.id)
        step.form_version_id = version.id
        make.launched(session, made)
        for number, one in enumerate(session.query(Ask).filter_by(campaign_id=made.id).order_by(Ask.number)):
            raw = {"paid_staff": [str(30 + 40 * number)]}
            arrival = Arrival(Source.TELEPHONE, str(one.id), raw, None, "morgan.ellery@west.example.org")
            assert isinstance(receive(session, one.id, arrival, make.START, make.START.date()), Receipt)

    terminal.keep(told)
    terminal.done(*NEW)
    terminal.done("launch", "tna-2026", "--yes")
    asked = terminal.look(forms)
    assert (asked["Agency A"][0], asked["Agency B"][0]) == ("tna_short", "tna")


async def test_the_letter_says_how_long_the_short_form_takes(database: Database) -> None:
    story = Story(database)
    story.begin("AB")

    def shorten(session: Session) -> None:
        find(session, number_of(session, "Agency A")).minutes = 12
        for words in session.query(WordsVersion).filter_by(rung="issue", role="asked"):
            words.body = "It takes {{ minutes }} minutes."

    story.write(shorten)
    await story.until(make.START + timedelta(hours=1))
    short, whole = (story.channel.to(who)[-1] for who in ("rowan.a", "rowan.b"))
    assert "It takes 12 minutes." in short.text
    assert "It takes 1 minutes." in whole.text


def test_the_short_form_is_answered_on_one_page_and_stands_among_the_whole_ones(place: Scene) -> None:
    def shrink(session: Session) -> None:
        session.query(Agency).filter_by(name="Agency A").one().staff = 12

    place.write(shrink)
    ask_form(place, "tna", "tna", small="tna_short")
    page = place.client.get(place.link("tna")).text
    assert "about 12 minutes" in page
    assert "It is one page." in page

    def told(session: Session) -> Table:
        asked = session.get_one(Ask, place.asks["tna A"])
        arrival = Arrival(Source.PAPER, "one", {}, None)
        checked = Answers("tna_short", 1, {"headcount": 9, "completed_by": "Rowan"})
        assert isinstance(
            take(session, asked, form_of(session, asked), checked, arrival, make.START), Receipt
        )
        made = session.get_one(Campaign, asked.campaign_id)
        [table] = read_results(session, made, make.ZONE, make.START.date())
        assert isinstance(table, Table)
        return table

    table = place.write(told)
    assert "headcount" in table.columns
    assert (table.rows[0]["form"], table.rows[0]["headcount"]) == ("tna_short", "9")
    assert "completed_by" not in table.columns


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("return", "--form", "tna", "--small-form", "s6"), "never asked by name"),
        (("return", "--form", "tna", "--small-form", "nonsense"), "There is no form 'nonsense'"),
        (("return", "--small-form", "tna_short"), "goes with one --form"),
        (("open_survey", "--form", "s6", "--small-form", "s2"), "goes with one --form"),
    ],
)
def test_a_short_form_that_does_not_fit_is_refused(
    terminal: Terminal, words: tuple[str, ...], why: str
) -> None:
    terminal.keep(found)
    book, *rest = words
    assert why in terminal.refused("new", book, "asked", *rest)


def test_the_number_of_staff_comes_with_the_directory(terminal: Terminal) -> None:
    terminal.keep(found)
    sheet = terminal.write("agencies.csv", "Agency,Sector,Staff\nAgency A,health,1,048\n")
    assert sheet.exists()
    good = terminal.write("good.csv", 'Agency,Sector,Staff\nAgency A,health,"1,048"\nAgency B,health,\n')
    terminal.done("import", str(good), "--yes")

    def staff(session: Session) -> list[int | None]:
        return [one.staff for one in session.query(Agency).order_by(Agency.name)]

    assert terminal.look(staff)[:2] == [1048, None]
    bad = terminal.write("bad.csv", "Agency,Sector,Staff\nAgency A,health,many\n")
    assert "is not a number of people" in terminal.run("import", str(bad), "--yes").output
