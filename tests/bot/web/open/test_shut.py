"""A family's survey asks nothing while nobody would read it; what somebody had begun is still kept."""

from datetime import date, datetime, timedelta

import pytest

from bot.web.open.begun import sign_begun
from store.database import Session
from store.people.term import Closure
from store.surveying.duty import Duty
from store.surveying.helpline import Helpline
from tests.bot.make_ready import TODAY, TOMORROW
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene, name_reader
from tests.bot.web.open.test_contact import WISH
from tests.make import START

SHUT = "This survey is not open just now"


def nobody_tomorrow(session: Session) -> None:
    session.query(Duty).filter_by(day=TOMORROW).delete()


def nobody_today(session: Session) -> None:
    session.query(Duty).filter_by(day=TODAY).delete()


def unrung(session: Session) -> None:
    session.query(Helpline).filter_by(key="childline").update({"last_checked_on": TODAY - timedelta(days=91)})


@pytest.mark.parametrize("change", [nobody_tomorrow, nobody_today, unrung])
@pytest.mark.parametrize("end", ["", "/en", "/en/family", "/en/contact"])
def test_every_way_in_says_so_with_help_and_a_way_out(place: OpenScene, change: object, end: str) -> None:
    place.write(change)  # type: ignore[arg-type]
    shown = place.client.get(f"/s/{place.codes['family']}{end}")
    page = read_page(shown.text)
    assert shown.status_code == 200
    assert SHUT in page.text
    assert "help-now" in page.ids
    assert page.fields == {}
    assert {"tel:999", "tel:01632960001", "https://www.bbc.co.uk/weather"} <= set(page.links)
    assert shown.headers["cache-control"] == "no-store"


def test_it_is_said_in_the_language_of_the_page(place: OpenScene) -> None:
    place.write(nobody_tomorrow)
    page = place.page(place.address("family", "pl"))
    assert "Ankieta jest w tej chwili niedostępna" in page.text
    assert SHUT not in page.text


def test_start_is_not_taken_either(place: OpenScene) -> None:
    place.write(nobody_tomorrow)
    for address in (place.address(), f"/s/{place.codes['family']}/en/contact"):
        assert SHUT in read_page(place.client.post(address, data={"start-here": "yes"}).text).text


CRAFTED = {"page": "why", "listened": "no", "safety": "better", "why": "Never asked.", "submission": "w" * 20}


def proof(place: OpenScene, *, code: str = "", ago: timedelta = timedelta()) -> str:
    """What a page carries that began some time ago."""
    keyring = place.house.identity.keyring
    return sign_begun(keyring, code or place.codes["family"], place.clock.moment - ago)


def test_answers_that_no_open_page_led_to_are_not_taken(place: OpenScene) -> None:
    place.write(nobody_tomorrow)
    wrong = ("", "1760000000-" + "0" * 32, "x", "-", proof(place, code="bcdfghjk"), "1" * 40 + "-0")
    for carried in (*wrong, proof(place, ago=timedelta(hours=25)), proof(place, ago=timedelta(hours=-1))):
        for address, typed in ((place.address(), CRAFTED), (f"/s/{place.codes['family']}/en/contact", WISH)):
            sent = place.client.post(address, data={**typed, "begun-here": carried})
            assert SHUT in read_page(sent.text).text
    assert (place.waiting(), place.wishes()) == ([], [])
    typed = {**CRAFTED, "begun-here": proof(place, ago=timedelta(hours=23))}
    assert place.client.post(place.address(), data=typed).status_code == 303
    assert len(place.waiting()) == 1


def test_while_it_is_open_every_page_is_given_its_proof_and_none_is_asked_for(place: OpenScene) -> None:
    sent = place.client.post(place.address(), data={**CRAFTED, "page": "listened"})
    fields = read_page(sent.text).fields
    place.write(nobody_tomorrow)
    assert place.client.post(place.address(), data={**fields, **CRAFTED}).status_code == 303


def test_whoever_had_begun_goes_on_and_their_answers_are_kept(place: OpenScene) -> None:
    address = place.address()
    first = place.start(address)
    place.write(nobody_tomorrow)
    second = read_page(place.client.post(address, data={**first, "listened": "no"}).text)
    assert "safety" in second.ids
    opening = read_page(place.client.post(address, data={**second.fields, "back": "opening"}).text)
    again = place.client.post(address, data={**opening.fields, "start-here": "yes"})
    assert read_page(again.text).fields["listened"] == "no"
    third = read_page(place.client.post(address, data={**second.fields, "safety": "better"}).text)
    sent = place.client.post(address, data={**third.fields, "why": "A bus pass."})
    assert sent.headers["location"].endswith("/en/thanks")
    assert [one.answers for one in place.waiting()] == [
        {"listened": "no", "safety": "better", "why": "A bus pass."}
    ]


