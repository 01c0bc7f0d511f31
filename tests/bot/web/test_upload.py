"""Files are looked at, scanned and kept before a page goes on; what is not kept is said."""

import asyncio
import copy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from store.answers.inbound import Source
from store.asking.ask import Ask
from store.database import Database, Session
from store.errors import StoreFullError
from store.surveying import draft
from surveys.answering.intake import Arrival, Receipt, receive
from tests.bot.web.make_house import Scene
from tests.bot.web.make_upload import FORM, ask_for_files, bytes_kept, kept, post
from tests.surveys.files import make

PDF, WORD, BOOK = make.pdf(), make.office("docx"), make.workbook()


@contextmanager
def clamd(reply: bytes, meanwhile: Callable[[], object] = lambda: None) -> Iterator[str]:
    """A scanner on loopback that always says the same; gives its address."""
    loop = asyncio.new_event_loop()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            await reader.readexactly(length)
        meanwhile()
        writer.write(reply)
        await writer.drain()
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_what_may_be_chosen_is_said_before_anything_is(place: Scene) -> None:
    ask_for_files(place)
    page = place.client.get(place.link()).text
    assert "Up to 2 files, each of at most 10 MB: PDF, Word (.docx)" in page
    assert "Up to 3 files, each of at most 10 MB: PDF or Word (.docx)." in page


def test_files_are_kept_and_the_page_carries_their_identifiers(place_anywhere: Scene) -> None:
    place = place_anywhere
    told = post(
        ask_for_files(place), place, ("evidence", ("Minutes.docx", WORD)), ("evidence", ("Log", BOOK))
    )
    assert told.errors == {}
    known = kept(place)
    names = [known[file_id].partition(" (")[0] for file_id in told.fields["evidence"]]
    assert names == ["Minutes.docx", "Log.xlsx"]


def test_a_file_in_an_entry_of_a_list_is_kept_at_its_own_place(place: Scene) -> None:
    box = "courses.2.certificate"
    told = post(ask_for_files(place), place, (box, ("x.pdf", PDF)), courses="2")
    assert told.fields[box] == list(kept(place))
    assert told.fields["courses"] == ["2"]


def test_without_a_scanner_a_file_says_that_nobody_looked_through_it(place: Scene) -> None:
    post(ask_for_files(place), place, ("plan", ("x.pdf", PDF)))
    assert list(kept(place).values()) == ["x.pdf (1 kB, not scanned for viruses)"]


def test_what_the_scanner_finds_clean_is_kept(place: Scene) -> None:
    with clamd(b"stream: OK\0") as address:
        post(ask_for_files(place, clamd=address), place, ("plan", ("x.pdf", PDF)))
    assert list(kept(place).values()) == ["x.pdf (1 kB)"]


def test_what_the_scanner_finds_infected_is_not_kept(place: Scene) -> None:
    with clamd(b"stream: Eicar-Test-Signature FOUND\0") as address:
        told = post(ask_for_files(place, clamd=address), place, ("plan", ("x.pdf", PDF)))
    assert told.marked["plan"].startswith(
        "“x.pdf” was not kept: the virus scanner found Eicar-Test-Signature"
    )
    assert told.fields["plan"] == []
    assert bytes_kept(place) == 0


@pytest.mark.parametrize("reply", [b"x ERROR\0", b""])
def test_a_scanner_that_gives_no_verdict_lets_nothing_through(place: Scene, reply: bytes) -> None:
    with clamd(reply) as address:
        client = ask_for_files(place, clamd=address)
        told = post(client, place, ("plan", ("x.pdf", PDF)))
    away = post(client, place, ("plan", ("x.pdf", PDF)))
    for each in (told, away):
        assert "could not be checked for viruses just now" in each.errors["plan"]
    assert bytes_kept(place) == 0


def test_one_bad_file_does_not_take_the_good_ones_with_it(place: Scene) -> None:
    bomb = make.office("docx", {"word/media/image1.bmp": bytes(99_000_000)})
    client = ask_for_files(place)
    told = post(client, place, ("evidence", ("bomb.docx", bomb)), ("evidence", ("x.pdf", PDF)))
    assert told.errors["evidence"].startswith("“bomb.docx” was not kept: it would unpack to far more")
    assert told.fields["evidence"] == list(kept(place))
    assert len(kept(place)) == 1


