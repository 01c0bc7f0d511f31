"""What an agency tells of its own accord is begun by the office too, and by nobody else."""

from store.asking.ask import Ask, AskState
from tests.bot.cli.terminal import Terminal, found_with_launch


def test_the_office_begins_what_an_agency_tells_and_types_it_in(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    told = terminal.told("record", "told-us", "--agency", "Agency A")
    assert told["ask"] == "west-told-1"
    assert told["address"].startswith("http://127.0.0.1:8000/a/")
    assert "west-told-2" in terminal.done("record", "told-us", "--agency", "Agency A", "--from", "paper")
    begun = terminal.look(lambda session: session.query(Ask).filter(Ask.occasion != "").all())
    assert [one.state for one in begun] == [AskState.BEGUN, AskState.BEGUN]
    assert "told" not in terminal.done("owed")


def test_nobody_else_begins_it(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    words = ("record", "told-us", "--agency", "Agency A", "--as", "rowan.a@agencya.example")
    assert "rowan" in terminal.refused(*words)
    assert "no agency" in terminal.refused("record", "told-us", "--agency", "Nowhere")
