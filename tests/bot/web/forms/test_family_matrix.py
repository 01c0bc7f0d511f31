"""A long matrix put to families is answered by keyboard on a narrow phone, a few lines a page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Session
from store.people.board import Board
from surveys.forms.form import Form
from tests.bot.web.forms.conftest import Desk
from tests.bot.web.forms.make_answers import answer_whole
from tests.bot.web.forms.make_walks import PHONE, Served, Walk, go, hold
from tests.bot.web.make_browser import needs_axe
from tests.bot.web.make_server import serving
from tests.bot.web.open.make_open import FAMILY, open_scene, open_survey

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_axe]

ASPECTS = (
    "Being listened to",
    "Knowing what would happen next",
    "Having one person to ask",
    "Being told in plain words",
    "Meetings at times that suited us",
    "Support for the children",
    "Support for the grown-ups",
    "Being believed",
    "How it ended",
)
MATRIX: dict[str, Any] = {
    "kind": "matrix",
    "name": "help_with",
    "label": "How was each of these?",
    "lines": [{"value": f"part_{place}", "label": text} for place, text in enumerate(ASPECTS, 1)],
    "columns": [
        {
            "kind": "single",
            "name": "went",
            "label": "How it went",
            "required": True,
            "choices": [{"value": "well", "label": "Well"}, {"value": "badly", "label": "Badly"}],
        }
    ],
}
WHY = {"kind": "long_text", "name": "why", "label": "What went badly?", "relevant": "${went} = 'badly'"}
SECTIONS = [{"name": "help", "title": "The help", "questions": [MATRIX, WHY]}]


@pytest.mark.drill
async def test_nine_lines_are_answered_by_keyboard_without_scripts(
    desk: Desk, new_database: Callable[[str, Path, bool], str], tmp_path: Path
) -> None:
    asked = Form.from_json(FAMILY | {"key": "matrix", "sections": SECTIONS})
    place = open_scene(new_database("sqlite", tmp_path, True), tmp_path)

    def make(session: Session) -> str:
        return open_survey(session, session.query(Board).one(), "matrix", [asked]).code

    code = place.write(make)
    raw, answers = answer_whole(asked, place.clock.moment.date())
    walk = Walk(asked, f"/s/{code}/en/matrix", raw, answers.to_json(), "en")
    with serving(place.client.app) as host:
        outcome = await go(walk, Served(place, host), await desk.sit(PHONE), PHONE)
    assert outcome.has_erred
    assert len(walk.kept["help_with"]) == len(ASPECTS)  # type: ignore[arg-type]  # every line of a table
    hold(walk, outcome)
    place.house.database.close_now()
