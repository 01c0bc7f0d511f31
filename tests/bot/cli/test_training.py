"""A course is drafted from a list of bookings, launched, and topped up, all from the command line."""

from store.asking.ask import Ask
from store.asking.campaign import Campaign, Step
from store.database import Session
from store.people.person import Person
from tests.bot.cli.terminal import Terminal, found

PEOPLE = "Name,Email,Agency\nJo Ash,jo.ash@agencya.example,Agency A\nKim Birch,kim@agencyb.example,Agency B\n"
WORDS = ("--set", "course=Neglect", "--set", "item_1=It is plain to see.", "--set", "item_2=One call helps.")


def new(terminal: Terminal, people: str = PEOPLE, *more: str) -> tuple[str, ...]:
    path = terminal.write("bookings.csv", people)
    return ("new", "training", "course", "--people", str(path), "--on", "2030-05-16", *WORDS, *more)


def test_a_course_is_drafted_planned_launched_and_topped_up(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told(*new(terminal))
    assert (told["title"], told["steps"], told["booked"]) == ("Neglect", ["before", "day", "later"], 2)

    def days(session: Session) -> list[str]:
        steps = session.query(Step).order_by(Step.position)
        return [f"{one.key} {one.opens_on} {one.due_on}" for one in steps]

    assert terminal.look(days) == [
        "before None 2030-05-16",
        "day 2030-05-16 None",
        "later 2030-08-14 None",
    ]
    planned = terminal.done("plan", "course")
    assert "Asked: 2 of 2 people booked." in planned
    assert "person booked" in planned
    assert "training representative" not in planned
    assert "2 people are asked" in terminal.done("launch", "course", "--yes")
    assert "People asked: 2." in terminal.done("status", "course")
    more = terminal.write("more.csv", PEOPLE + "Max Cole,max@agencya.example,Agency A\n")
    assert "1 person booked since is asked now" in terminal.done("top-up", "course", "--people", str(more))
    assert "Nobody is new since." in terminal.done("top-up", "course", "--people", str(more))
    assert terminal.look(lambda session: session.query(Ask).count()) == 9
    assert "asked of one person by name" in terminal.refused(
        "hand-over", "course-1", "--to", "kim@agencyb.example"
    )


def test_nothing_is_made_of_a_list_with_a_row_to_put_right(terminal: Terminal) -> None:
    terminal.keep(found)
    bad = PEOPLE + "Max Cole,max,Agency A\nLee Dunn,lee@agencya.example,Agency Z\n"
    line = terminal.refused(*new(terminal, bad))
    assert "bookings.csv, row 4: Email" in line
    line = terminal.refused(*new(terminal, bad.replace("max,", "max@agencya.example,")))
    assert "row 5: Agency: 'Agency Z' is no agency of the board" in line

    def count(session: Session) -> tuple[int, int]:
        return session.query(Campaign).count(), session.query(Person).filter_by(name="Jo Ash").count()

    assert terminal.look(count) == (0, 0)


def test_a_course_needs_its_people_its_day_and_its_words(terminal: Terminal) -> None:
    terminal.keep(found)
    whole = new(terminal)
    assert "--people FILE" in terminal.refused("new", "training", "course", "--on", "2030-05-16", *WORDS)
    assert "--on DATE" in terminal.refused(*whole[:5], *WORDS)
    assert "{item_2}" in terminal.refused(*whole[:-2])
    assert "leave --people out" in terminal.refused("new", "bulletin", "news", *whole[3:5])
    assert "leave --on out" in terminal.refused("new", "bulletin", "news", "--on", "2030-05-16")


def test_a_list_of_people_is_not_for_what_agencies_are_asked(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("new", "bulletin", "news")
    terminal.done("launch", "news", "--yes")
    path = terminal.write("bookings.csv", PEOPLE)
    assert "leave --people out" in terminal.refused("top-up", "news", "--people", str(path))
