from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.testclient import TestClient

from bot.web.app import build_app
from store.answers import response
from store.answers.inbound import Inbound
from store.answers.response import Response
from store.asking import ask
from store.asking.ask import AskState
from store.database import Database
from store.errors import StoreFullError
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page

T = TypeVar("T")
ACK = {"page": "staff", "staff": "45"}


class FullDatabase(Database):
    async def write(self, fn: object, *, urgent: bool = False) -> T:
        raise StoreFullError(StoreFullError.__doc__)


def counts(place: Scene) -> tuple[int, int]:
    return place.read(lambda session: (session.query(Inbound).count(), session.query(Response).count()))


def current(place: Scene, step: str = "acknowledge") -> dict[str, object]:
    given = place.read(lambda session: response.current(session, place.ask(step).id))
    assert given is not None
    return given.answers


def test_the_page_says_who_asks_of_whom_by_when_and_holds_the_lesson(place: Scene) -> None:
    page = place.client.get(place.link())
    told = read_page(page.text).text
    for words in ("Morgan Ellery", "Agency A", "Monday 19 October 2026 (in 7 days)", "about 1 minute"):
        assert words in told
    assert "<h4>" in page.text or "<h3>What was learned</h3>" in page.text
    assert "About how many staff should hear this?" in told


def test_an_answer_closes_the_ask_and_opens_the_next(place_anywhere: Scene) -> None:
    place = place_anywhere
    link = place.link()
    sent = place.client.post(link, data=ACK)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{link}/done")
    assert place.ask().state is AskState.ANSWERED
    assert place.ask("cascade").state is AskState.ASKED
    done = read_page(place.client.get(f"{link}/done").text)
    assert "Staff who should hear this 45" in done.text
    assert "By Monday 9 November 2026 (in 28 days) we hope to hear how that went" in done.text


def test_what_is_made_to_be_forwarded_carries_no_token(place: Scene) -> None:
    place.client.post(place.link(), data=ACK)
    page = place.client.get(f"{place.link()}/done").text
    forward = page[page.index("<textarea") : page.index("</textarea>")]
    assert "was not brought" in forward
    assert "/a/" not in forward


def test_two_presses_at_once_are_kept_once(place_anywhere: Scene) -> None:
    place = place_anywhere
    link = place.link()
    fields = read_page(place.client.get(link).text).fields | {"staff": "45"}
    with ThreadPoolExecutor(4) as hands:
        sent = list(hands.map(lambda _: place.client.post(link, data=fields).status_code, range(4)))
    assert sent == [303] * 4
    assert counts(place) == (1, 1)


def test_sending_what_is_known_already_changes_nothing(place: Scene) -> None:
    place.client.post(place.link(), data=ACK)
    before = place.dump()
    fields = read_page(place.client.get(place.link()).text).fields
    assert fields["staff"] == "45"
    assert place.client.post(place.link(), data=fields).status_code == 303
    assert place.dump() == before


def test_a_correction_supersedes_and_so_does_a_correction_back(place: Scene) -> None:
    link, page = place.link(), {"page": "staff", "submission": "one-and-the-same"}
    for staff in (45, 50, 45):
        assert place.client.post(link, data={**page, "staff": str(staff)}).status_code == 303
        assert current(place)["staff"] == staff
    assert counts(place) == (3, 3)


def test_a_missing_number_is_asked_for_and_nothing_is_kept(place: Scene) -> None:
    before = place.dump()
    refused = place.client.post(place.link(), data={"page": "staff", "staff": "", "teams": "Health visitors"})
    assert refused.status_code == 422
    assert "<title>Error: " in refused.text
    page = read_page(refused.text)
    assert "#staff" in page.links
    assert "staff" in page.ids
    assert page.fields["teams"] == "Health visitors"
    assert place.dump() == before


def test_reaching_more_than_there_are_is_refused(place: Scene) -> None:
    place.client.post(place.link(), data=ACK)
    link = place.link("cascade")
    first = place.client.post(link, data={"page": "shared", "shared": "all"})
    fields = read_page(first.text).fields
    assert fields["staff"] == "45"
    typed = {"reached": "46", "basis": "counted", "first_shared": "8/10/2026", "how": "email"}
    refused = place.client.post(link, data={**fields, **typed})
    assert refused.status_code == 422
    assert "cannot be more than staff in scope (45)" in read_page(refused.text).text
    assert place.ask("cascade").state is AskState.ASKED


