"""Builders: a house with a family survey and its open code, and whoever stands before the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from starlette.testclient import TestClient

from bot.settings import Settings, Web
from bot.web.app import build_app
from bot.web.open.rush import Rush
from bot.wiring import House
from messages.letters.identity import Identity
from store import installation, rows
from store.database import Database, Session
from store.people.board import Board
from store.surveying import code, reader, signed_translation
from store.surveying.box import WaitingAnswer
from store.surveying.code import OpenCode
from store.surveying.contact_wish import ContactWish
from surveys import library
from surveys.forms.form import Form
from tests import make, make_asking
from tests.bot.make_ready import TODAY, check_helplines, sign_words, staff_rota
from tests.bot.web.make_house import HOST, StandingClock
from tests.bot.web.make_page import PageText, read_page

T = TypeVar("T")
NOTICE = "We don't read this straight away. If you or someone else is in danger, ring 999."

FAMILY: dict[str, Any] = {
    "key": "family",
    "version": 1,
    "title": "How was the help?",
    "purpose": "So that the next family is helped better.",
    "minutes": 3,
    "privacy": "anonymous",
    "audience": "family",
    "pace": "question",
    "consent": "It is up to you. Saying no changes nothing.",
    "notice": NOTICE,
    "sections": [
        {
            "name": "help",
            "title": "The help",
            "questions": [
                {"kind": "yes_no", "name": "listened", "label": "Did they listen?"},
                {
                    "kind": "single",
                    "name": "safety",
                    "label": "How safe are you now?",
                    "choices": [
                        {"value": "better", "label": "Safer"},
                        {"value": "worse", "label": "Less safe"},
                    ],
                },
                {
                    "kind": "help",
                    "name": "who_helps",
                    "label": "It is all right to ask for help.",
                    "relevant": "${safety} = 'worse'",
                },
                {"kind": "long_text", "name": "why", "label": "What should change?"},
            ],
        }
    ],
}
CHILD: dict[str, Any] = FAMILY | {
    "key": "child",
    "title": "Tell us",
    "audience": "child",
    "ages": {"from": 4, "to": 7},
    "sections": [
        {
            "name": "helper",
            "title": "Your helper",
            "questions": [
                {
                    "kind": "faces",
                    "name": "listened",
                    "label": "Did they listen to you?",
                    "choices": [
                        {"value": "yes", "label": "Yes", "face": 5},
                        {"value": "bit", "label": "A bit", "face": 3},
                        {"value": "no", "label": "No", "face": 1},
                    ],
                }
            ],
        }
    ],
}
STAFF: dict[str, Any] = FAMILY | {
    "key": "staff",
    "title": "Did {lesson} reach {agency}?",
    "audience": "staff",
    "sections": [
        {
            "name": "reach",
            "title": "Who heard it",
            "questions": [{"kind": "yes_no", "name": "heard", "label": "Had you heard of {lesson}?"}],
        }
    ],
}
POLISH = {
    "How was the help?": "Jak oceniasz pomoc?",
    "The help": "Pomoc",
    "Did they listen?": "Czy słuchano?",
    "It is up to you. Saying no changes nothing.": "To zależy od ciebie.",
}


@dataclass
class OpenScene:
    """A house with open surveys, its clock, and a browser before its door."""

    house: House
    clock: StandingClock
    client: TestClient
    codes: dict[str, str] = field(default_factory=dict)

    def read(self, fn: Callable[[Session], T]) -> T:
        """Ask the database."""
        return self.house.database.read_now(fn)

    def write(self, fn: Callable[[Session], T]) -> T:
        """Change the database."""
        return self.house.database.write_now(fn)

    def address(self, name: str = "family", language: str = "en", version: str = "") -> str:
        """Where a survey's pages in a language are."""
        return f"/s/{self.codes[name]}/{language}/{version or name}"

    def page(self, path: str) -> PageText:
        """A page as it is read."""
        return read_page(self.client.get(path).text)

    def start(self, address: str, **typed: str) -> dict[str, str]:
        """Press Start; gives the fields of the first page of questions."""
        return read_page(self.client.post(address, data={"start-here": "yes", **typed}).text).fields

    def waiting(self) -> list[WaitingAnswer]:
        """What lies in the box."""
        return self.read(lambda session: session.query(WaitingAnswer).all())

    def wishes(self) -> list[ContactWish]:
        """Who wants to be contacted."""
        return self.read(lambda session: session.query(ContactWish).all())

    def dump(self, but: str = "") -> str:
        """Every row of every table but one, as one text."""

        def every(session: Session) -> str:
            tables = [table for table in rows.TABLES if table.name != but]
            kept = {table.name: sorted(map(repr, session.execute(table.select()))) for table in tables}
            return "\n".join(f"{name} {lines}" for name, lines in kept.items())

        return self.read(every)