def test_only_what_a_question_asks_for_is_taken(place: Scene) -> None:
    told = post(ask_for_files(place), place, ("plan", ("x.pdf", make.png())))
    assert "Send PDF or Word (.docx)." in told.marked["plan"]
    fewer = post(ask_for_files(place, types=["pdf"]), place, ("plan", ("x.docx", WORD)))
    assert "Send PDF." in fewer.errors["plan"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("=HYPERLINK(A1).pdf", "HYPERLINK(A1).pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("../../../etc/cron.d/x", "x.pdf"),
    ],
)
def test_a_name_that_could_do_harm_is_tidied(place: Scene, given: str, name: str) -> None:
    post(ask_for_files(place), place, ("plan", (given, PDF)))
    assert list(kept(place).values()) == [f"{name} (1 kB, not scanned for viruses)"]
    assert "\u202e" not in place.dump()


def test_no_more_are_kept_than_a_question_asks_for(place: Scene) -> None:
    client = ask_for_files(place)
    first = post(client, place, ("evidence", ("a.pdf", PDF)), ("evidence", ("b.pdf", PDF)))
    held = first.fields["evidence"]
    told = post(client, place, ("evidence", ("c.pdf", PDF)), evidence=held)
    assert told.errors == {"evidence": "“c.pdf” was not kept: 2 may be given here. Remove one first."}
    assert told.fields["evidence"] == held


def test_an_ask_holds_so_many_files_and_so_many_bytes(place: Scene) -> None:
    client = ask_for_files(place, most_files=2, largest_for_ask=100_000)
    large = make.jpeg(after=bytes(60_000))
    told = post(client, place, ("evidence", ("a.jpg", large)), ("evidence", ("b.jpg", large + b"\1")))
    assert "there is room for 40 kB" in told.errors["evidence"]
    post(client, place, ("plan", ("c.pdf", PDF)))
    last = post(client, place, ("plan", ("d.pdf", PDF)))
    assert "2 files may be kept here" in last.errors["plan"]
    assert len(kept(place)) == 2


def test_a_file_over_the_limit_is_refused_with_both_sizes(place: Scene) -> None:
    client = ask_for_files(place, largest_file=20_000)
    told = post(client, place, ("evidence", ("a.jpg", make.jpeg(after=bytes(30_000)))))
    assert "a file may have 20 kB" in told.errors["evidence"]


def test_the_same_file_twice_is_kept_once(place: Scene) -> None:
    client = ask_for_files(place)
    first = post(client, place, ("evidence", ("a.pdf", PDF)))
    again = post(client, place, ("evidence", ("a.pdf", PDF)), ("evidence", ("b.pdf", PDF)))
    assert again.fields["evidence"][0] == first.fields["evidence"][0]
    assert len(kept(place)) == 2
    assert bytes_kept(place) == 1


def test_a_removed_file_makes_room_unless_somebody_saved_it(place: Scene) -> None:
    client = ask_for_files(place)
    held = post(client, place, ("evidence", ("a.pdf", PDF)), ("evidence", ("b.pdf", PDF))).fields["evidence"]
    gone = post(client, place, evidence=held, act=f"drop:evidence:{held[0]}")
    assert gone.fields["evidence"] == [held[1]]
    assert gone.errors == {}
    assert list(kept(place)) == [held[1]]

    def save(session: Session) -> None:
        who = place.person_id("Rowan A")
        draft.save(session, place.ask().id, "", {"evidence": [held[1]]}, 0, who, place.clock.moment)

    place.write(save)
    post(client, place, evidence=[held[1]], act=f"drop:evidence:{held[1]}")
    assert list(kept(place)) == [held[1]]