def test_a_wish_that_was_begun_is_kept_and_no_new_one_is_offered(place: OpenScene) -> None:
    address = f"/s/{place.codes['family']}/en/contact"
    fields = read_page(place.client.post(address, data={"start-here": "yes"}).text).fields
    place.write(nobody_tomorrow)
    assert place.client.post(address, data={**fields, **WISH}).status_code == 303
    assert [one.first_name for one in place.wishes()] == ["Kit"]
    assert address not in place.page(f"/s/{place.codes['family']}/en/thanks").links


def test_somebody_on_duty_again_opens_it_at_once(place: OpenScene) -> None:
    before = place.read(
        lambda session: [one.person_id for one in session.query(Duty).filter_by(day=TOMORROW)]
    )
    place.write(nobody_tomorrow)
    assert SHUT in place.page(place.address()).text
    board = place.read(lambda session: session.query(Duty).first())
    assert board is not None
    place.write(lambda session: session.add(Duty(board_id=board.board_id, day=TOMORROW, person_id=before[0])))
    assert "How was the help?" in place.page(place.address()).text


def test_staff_are_asked_whoever_is_on_duty(place: OpenScene) -> None:
    place.write(lambda session: session.query(Duty).delete())
    assert place.client.get(place.address("staff")).status_code == 200
    assert SHUT not in place.page(place.address("staff")).text


def test_the_demonstration_is_open_without_a_rota(shipped: OpenScene) -> None:
    shipped.write(lambda session: session.query(Duty).delete())
    assert SHUT not in shipped.page(f"/s/{shipped.codes['s6']}/en").text


SATURDAY = START + timedelta(days=5)


def wait_until(place: OpenScene, moment: datetime, staffed: list[date]) -> None:
    """Let the clock stand elsewhere, with somebody on duty on some days alone."""

    def move(session: Session) -> None:
        one = session.query(Duty).first()
        assert one is not None
        board_id, person_id = one.board_id, one.person_id
        session.query(Duty).delete()
        session.add_all(Duty(board_id=board_id, person_id=person_id, day=day) for day in staffed)

    place.clock.moment = moment
    place.write(move)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "Nobody reads this today. It is read on Monday."),
        ("pl", "Dziś nikt tego nie czyta. Przeczytamy to w poniedziałek."),
    ],
)
def test_on_a_day_without_readers_every_page_says_when_there_are_some(
    place: OpenScene, tag: str, said: str
) -> None:
    monday = (SATURDAY + timedelta(days=2)).date()
    wait_until(place, SATURDAY, [monday])
    name_reader(place, "pl")
    address = place.address("family", tag)
    contact = f"/s/{place.codes['family']}/{tag}/contact"
    for shown in (place.client.get(address), place.client.get(contact)):
        assert said in shown.text
        assert "999" in read_page(shown.text).text
        # The numbers stand open on the page, and the sentence leads there.
        assert "help-now" in read_page(shown.text).ids
        assert "#help-now" in read_page(shown.text).links
    question = place.client.post(address, data={"start-here": "yes"})
    assert said in question.text


def test_where_somebody_reads_today_no_other_day_is_named(place: OpenScene) -> None:
    monday = (SATURDAY + timedelta(days=2)).date()
    wait_until(place, SATURDAY, [SATURDAY.date(), monday])
    assert "Nobody reads this today" not in place.client.get(place.address()).text
    wait_until(place, START, [TODAY, TOMORROW])
    assert "Nobody reads this today" not in place.client.get(place.address()).text


def test_a_day_further_off_than_a_week_is_named_by_its_date(place: OpenScene) -> None:
    # Ten days on which the board is closed.
    holiday = [TODAY + timedelta(days=count) for count in range(10)]
    place.write(lambda session: session.add_all(Closure(day=day, agency_id=None) for day in holiday))
    wait_until(place, START, [date(2026, 10, 22)])
    assert "Nobody reads this today. It is read on 22/10/2026." in place.client.get(place.address()).text


def test_a_staff_survey_says_nothing_of_readers(place: OpenScene) -> None:
    wait_until(place, SATURDAY, [(SATURDAY + timedelta(days=2)).date()])
    assert "Nobody reads this today" not in place.client.get(place.address("staff")).text