def open_survey(
    session: Session, board: Board, name: str, forms: list[Form], *, keys: list[str] | None = None
) -> OpenCode:
    """A live campaign with a step for each form, and a code of one setting."""
    campaign = make_asking.asking(session, board, name, "What families say", lesson="Wren")
    for position, one in enumerate(forms, 1):
        make_asking.step(
            session,
            campaign,
            one.key,
            position=position,
            version=one.version,
            title=one.title,
            said=dict(one.to_json()),
            is_open=True,
            named=keys[position - 1] if keys else None,
        )
    return code.make(session, board.id, campaign.id, "Willow Family Centre", 40, make.START)


def sign(session: Session, key: str, language: str, texts: dict[str, str]) -> None:
    """A translation that a person has signed off, with the words around the questions."""
    kept = signed_translation.keep(session, None, key, 1, language, texts)
    signed_translation.sign(session, kept, "ewa.nowak@example.org", make.START)
    sign_words(session, session.query(Board).one(), language)


def name_reader(place: OpenScene, language: str) -> None:
    """Somebody who reads a language."""

    def write(session: Session) -> None:
        board = session.query(Board).one()
        reader.name_reader(session, board.id, language, "Ewa Nowak", "ewa.nowak@example.org")

    place.write(write)


def open_scene(
    url: str,
    folder: Path,
    *,
    rush: Rush | None = None,
    shipped: bool = False,
    is_demo: bool = False,
    exit_to: str = "https://www.bbc.co.uk/weather",
) -> OpenScene:
    """One board and its surveys: of a family, of a small child, of staff; or the shipped ones."""
    settings = Settings(database=url, base_url=HOST, key_file=folder / "none", web=Web(exit_to=exit_to))
    identity = Identity(HOST, settings.mailbox, make.IDENTITY.keyring, make.ZONE)
    house = House(settings, Database(url), identity, StandingClock())

    def fill(session: Session) -> dict[str, str]:
        board = make.board(session)
        staff_rota(session, board, first=TODAY, days=2)
        check_helplines(session, board)
        if is_demo:
            installation.set_virtual(session, make.START)
        if shipped:
            young = [library.load(key) for key in ("s5_younger", "s5_middle", "s5_older")]
            made = {
                "s5": open_survey(session, board, "s5", young, keys=["younger", "middle", "older"]),
                "s6": open_survey(session, board, "s6", [library.load("s6")]),
                "s1": open_survey(session, board, "s1", [library.load("s1")]),
            }
        else:
            made = {
                one["key"]: open_survey(session, board, one["key"], [Form.from_json(one)])
                for one in (FAMILY, CHILD, STAFF)
            }
            sign(session, "family", "pl", POLISH)
        return {name: each.code for name, each in made.items()}

    codes = house.database.write_now(fill)
    app = build_app(house, rush=rush)
    client = TestClient(app, base_url=HOST, follow_redirects=False)
    return OpenScene(house, house.clock, client, codes)  # type: ignore[arg-type]  # it is the one made here
