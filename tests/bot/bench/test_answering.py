"""The answering bench sends real answers, and says which of them were lost or kept twice."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.bench import questions, respondents
from bot.bench.answering import count_faults
from bot.bench.command import bench
from bot.bench.respondents import Errand
from store.asking import campaign
from store.database import Database, Session
from store.surveying import box
from store.surveying.box import Given
from store.surveying.code import OpenCode
from tests import make
from tests.bot.web.make_server import serving

PAGE = '<form><input type="hidden" name="page" value="one"><input type="hidden" name="typed" value=""></form>'


def app_that(answers: Callable[[Request], Awaitable[Response]]) -> Starlette:
    """A page with hidden fields, and what becomes of the answers sent from it."""

    async def show(_: Request) -> Response:
        return HTMLResponse(PAGE)

    return Starlette(routes=[Route("/a", show), Route("/a", answers, methods=["POST"])])


def port_of(place: str) -> int:
    return int(place.rpartition(":")[2])


@pytest.mark.drill
def test_the_answering_bench_keeps_every_answer_it_counts(empty_database_url: str) -> None:
    given = ["answer", "--n", "40", "--connections", "8", "--database", empty_database_url, "--json"]
    done = CliRunner().invoke(bench, given, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert figures["database"] == empty_database_url.partition(":")[0].partition("+")[0]
    for way in ("asks", "codes"):
        found = figures[way]
        assert (found["answers"], found["lost"], found["twice"], found["errors"]) == (40, 0, 0, {})
        assert 0 < found["get_ms"]["p50"] <= found["get_ms"]["p95"] <= found["get_ms"]["p99"]
        assert 0 < found["post_ms"]["p50"] <= found["post_ms"]["p99"]
        assert found["answers_per_s"] > 0
    assert figures["asks"]["letters_sent"] + figures["codes"]["letters_sent"] > 0


def test_a_database_that_is_in_use_is_refused(database_url: str) -> None:
    database = Database(database_url)
    database.write_now(lambda session: make.board(session, name="A board of somebody's").id)
    database.close_now()
    done = CliRunner().invoke(bench, ["answer", "--database", database_url], catch_exceptions=False)
    assert (done.exit_code, "in use: it holds the board A board of somebody's" in done.stderr) == (1, True)


def test_what_is_lost_or_kept_twice_is_told_apart() -> None:
    found = Counter({0: 1, 1: 0, 2: 2, 3: 0})
    assert count_faults(found, [0, 1, 2]) == (1, 1)
    assert count_faults(found, [0]) == (0, 1)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_answers_are_found_again_by_the_word_that_each_holds(empty_database_url: str) -> None:
    questions.ask_many(empty_database_url, 3)
    errands = questions.open_codes(empty_database_url, 3)
    database = Database(empty_database_url)

    def keep(number: int, key: str) -> None:
        def write(session: Session) -> None:
            code = session.query(OpenCode).first()
            assert code is not None
            step = campaign.open_steps(session, code.campaign_id)[0]
            given = {"more": questions.word_of(number)}
            waiting = Given(
                code.board_id, code.campaign_id, step.id, code.id, step.form_version_id, "en", given, {}
            )
            box.put(session, key, waiting)

        database.write_now(write)

    keep(0, "first")
    keep(2, "second")
    keep(2, uuid4().hex)
    found = database.read_now(lambda session: questions.count_answers(session, errands))
    database.close_now()
    assert found == Counter({0: 1, 1: 0, 2: 2})


def test_a_respondent_sends_back_what_the_page_holds_with_what_is_typed() -> None:
    sent: list[dict[str, str]] = []

    async def take(request: Request) -> Response:
        sent.append({name: str(text) for name, text in (await request.form()).items()})
        return RedirectResponse("/done", 303)

    with serving(app_that(take)) as place:
        crowd = respondents.go(port_of(place), [Errand("/a", (("typed", "ä & b"),))] * 3, 2, first=5)
    assert sent == [{"page": "one", "typed": "ä & b"}] * 3
    assert (sorted(crowd.kept), crowd.errors, len(crowd.got), len(crowd.posted)) == ([5, 6, 7], {}, 3, 3)


def test_send_pressed_twice_is_two_requests_and_one_answer() -> None:
    sent: list[bytes] = []

    async def take(request: Request) -> Response:
        sent.append(await request.body())
        return RedirectResponse("/done", 303)

    with serving(app_that(take)) as place:
        crowd = respondents.go(port_of(place), [Errand("/a", (), presses=2)], 1)
    assert (len(sent), crowd.kept) == (2, [0])


def test_an_answer_that_was_refused_is_an_error_and_never_counted_as_kept() -> None:
    async def refuse(_: Request) -> Response:
        return HTMLResponse("not now", 503)

    with serving(app_that(refuse)) as place:
        crowd = respondents.go(port_of(place), [Errand("/a", ()), Errand("/nowhere", ())], 1)
    assert (crowd.kept, crowd.errors) == ([], {"POST 503": 1, "GET 404": 1})


def test_a_server_that_is_not_there_ends_the_run() -> None:
    crowd = respondents.go(1, [Errand("/a", ())] * 3, 1)
    assert (crowd.kept, crowd.errors.total()) == ([], 3)
