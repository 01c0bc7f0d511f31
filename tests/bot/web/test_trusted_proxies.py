"""Only a web server that is named in the settings may say for whom it asks."""

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.serve import configure_pages
from bot.settings import Settings, Web
from tests.bot.web.make_house import Scene
from tests.bot.web.make_server import serving

FOR_SOMEBODY = {"X-Forwarded-For": "203.0.113.9"}


async def tell(request: Request) -> PlainTextResponse:
    """From where a request is taken to come."""
    return PlainTextResponse(request.client.host if request.client else "")


def place_seen(*trusted: str, headers: dict[str, str] | None = None) -> str:
    with serving(Starlette(routes=[Route("/", tell)]), trusted) as host:
        return httpx2.get(host, headers=headers or FOR_SOMEBODY, trust_env=False).text


def test_nobody_is_believed_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert place_seen() == "127.0.0.1"


def test_a_proxy_of_another_address_is_not_believed() -> None:
    assert place_seen("192.0.2.7", "10.0.0.0/8") == "127.0.0.1"


@pytest.mark.parametrize("trusted", ["127.0.0.1", "127.0.0.0/8"])
def test_a_proxy_that_is_named_tells_who_asks(trusted: str) -> None:
    assert place_seen(trusted) == "203.0.113.9"


@pytest.mark.parametrize("trusted", [(), ("10.0.0.0/8", "127.0.0.1")])
def test_the_pages_are_served_by_what_the_settings_say(place: Scene, trusted: tuple[str, ...]) -> None:
    place.house.settings = Settings(web=Web(trusted_proxies=trusted))
    configured = configure_pages(place.house)
    assert (configured.proxy_headers, configured.forwarded_allow_ips) == (bool(trusted), list(trusted))


def test_what_a_visitor_wrote_before_the_proxy_is_not_believed() -> None:
    assert place_seen("127.0.0.1", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}) == "203.0.113.9"