def test_a_file_of_another_ask_is_nobody_elses(place: Scene) -> None:
    client = ask_for_files(place)
    theirs = post(client, place, ("evidence", ("a.pdf", PDF)), link=place.link(name="Rowan B", letter="B"))
    for foreign in (theirs.fields["evidence"], [str(uuid4())], ["../x"]):
        told = post(client, place, evidence=foreign, page="courses")
        assert told.fields["evidence"] == []
        assert "not here any more" in told.marked["evidence"]
        assert told.page == "evidence"


def test_a_file_of_an_earlier_answer_becomes_the_next_asks_own(place: Scene) -> None:
    first = ask_for_files(place)
    [before] = post(first, place, ("evidence", ("a.pdf", PDF))).fields["evidence"]
    again: dict[str, Any] = copy.deepcopy(FORM) | {"key": "again"}
    again["sections"][0]["questions"][0]["prefill"] = "evidence.evidence"
    second = ask_for_files(place, again, "cascade")
    too_soon = post(second, place, link=place.link(letter="B", name="Rowan B"), evidence=[before])
    assert too_soon.fields["evidence"] == []

    def answer(session: Session) -> None:
        arrival = Arrival(Source.WEB, "once", {"evidence": [before]}, place.person_id("Rowan A"))
        now = place.clock.moment
        assert isinstance(receive(session, place.ask().id, arrival, now, now.date()), Receipt)

    place.write(answer)
    told = post(second, place, link=place.link("cascade"), evidence=[before])
    assert told.errors == {}
    assert told.fields["evidence"] == list(kept(place, "cascade"))
    assert told.fields["evidence"] != [before]
    assert bytes_kept(place) == 1
    gone = post(second, place, link=place.link("cascade"), evidence=[before], act=f"drop:evidence:{before}")
    assert gone.fields["evidence"] == []
    assert list(kept(place)) == [before]


def test_a_file_where_no_question_asks_for_one_is_refused(place: Scene) -> None:
    client = ask_for_files(place)
    before = place.dump()
    for box in ("page", "courses", "evidence.1.x", "courses.99.certificate"):
        answer = client.post(place.link(), data={"page": "shown"}, files={box: ("x.pdf", PDF)})
        assert answer.status_code == 400
    assert place.dump() == before


def test_a_page_with_files_may_hold_no_more_text_than_any_other(place: Scene) -> None:
    client = ask_for_files(place)
    text = "x" * place.house.settings.web.largest_body
    answer = client.post(place.link(), data={"page": "shown", "x": text}, files={"plan": ("x.pdf", PDF)})
    assert answer.status_code == 413
    assert bytes_kept(place) == 0


def test_a_form_without_names_takes_no_files(place: Scene) -> None:
    client = ask_for_files(place, {**FORM, "privacy": "anonymous"})
    answer = client.post(place.link(), data={"page": "shown"}, files={"plan": ("x.pdf", PDF)})
    assert answer.status_code == 400
    assert bytes_kept(place) == 0


class FullDatabase(Database):
    """A database whose disk is full."""

    async def write(self, fn: object, *, urgent: bool = False) -> object:  # type: ignore[override]
        """Keep nothing."""
        raise StoreFullError(StoreFullError.__doc__)


def test_a_file_that_cannot_be_kept_is_said_to_be_lost(place: Scene) -> None:
    client = ask_for_files(place)
    full = FullDatabase(place.house.database.url)
    place.house.database, whole = full, place.house.database
    try:
        told = post(client, place, ("plan", ("x.pdf", PDF)))
    finally:
        full.close_now()
        place.house.database = whole
    assert told.marked["plan"].startswith("“x.pdf” was not kept: our records cannot be written")
    assert told.fields["plan"] == []


def test_a_link_that_is_revoked_on_the_way_keeps_nothing(place: Scene) -> None:
    def revoke(session: Session) -> None:
        session.get_one(Ask, place.ask().id).generation += 1

    with clamd(b"stream: OK\0", lambda: place.write(revoke)) as address:
        told = post(ask_for_files(place, clamd=address), place, ("plan", ("x.pdf", PDF)))
    assert "does not hold any more" in told.errors["plan"]
    assert bytes_kept(place) == 0
