"""Builders: somebody before the pages of their own, and the digits that went to them."""

import re
from dataclasses import dataclass, replace

from starlette.testclient import TestClient

from bot.web.app import build_app
from messages.proof.passes import six_digits
from store.letters.passcode import Passcode
from tests import make
from tests.bot.web.make_house import HOST, Scene
from tests.bot.web.make_page import PageText, read_page

ROWAN = make.address("Rowan A", make.domain_of("Agency A"))


def browser(place: Scene, base_url: str = HOST) -> TestClient:
    """A browser of its own before the same house, whose pages lose no time on purpose."""
    app = build_app(place.house)
    app.state.site = replace(app.state.site, code_pace=0.0)
    return TestClient(app, base_url=base_url, follow_redirects=False)


def passcodes(place: Scene) -> list[Passcode]:
    """Every letter with digits, the oldest first."""
    return place.read(lambda session: session.query(Passcode).order_by(Passcode.made_at).all())


def digits(place: Scene) -> str:
    """The digits of the newest letter."""
    return six_digits(place.house.identity.keyring, passcodes(place)[-1].id)


def signed_in(place: Scene, email: str = ROWAN) -> "Visitor":
    """A browser in which somebody has signed in."""
    client = browser(place)
    client.post("/my/code", data={"email": email})
    assert client.post("/my/enter", data={"email": email, "digits": digits(place)}).status_code == 303
    return Visitor(client)


@dataclass
class Visitor:
    """A browser, and what somebody does in it."""

    client: TestClient

    def page(self, path: str = "/my") -> PageText:
        """Look at a page."""
        return read_page(self.client.get(path).text)

    def press(self, path: str, **typed: object) -> "tuple[int, str, str]":
        """Send a form with the stamp of their page: status, where it leads, and the page."""
        stamp = self.page().fields.get("stamp", "")
        answer = self.client.post(path, data={"stamp": stamp, **typed})
        return answer.status_code, answer.headers.get("location", ""), answer.text

    def asks(self) -> list[str]:
        """The questions that can be opened from their page."""
        return re.findall(r'name="ask" value="([^"]+)"', self.client.get("/my").text)
