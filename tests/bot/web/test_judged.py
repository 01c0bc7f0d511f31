"""What was sent back stands filled in with its points beside the questions, until it was judged again."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.hearing import judging
from store.answers import judgement, response
from store.answers.judgement import Outcome
from store.asking.ask import AskState
from store.database import Session
from surveys.answering.intake import Refusal, answers_of
from surveys.judging.judging import Judged, Verdict
from surveys.judging.points import Point, Score, take_point
from tests.bot.web.make_form import ask_form, keep_form, names_of, send
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page
from tests.bot.web.test_tasks import FORM
from tests.make import ZONE

BY = "morgan.ellery@west.example.org"
TYPED = {"affected": "yes", "updated": "done", "changed": "slides", "declared_by": "Rowan A"}


def fill(place: Scene, path: str, **typed: str) -> Any:
    """Go through the pages of a form, with some fields filled in on whichever page they stand."""
    answer = place.client.get(path)
    for _ in range(12):
        if answer.status_code == 303:
            return answer
        known = {name: value for name, value in typed.items() if name in names_of(answer.text)}
        answer = send(place, path, answer.text, known)
    raise AssertionError(answer.text)


def make_of(place: Scene, outcome: Outcome, *typed: str, scores: Mapping[str, Score] | None = None) -> None:
    """What the board makes of Agency A's answer."""

    def write(session: Session) -> Judged | Refusal:
        asked, now = place.ask("robin"), place.clock.moment
        given = response.current(session, asked.id)
        assert given is not None
        form, answers = answers_of(session, given)
        found = [take_point(form, answers.values, one) for one in typed]
        points = tuple(one for one in found if isinstance(one, Point))
        assert len(points) == len(typed), found
        verdict = Verdict(outcome, points, scores or {})
        if outcome.reopens:
            return judging.send_back(session, asked, verdict, now, BY, ZONE, again=True)
        return judging.accept(session, asked, verdict, now, BY)

    done = place.write(write)
    assert isinstance(done, Judged), done


@pytest.fixture
def path(place: Scene) -> str:
    """Agency A's page, answered and not judged yet."""
    made = ask_form(place, "assurance", "robin", lesson="Wren", change="lesson")
    fill(place, made, **TYPED)
    assert place.ask("robin").state is AskState.ANSWERED
    return made


def test_a_point_stands_on_top_and_beside_its_question_with_the_answer_filled_in(
    place: Scene, path: str
) -> None:
    assert "The Board reads it" in place.client.get(path).text
    make_of(place, Outcome.SENT_BACK, "affected: all of it?", "Please say more about <b>when</b>.")
    page = place.client.get(path).text
    told = read_page(page)
    assert "Points from the Board" in told.text
    assert "Nothing more is needed" not in told.text
    assert "#affected" in told.links
    assert told.text.index("“Training affected”: all of it?") < told.text.index("The Board asks: all of it?")
    assert "Please say more about &lt;b&gt;when&lt;/b&gt;." in page
    assert told.fields["affected"] == "yes"
    assert "digits" not in names_of(page)


def test_opening_and_turning_its_pages_by_a_program_changes_nothing(place: Scene, path: str) -> None:
    make_of(place, Outcome.SENT_BACK, "changed: which?")
    before = place.dump()
    with pytest.raises(AssertionError, match="Your two digits"):
        fill(place, path)
    assert place.dump() == before


def test_sent_again_it_waits_for_the_board_and_the_points_stay_until_it_is_judged(
    place: Scene, path: str
) -> None:
    make_of(place, Outcome.SENT_BACK, "changed: which?")
    fill(place, path, changed="handout", digits=place.digits("robin"))
    assert place.ask("robin").state is AskState.ANSWERED
    told = read_page(place.client.get(path).text).text
    assert "You were asked to look again at this." in told
    assert "“What changed”: which?" in told
    make_of(place, Outcome.ACCEPTED, scores={"updated": Score("in_progress", "two teams are to follow")})
    told = read_page(place.client.get(path).text).text
    assert "The Board accepted it on" in told
    assert "which?" not in told
    done = read_page(place.client.get(f"{path}/done").text).text
    assert "How the Board sees it" in done
    assert "In progress, because two teams are to follow" in done


def test_the_same_answer_may_come_again_and_its_drafts_are_kept_meanwhile(place: Scene, path: str) -> None:
    make_of(place, Outcome.SENT_BACK, "changed: which?")
    page = send(place, path, place.client.get(path).text, {"affected": "no"}).text
    assert "not_affected_reason" in names_of(page)
    assert "not_affected_reason" in names_of(place.client.get(path).text)
    fill(place, path, affected="yes", digits=place.digits("robin"))
    assert place.ask("robin").state is AskState.ANSWERED
    assert place.read(lambda s: len(judgement.returned(s))) == 1


def test_whoever_is_drawn_is_asked_for_evidence_from_then_on(place: Scene, path: str) -> None:
    assert "evidence" not in names_of(place.client.get(path).text)
    make_of(place, Outcome.ACCEPTED)
    make_of(place, Outcome.SAMPLED, "evidence: where is it kept?")
    fill(place, path, evidence="Register 7", digits=place.digits("robin"))
    given = place.read(lambda s: response.current(s, place.ask("robin").id))
    assert given is not None
    assert (given.answers["evidence"], given.answers["evidence_requested"]) == ("Register 7", "yes")


def test_in_a_long_form_each_point_leads_to_its_section(place: Scene) -> None:
    path = ask_form(place, keep_form(place, FORM), "robin")
    for section, typed in (("staff", {"headcount": "4"}), ("sign_off", {"by": "Rowan A"})):
        page = place.client.get(f"{path}/sections/{section}").text
        send(place, f"{path}/sections/{section}", page, typed)
    page = place.client.get(f"{path}/sections/courses").text
    send(place, f"{path}/sections/courses", page)
    sent = send(
        place, f"{path}/check", place.client.get(f"{path}/check").text, {"digits": place.digits("robin")}
    )
    assert sent.status_code == 303, sent.text
    make_of(place, Outcome.SENT_BACK, "headcount: as at which day?", "staff: and volunteers?")
    tasks = read_page(place.client.get(path).text)
    assert tasks.links.count(f"{path}/sections/staff") == 3
    page_of = read_page(place.client.get(f"{path}/sections/staff").text)
    assert "The Board asks: as at which day?" in page_of.text
    assert "The Board asks: and volunteers?" in page_of.text
    assert page_of.fields["headcount"] == "4"
