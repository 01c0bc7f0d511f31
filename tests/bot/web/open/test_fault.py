"""Whatever goes wrong on a family's page is said neutrally, in its language, with help and a way out."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.web.app import build_app
from bot.web.open.fault import OURS, SAID
from store.errors import StoreBusyError
from surveys.phrases import say
from tests.bot.web.make_house import HOST
from tests.bot.web.make_page import PageText, read_page
from tests.bot.web.make_server import call, read_all, serving
from tests.bot.web.open.make_open import OpenScene

BOARD = "West Berkshire"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def fall_over(request: Request) -> Response:
    raise RuntimeError("a fault of ours")


async def find_it_locked(request: Request) -> Response:
    raise StoreBusyError(StoreBusyError.__doc__)


def broken(place: OpenScene) -> Starlette:
    """The pages, and two under the same address that go wrong."""
    app = build_app(place.house, patience=0.2)
    both = ["GET", "POST"]
    app.router.routes[:0] = [
        Route("/s/falls/{language}", fall_over, methods=both),
        Route("/s/locked/{language}", find_it_locked, methods=both),
    ]
    return app


def check_shell(answer_text: str, language: str = "en") -> PageText:
    """What every fault page of families has."""
    page = read_page(answer_text)
    assert {"tel:999", "tel:08001111", "https://www.bbc.co.uk/weather"} <= set(page.links)
    assert BOARD not in answer_text
    assert "/new-link" not in answer_text
    assert f'<html lang="{language}"' in answer_text
    title = answer_text[answer_text.index("<title>") + 7 : answer_text.index("</title>")]
    assert title == say(language, "What you think")
    return page


@pytest.fixture
def client(place: OpenScene) -> TestClient:
    """A browser before pages some of which go wrong."""
    return TestClient(broken(place), base_url=HOST, follow_redirects=False)


@pytest.mark.parametrize(
    ("method", "end", "status", "said"),
    [
        ("GET", "{code}/en/family/more/still", 404, "This survey is not open"),
        ("DELETE", "{code}/en/family", 405, "This page cannot do that"),
        ("POST", "{code}/en/family", 400, "We could not read what was sent"),
        ("GET", "falls/en", 500, "What you sent was not kept"),
        ("GET", "locked/en", 503, "Please try again in a moment"),
    ],
)
def test_each_fault_has_the_frame_of_families(
    place: OpenScene, client: TestClient, method: str, end: str, status: int, said: str
) -> None:
    answer = client.request(method, f"/s/{end.format(code=place.codes['family'])}")
    assert answer.status_code == status
    assert said in check_shell(answer.text).text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("language", ["pl", "ur", "en-x-easy"])
def test_it_is_said_in_the_language_of_the_address(client: TestClient, language: str) -> None:
    for path in (f"/s/falls/{language}", f"/s/locked/{language}", f"/s/a/{language}/b/c/d"):
        shown = client.get(path)
        check_shell(shown.text, language)
        assert "Something went wrong here, not with you" not in shown.text


def test_a_language_without_words_is_answered_in_english(client: TestClient) -> None:
    check_shell(client.get("/s/falls/xx").text)


def test_what_is_too_much_is_refused_so(place: OpenScene, client: TestClient) -> None:
    much = b"why=" + b"x" * place.house.settings.web.largest_body
    answer = client.post(place.address(), content=much, headers=FORM)
    assert answer.status_code == 413
    assert "start again, and write less" in check_shell(answer.text).text


def test_what_another_site_sends_is_refused_so(place: OpenScene, client: TestClient) -> None:
    answer = client.post(place.address(), data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    check_shell(answer.text)


def test_what_is_too_slow_is_refused_so(place: OpenScene) -> None:
    with serving(broken(place)) as host, call(host) as line:
        head = f"POST {place.address()} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n"
        line.sendall(f"{head}Content-Type: {FORM['Content-Type']}\r\n\r\nwhy=".encode())
        told = read_all(line)
    assert " 408 " in told.splitlines()[0]
    assert "That took too long" in check_shell(told).text


def test_what_could_not_be_kept_is_still_on_the_page(client: TestClient) -> None:
    sent = {"why": "A bus pass.", "submission": "abcdefgh"}
    answer = client.post("/s/locked/en", data=sent)
    assert answer.status_code == 503
    page = check_shell(answer.text)
    assert page.fields == sent
    assert "Your answers are still on this page" in page.text


@pytest.mark.parametrize("path", ["{code}/pl/family", "{code}/pl"])
def test_what_is_lost_is_not_promised_and_the_way_to_begin_again_is_there(
    place: OpenScene, client: TestClient, path: str
) -> None:
    code = place.codes["family"]
    much = b"why=" + b"x" * place.house.settings.web.largest_body
    shown = read_page(client.post(f"/s/{path.format(code=code)}", content=much, headers=FORM).text)
    assert f"/s/{code}/pl" in shown.links
    assert "powrót do poprzedniej strony nie pokaże wpisanej treści" in shown.text


@pytest.mark.parametrize("status", [400, 408, 413, 500])
def test_nobody_is_sent_back_in_the_browser_for_what_they_typed(status: int) -> None:
    _, advice = SAID.get(status, OURS)
    assert "going back does not show what you typed. Please start again" in advice


def test_what_could_not_be_kept_can_be_given_up(client: TestClient) -> None:
    sent = {"why": "A bus pass.", "submission": "abcdefgh"}
    shown = client.post("/s/locked/en", data=sent).text
    assert 'class="leave"' in shown
    assert '<form method="post" action="/s/locked/en"' in shown
    assert 'value="yes" name="stop-here"' in shown


@pytest.mark.parametrize(("how", "said"), [("yes", "You stopped"), ("leave", "Leaving this page")])
def test_whoever_stops_does_so_though_the_records_cannot_be_read(
    client: TestClient, how: str, said: str
) -> None:
    sent = {"why": "A bus pass.", "submission": "abcdefgh", "stop-here": how}
    answer = client.post("/s/locked/en", data=sent)
    assert answer.status_code == 200
    page = read_page(answer.text)
    assert said in page.text
    assert page.fields == {}
    assert "A bus pass." not in answer.text
    assert "https://www.bbc.co.uk/weather" in page.links


def test_pages_of_staff_stay_as_they_are(place: OpenScene, client: TestClient) -> None:
    answer = client.get("/a/nowhere/at/all")
    assert answer.status_code == 404
    assert BOARD in answer.text
    assert "999" not in answer.text


@pytest.mark.parametrize(
    ("behind", "begins"),
    [
        ("?entered=paper", "?entered=paper"),
        ("?entered=elsewhere", ""),
        ("/family?entered=telephone", "?entered=telephone"),
        ("/contact", "/contact"),
    ],
)
def test_beginning_again_keeps_who_typed_it_and_what_it_was(
    place: OpenScene, behind: str, begins: str
) -> None:
    above = f"/s/{place.codes['family']}/en"
    much = b"why=" + b"x" * place.house.settings.web.largest_body
    typed = {"content-type": "application/x-www-form-urlencoded"}
    page = read_page(place.client.post(f"{above}{behind}", content=much, headers=typed).text)
    assert f"{above}{begins}" in page.links
