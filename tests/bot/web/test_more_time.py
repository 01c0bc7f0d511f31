from datetime import date, timedelta

from bot.web.site import WRONG_DIGITS
from messages.changes import more_time
from messages.changes.extensions import ExtensionRule
from messages.launching.campaign_rules import EXTENSION
from store import chore
from store.asking import extension
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.asking.extension import Extension
from store.chore import ChoreKind
from store.database import Session
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page


def form(place: Scene, **changed: str) -> dict[str, str]:
    return {"days": "5", "reason": "inspection", "digits": place.digits()} | changed


def asked_for(place: Scene) -> list[Extension]:
    return place.read(lambda session: extension.of_ask(session, place.ask().id))


def wrong(place: Scene) -> str:
    return f"{(int(place.digits()) + 1) % 100:02d}"


def test_a_first_request_in_time_is_granted_at_once(place_anywhere: Scene) -> None:
    place = place_anywhere
    link = f"{place.link()}/more-time"
    sent = place.client.post(link, data=form(place))
    assert (sent.status_code, sent.headers["location"]) == (303, f"{link}/done")
    assert place.ask().due_on == date(2026, 10, 26)
    assert "The new date is Monday 26 October 2026" in read_page(place.client.get(f"{link}/done").text).text


def test_a_long_request_waits_for_a_person(place: Scene) -> None:
    link = f"{place.link()}/more-time"
    place.client.post(link, data=form(place, days="other", other_days="30", reason="scale"))
    assert place.ask().due_on == date(2026, 10, 19)
    assert "A person decides within two working days" in place.client.get(f"{link}/done").text
    waiting = place.read(lambda session: chore.waiting(session))
    assert [one.kind for one in waiting] == [ChoreKind.DECIDE_EXTENSION]


def test_two_presses_are_one_request(place: Scene) -> None:
    for _ in range(2):
        assert place.client.post(f"{place.link()}/more-time", data=form(place)).status_code == 303
    assert len(asked_for(place)) == 1
    place.clock.moment += timedelta(hours=1)
    place.client.post(f"{place.link()}/more-time", data=form(place))
    assert len(asked_for(place)) == 2


def test_nothing_is_granted_without_the_digits_of_the_letter(place: Scene) -> None:
    before = place.dump()
    for digits in ("", wrong(place), place.digits(name="Devi A") + "x"):
        refused = place.client.post(f"{place.link()}/more-time", data=form(place, digits=digits))
        assert refused.status_code == 422
        assert "#digits" in read_page(refused.text).links
    assert place.dump() == before


def test_digits_cannot_be_guessed_by_trying_them_all(place: Scene) -> None:
    link = f"{place.link()}/more-time"
    for _ in range(WRONG_DIGITS):
        place.client.post(link, data=form(place, digits=wrong(place)))
    refused = place.client.post(link, data=form(place))
    assert refused.status_code == 422
    assert "too many tries" in refused.text
    assert asked_for(place) == []


def test_what_is_missing_is_asked_for_by_name(place: Scene) -> None:
    cases = {
        "#days": form(place, days=""),
        "#other_days": form(place, days="other", other_days="61"),
        "#reason": form(place, reason="dog"),
        "#other_reason": form(place, reason="other"),
    }
    for target, typed in cases.items():
        page = read_page(place.client.post(f"{place.link()}/more-time", data=typed).text)
        assert target in page.links
        assert target.removeprefix("#") in page.ids
    assert asked_for(place) == []


def test_an_answered_ask_has_nothing_to_extend(place: Scene) -> None:
    place.client.post(place.link(), data={"page": "staff", "staff": "45"})
    assert "nothing to extend" in place.client.get(f"{place.link()}/more-time").text
    assert place.client.post(f"{place.link()}/more-time", data=form(place)).status_code == 422
    assert asked_for(place) == []


def test_a_request_that_was_declined_is_told_and_may_be_made_again(place: Scene) -> None:
    link = f"{place.link()}/more-time"
    place.client.post(link, data=form(place, days="other", other_days="30"))
    ask_id, moment = place.ask().id, place.clock.moment
    place.write(
        lambda session: more_time.turn_down(session, session.get_one(Ask, ask_id), "no", moment, "morgan")
    )
    assert "The date stays as it is" in place.client.get(f"{link}/done").text
    assert "the date stays Monday 19 October 2026" in read_page(place.client.get(link).text).text
    wrong = place.client.post(link, data=form(place, days=""))
    assert wrong.status_code == 422
    assert "the date stays Monday 19 October 2026" in read_page(wrong.text).text
    place.clock.moment += timedelta(hours=1)
    assert place.client.post(link, data=form(place)).status_code == 303
    assert [one.state.value for one in asked_for(place)] == ["declined", "asked"]


def test_more_time_for_a_report_names_the_chair_the_day_and_its_own_reasons(place: Scene) -> None:
    def lay_down(session: Session) -> None:
        wanted = session.query(Campaign).one()
        wanted.values = {**wanted.values, EXTENSION: ExtensionRule.PANEL.value}

    place.write(lay_down)
    link = f"{place.link()}/more-time"
    page = read_page(place.client.get(link).text).text
    assert "goes to the chair of the review panel" in page
    assert "A criminal case or an inquest runs beside it" in page
    assert "An inspection" not in page
    place.client.post(link, data=form(place, reason="parallel"))
    assert place.ask().due_on == date(2026, 10, 19)
    done = read_page(place.client.get(f"{link}/done").text).text
    assert "The chair of the review panel decides by Wednesday 14 October 2026" in done