def test_a_stranger_who_claims_the_last_page_is_still_checked(place: Scene) -> None:
    place.client.post(place.link(), data=ACK)
    typed = {"page": "evidence", "shared": "all", "reached": "99", "staff": "1"}
    assert place.client.post(place.link("cascade"), data=typed).status_code in (200, 422)
    assert place.ask("cascade").state is AskState.ASKED


def test_the_way_back_keeps_what_was_typed(place: Scene) -> None:
    place.client.post(place.link(), data=ACK)
    link = place.link("cascade")
    second = read_page(place.client.post(link, data={"page": "shared", "shared": "some"}).text)
    typed = {**second.fields, "reached": "7", "back": "shared"}
    first = read_page(place.client.post(link, data=typed).text)
    assert first.fields["shared"] == "some"
    assert first.fields["reached"] == "7"


def test_what_was_typed_is_shown_as_text_and_never_as_markup(place: Scene) -> None:
    hostile = '"><script>alert(1)</script>'
    page = place.client.post(place.link(), data={"page": "staff", "staff": hostile, "teams": hostile}).text
    assert "<script>alert" not in page
    assert read_page(page).fields["teams"] == hostile
    place.client.post(place.link(), data={**ACK, "teams": hostile})
    assert "<script>alert" not in place.client.get(f"{place.link()}/done").text
    carried = place.client.post(
        place.link("cascade"), data={"page": "shared", "shared": "all", "said": hostile}
    ).text
    assert "<script>alert" not in carried
    assert read_page(carried).fields["said"] == hostile


def test_an_answer_that_cannot_be_kept_says_so_and_is_still_there(place: Scene) -> None:
    before = place.dump()
    full = FullDatabase(place.house.database.url)
    place.house.database, whole = full, place.house.database
    try:
        refused = TestClient(build_app(place.house)).post(place.link(), data={**ACK, "teams": "Nurses"})
    finally:
        place.house.database = whole
        full.close_now()
    assert refused.status_code == 503
    page = read_page(refused.text)
    assert "was NOT kept" in page.text
    assert "Send again" in page.text
    assert "About how many staff should hear this?" in page.text
    assert (page.fields["staff"], page.fields["teams"]) == ("45", "Nurses")
    assert place.dump() == before


def test_when_somebody_else_answered_the_page_tells_in_which_role(place: Scene) -> None:
    place.client.post(place.link("acknowledge", "Devi A"), data=ACK)
    page = read_page(place.client.get(place.link()).text)
    assert "answered by the deputy on Monday 12 October 2026 at 10:00" in page.text
    assert "Devi" not in page.text
    assert place.client.post(place.link(), data={**ACK, "staff": "46"}).status_code == 303
    assert current(place)["staff"] == 46


def test_an_extended_ask_shows_both_dates(place: Scene) -> None:
    place.client.post(
        f"{place.link()}/more-time", data={"days": "5", "reason": "staff", "digits": place.digits()}
    )
    told = read_page(place.client.get(place.link()).text).text
    assert "Monday 26 October 2026" in told
    assert "First due Monday 19 October 2026" in told


def test_a_late_answer_is_still_taken(place: Scene) -> None:
    asked = place.ask()
    place.write(lambda session: ask.close(session, asked.id, AskState.LAPSED, place.clock.moment))
    assert "still welcome" in place.client.get(place.link()).text
    assert place.client.post(place.link(), data=ACK).status_code == 303
    assert place.ask().state is AskState.ANSWERED


def test_an_answer_given_meanwhile_is_not_replaced_unawares(place: Scene) -> None:
    opened = read_page(place.client.get(place.link()).text).fields | {"staff": "45"}
    place.client.post(place.link("acknowledge", "Devi A"), data={**ACK, "staff": "60"})
    before = place.dump()
    told = place.client.post(place.link(), data=opened)
    page = read_page(told.text)
    assert told.status_code == 409
    assert "answered by the deputy" in page.text
    assert page.fields["staff"] == "45"
    assert place.dump() == before
    assert place.client.post(place.link(), data=page.fields).status_code == 303
    assert current(place)["staff"] == 45
