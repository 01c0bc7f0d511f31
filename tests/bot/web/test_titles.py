"""The title of a page, as it stands on a tab: it says nothing twice."""

import re

from store.asking.campaign import Campaign, Step
from store.database import Session
from tests.bot.web.make_house import Scene


def title(place: Scene) -> str:
    found = re.search(r"<title>(.*?)</title>", place.client.get(place.link()).text)
    assert found is not None
    return found[1]


def test_a_step_that_is_called_as_its_campaign_is_named_once(place: Scene) -> None:
    def call_alike(session: Session) -> None:
        step = session.get_one(Step, place.ask().step_id)
        session.get_one(Campaign, step.campaign_id).title = step.title = "Training needs"

    place.write(call_alike)
    assert title(place).count("Training needs") == 1


def test_a_step_of_its_own_name_is_named_with_its_campaign(place: Scene) -> None:
    def call_otherwise(session: Session) -> None:
        step = session.get_one(Step, place.ask().step_id)
        step.title, session.get_one(Campaign, step.campaign_id).title = "A draft", "Training needs"

    place.write(call_otherwise)
    assert title(place).startswith("A draft, Training needs ")
