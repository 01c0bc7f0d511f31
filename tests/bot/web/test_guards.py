import logging

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.web.app import build_app, configure_server
from bot.web.tries import Tries
from store.errors import StoreBusyError
from tests.bot.web.make_house import HOST, Scene
from tests.bot.web.make_page import read_page

ACK = {"page": "staff", "staff": "45"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HOST},
    ],
)
def test_what_another_site_posts_is_refused(place: Scene, headers: dict[str, str]) -> None:
    before = place.dump()
    assert place.client.post(place.link(), data=ACK, headers=headers).status_code == 403
    assert place.dump() == before


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": HOST}, {"Origin": "null"}]
)
def test_what_our_own_page_posts_is_taken(place: Scene, headers: dict[str, str]) -> None:
    assert place.client.post(place.link(), data=ACK, headers=headers).status_code == 303


def test_a_body_over_the_limit_is_refused_unread(place: Scene) -> None:
    before = place.dump()
    large = b"staff=45&teams=" + b"x" * place.house.settings.web.largest_body
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    declared = place.client.post(place.link(), content=large, headers=kind)
    streamed = place.client.post(
        place.link(), content=iter([large[:9_000]] + [b"x" * 9_000] * 9), headers=kind
    )
    for refused in (declared, streamed):
        assert refused.status_code == 413
        assert "not kept" in read_page(refused.text).text
    assert place.dump() == before


def test_files_and_floods_of_fields_are_refused(place: Scene) -> None:
    before = place.dump()
    assert place.client.post(place.link(), files={"staff": ("x.exe", b"45")}).status_code == 400
    many = {f"f{number}": "x" for number in range(2_000)}
    assert place.client.post(place.link(), data=many).status_code == 400
    assert place.dump() == before


def test_every_refusal_is_a_page(place: Scene) -> None:
    for status, answer in {
        404: place.client.get("/nothing"),
        405: place.client.delete("/new-link"),
    }.items():
        assert answer.status_code == status
        assert "</html>" in answer.text
        assert "morgan.ellery@west.example.org" in answer.text
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("path", ["/new-link/", "/a/x/", "/a/x/done/", "/healthz/", "/static", "/u/x/"])
def test_a_slash_too_many_is_no_page_and_leads_nowhere(place: Scene, path: str) -> None:
    """Were it sent on, the way would be built from the host that the request names."""
    for method in ("GET", "POST"):
        answer = place.client.request(method, path, headers={"Host": "elsewhere.example"})
        assert answer.status_code == 404
        assert "location" not in answer.headers
        assert "elsewhere" not in answer.text


async def fall_over(request: Request) -> Response:
    raise RuntimeError("a fault of ours")


async def find_it_locked(request: Request) -> Response:
    raise StoreBusyError(StoreBusyError.__doc__)


def test_a_fault_of_ours_is_a_page_and_a_line_in_the_log_without_the_token(
    place: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    app = build_app(place.house, demo_routes=[Route("/fall/{token}", fall_over)])
    with caplog.at_level(logging.INFO, logger="bot"):
        answer = TestClient(app).get("/fall/secret-token-of-somebody")
    assert answer.status_code == 500
    assert "has been noted" in answer.text
    assert "content-security-policy" in answer.headers
    assert "a fault of ours" in caplog.text
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    assert "secret-token" not in "".join(caplog.handler.format(record) for record in ours)


def test_what_a_locked_database_did_not_keep_is_carried_to_the_next_press(place: Scene) -> None:
    app = build_app(place.house, demo_routes=[Route("/locked", find_it_locked, methods=["POST"])])
    answer = TestClient(app).post("/locked", data={"name": "Kit", "digits": "07"})
    assert answer.status_code == 503
    assert read_page(answer.text).fields == {"name": "Kit", "digits": "07"}
    assert "NOT kept" in answer.text


def test_the_log_names_routes_and_never_a_token(place: Scene, caplog: pytest.LogCaptureFixture) -> None:
    link = place.link()
    with caplog.at_level(logging.INFO, logger="bot"):
        place.client.get(link)
        place.client.post(f"{link}/more-time", data={"digits": "00"})
        place.client.get("/a/tampered-with")
    told = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert [line.rsplit(" ", 2)[0] for line in told] == [
        "GET show_ask 200",
        "POST take_more_time 422",
        "GET show_ask 404",
    ]
    assert configure_server(build_app(place.house), "127.0.0.1", 0).access_log is False


def test_tries_are_forgotten_after_their_time() -> None:
    now = [0.0]
    tries = Tries(2, 10.0, lambda: now[0])
    tries.count("a")
    now[0] = 5.0
    tries.count("a")
    assert tries.exhausted("a")
    assert not tries.exhausted("b")
    now[0] = 10.5
    assert not tries.exhausted("a")
