"""No survey of children or families opens before somebody reads it, helplines are rung, languages signed."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.asking.gate import LANGUAGES, find_faults, find_rest, plan_whole
from store import installation
from store.asking import campaign, form
from store.asking.campaign import Campaign
from store.database import Database, Session
from store.people.board import Board
from store.people.person import Person
from store.surveying import helpline, signed_translation
from store.surveying.duty import Duty
from store.surveying.helpline import Helpline
from store.surveying.signed_translation import SignedTranslation, TranslationState
from surveys import library
from surveys.open.opening import FRONT_DOOR
from surveys.tongues.page_words import PAGES
from tests import chosen, make
from tests.bot.make_ready import REVIEWERS, TODAY, TOMORROW, check_helplines, sign_translations, staff_rota
from tests.make import IDENTITY, START, ZONE

Change = Callable[[Session, Board, Campaign], object]


def ready(session: Session, book: str = "open_survey", key: str = "s6") -> tuple[Board, Campaign]:
    """A draft campaign of a board that has done everything it has to."""
    board, _ = make.world(session, "A")
    installation.row(session)  # without a clock of its own: no demonstration
    staff_rota(session, board)
    check_helplines(session, board)
    sign_translations(session, board)
    return board, chosen.campaign(session, board, book, forms=(key,))


def faults(url: str, change: Change) -> list[str]:
    """What stops the survey once something about a board that was ready has changed."""
    database = Database(url)

    def look(session: Session) -> list[str]:
        board, made = ready(session)
        change(session, board, made)
        session.flush()
        return find_faults(session, made, START, ZONE)

    try:
        return database.write_now(look)
    finally:
        database.close_now()


def on_duty_on(day: date) -> Change:
    return lambda session, _board, _made: session.query(Duty).update({"day": day})


def rung(key: str, day: date) -> Change:
    def change(session: Session, _board: Board, _made: Campaign) -> None:
        helpline.check_off(session, session.query(Helpline).filter_by(key=key).one(), day)

    return change


def reword(language: str, *, offered: list[str] | None = None, beside: bool = False) -> Change:
    """Change a text of a translation that nobody has signed, or `beside` one; offer only some languages."""

    def change(session: Session, board: Board, made: Campaign) -> None:
        [signed] = session.query(SignedTranslation).filter_by(language=language, form_key="s6")
        if not beside:
            signed.state = TranslationState.MACHINE
        texts = {**signed.texts, next(iter(signed.texts)): "…"}
        signed_translation.keep(session, board.id, "s6", 1, language, texts)
        made.values = {LANGUAGES: offered} if offered else {}

    return change


def test_a_draft_beside_what_is_signed_keeps_nothing_shut(database_url: str) -> None:
    assert faults(database_url, reword("pl", beside=True)) == []


def test_a_board_that_is_ready_may_open_its_survey(database_url: str) -> None:
    assert faults(database_url, lambda *_: None) == []


@pytest.mark.parametrize("day", [TODAY, TOMORROW + timedelta(days=1)])
def test_somebody_has_to_be_on_duty_on_the_next_working_day_itself(database_url: str, day: date) -> None:
    [fault] = faults(database_url, on_duty_on(day))
    assert "nobody is on duty on the next working day" in fault


def test_one_reviewer_is_not_enough_and_one_who_left_is_none(database_url: str) -> None:
    def leave(session: Session, _board: Board, _made: Campaign) -> None:
        session.query(Person).filter_by(name=REVIEWERS[0]).one().left_at = START

    [fault] = faults(database_url, leave)
    assert "only one of two reviewers is on duty on the next working day" in fault
    assert "cascade duty EMAIL --name NAME --from 2026-10-13" in fault


def test_the_number_of_the_boards_own_area_has_to_be_set_and_rung(database_url: str) -> None:
    def without(session: Session, _board: Board, _made: Campaign) -> None:
        session.query(Helpline).filter_by(key=FRONT_DOOR).delete()

    [fault] = faults(database_url, without)
    assert "cascade helplines set front_door" in fault


def _with_place(session: Session, key: str, place: str) -> UUID:
    """A form with a place that nobody fills; gives its version."""
    body = {**library.load("acknowledge").to_json(), "key": key, "intro": f"About {{{place}}}."}
    return form.keep(session, key, 1, body).id


def test_the_short_form_and_that_for_managers_are_looked_at_for_places_too(database_url: str) -> None:
    def ask_more(session: Session, _board: Board, made: Campaign) -> None:
        [step] = campaign.steps(session, made.id)
        step.small_form_version_id = _with_place(session, "brief", "venue")
        step.confirmation_version_id = _with_place(session, "manager", "trainer")

    found = faults(database_url, ask_more)
    assert [one.partition("nobody fills: ")[2].partition(";")[0] for one in found] == ["{venue}", "{trainer}"]


@pytest.mark.parametrize("audience", [one for one in helpline.Audience if one != helpline.Audience.STAFF])
def test_the_boards_own_number_has_to_be_rung_whoever_it_is_for(
    database_url: str, audience: helpline.Audience
) -> None:
    def unrung(session: Session, _board: Board, _made: Campaign) -> None:
        own = session.query(Helpline).filter_by(key=FRONT_DOOR).one()
        own.audience, own.last_checked_on = audience, None

    [fault] = faults(database_url, unrung)
    assert "cascade helplines check front_door" in fault


def test_on_a_friday_the_next_working_day_is_the_monday(database_url: str) -> None:
    database, friday = Database(database_url), START + timedelta(days=4)

    def look(session: Session) -> list[str]:
        _, made = ready(session)
        session.query(Duty).update({"day": friday.date() + timedelta(days=3)})
        return find_faults(session, made, friday, ZONE)

    assert database.write_now(look) == []
    database.close_now()


def test_a_number_holds_for_90_days(database_url: str) -> None:
    assert faults(database_url, rung("childline", TODAY - timedelta(days=90))) == []


def test_a_number_that_nobody_rang_for_longer_keeps_it_shut_and_is_named(database_url: str) -> None:
    [fault] = faults(database_url, rung("childline", TODAY - timedelta(days=91)))
    assert "Childline" in fault
    assert "Samaritans" not in fault


def test_a_number_for_staff_alone_keeps_nobody_out(database_url: str) -> None:
    assert faults(database_url, rung("whistleblowing", TODAY - timedelta(days=400))) == []


def test_numbers_that_were_never_kept_count_as_never_rung(database_url: str) -> None:
    def change(session: Session, board: Board, _made: Campaign) -> None:
        session.query(Helpline).filter(Helpline.key != "front_door").delete()
        own = session.query(Helpline).filter_by(board_id=board.id).one()
        helpline.check_off(session, own, TODAY)

    [fault] = faults(database_url, change)
    assert "Childline" in fault
    assert "front door" not in fault


def test_a_language_that_nobody_signed_keeps_it_shut(database_url: str) -> None:
    [fault] = faults(database_url, reword("pl"))
    assert "not signed off by a person: the translation into" in fault


def test_where_the_pages_words_alone_are_unsigned_those_are_what_is_to_be_signed(database_url: str) -> None:
    def unsign(session: Session, _board: Board, _made: Campaign) -> None:
        for row in session.query(SignedTranslation).filter_by(language="pl", form_key=PAGES):
            row.state = TranslationState.MACHINE

    [fault] = faults(database_url, unsign)
    assert fault.splitlines()[1:] == [
        f"cascade form texts {PAGES} --language pl --out {PAGES}-pl.xlsx",
        f"cascade form sign-off {PAGES} --language pl --texts MARK",
    ]


def test_what_several_forms_wait_for_is_told_once(database_url: str) -> None:
    database = Database(database_url)

    def look(session: Session) -> list[str]:
        board, _ = make.world(session, "A")
        installation.row(session)
        keys = ("s5_younger", "s5_middle", "s5_older")
        return find_faults(session, chosen.campaign(session, board, "open_survey", forms=keys), START, ZONE)

    try:
        found = database.write_now(look)
    finally:
        database.close_now()
    lines = [line for fault in found for line in fault.splitlines()]
    assert len(lines) == len(set(lines))
    assert [line for line in lines if "s5_middle" in line and " pl" in line] == [
        "cascade form texts s5_middle --language pl --out s5_middle-pl.xlsx",
        "cascade form sign-off s5_middle --language pl --texts MARK",
    ]


def test_a_language_that_is_left_out_needs_no_signature(database_url: str) -> None:
    assert faults(database_url, reword("pl", offered=["ur"])) == []


def test_a_language_that_is_offered_still_needs_it(database_url: str) -> None:
    assert len(faults(database_url, reword("ur", offered=["ur"]))) == 1


def test_in_the_demonstration_nobody_in_need_can_arrive(database_url: str) -> None:
    def change(session: Session, _board: Board, _made: Campaign) -> None:
        session.query(Duty).delete()
        session.query(Helpline).delete()
        installation.set_virtual(session, START)

    assert faults(database_url, change) == []


def test_forms_for_staff_wait_for_nothing(database_url: str) -> None:
    database = Database(database_url)

    def look(session: Session) -> list[str]:
        _, made = ready(session, "return", "tna_short")
        session.query(Duty).delete()
        return find_faults(session, made, START, ZONE)

    assert database.write_now(look) == []
    database.close_now()


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({}, "{message_right}, {message_wrong_1}, {message_wrong_2}, {message_wrong_3}"),
        ({"message_right": "a", "message_wrong_1": "b", "message_wrong_2": "c", "message_wrong_3": ""},
         "{message_wrong_3}"),
    ],
)  # fmt: skip
def test_a_place_that_nobody_fills_stops_the_launch_by_name(
    database_url: str, values: dict[str, object], named: str
) -> None:
    database = Database(database_url)

    def look(session: Session) -> list[str]:
        board, _ = make.world(session, "A")
        about = make.lesson(session, board)
        made = chosen.campaign(session, board, "survey", forms=("s1",), about=about, values=values)
        return plan_whole(session, made, START, IDENTITY).errors

    [error] = database.write_now(look)
    assert f"nobody fills: {named};" in error
    database.close_now()


def test_without_a_lesson_its_title_is_missing_too(database_url: str) -> None:
    database = Database(database_url)

    def look(session: Session) -> list[str]:
        board, _ = make.world(session, "A")
        return find_faults(session, chosen.campaign(session, board, "survey"), START, ZONE)

    [fault] = database.write_now(look)
    assert "nobody fills: {lesson};" in fault
    database.close_now()


def test_with_nobody_on_duty_today_it_opens_and_says_that_its_pages_ask_nothing_yet(
    database_url: str,
) -> None:
    database = Database(database_url)

    def look(session: Session) -> tuple[list[str], str, str]:
        board, made = ready(session)
        found = find_faults(session, made, START, ZONE)
        before = find_rest(session, made, START, ZONE)
        staff_rota(session, board, TODAY)
        return found, before, find_rest(session, made, START, ZONE)

    try:
        found, before, after = database.write_now(look)
    finally:
        database.close_now()
    assert (found, after) == ([], "")
    assert "Its pages ask nothing today" in before
    assert f"cascade duty EMAIL --name NAME --from {TODAY}" in before
