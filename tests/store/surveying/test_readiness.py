"""Who reads what comes in: readers by language, the rota by day, and translations that a person signed."""

from datetime import timedelta

import pytest

from store.database import Database, Session
from store.surveying import contact_wish, duty, reader, signed_translation
from store.surveying.contact_wish import ContactWish
from store.surveying.signed_translation import SignedTranslation, TranslationState
from tests.make import START, board
from tests.store.surveying.scene import build

pytestmark = pytest.mark.sqlite_first

TODAY = START.date()
TEXTS = {"Continue": "Dalej", "Back": "Wstecz"}


async def test_a_language_is_read_while_somebody_reads_it(database: Database) -> None:
    def name(session: Session) -> list[set[str]]:
        of, other = board(session).id, board(session, "reading", "Reading Board").id
        reader.name_reader(session, of, "pl", "Ana", "Ana@west.example.org ")
        reader.name_reader(session, of, "pl", "Ana Nowak", "ana@west.example.org")
        told = [reader.languages_read(session, of), reader.languages_read(session, other)]
        assert [one.name for one in reader.of_board(session, of)] == ["Ana Nowak"]
        assert reader.drop(session, of, "pl", "ana@west.example.org")
        assert not reader.drop(session, of, "pl", "ana@west.example.org")
        return [*told, reader.languages_read(session, of)]

    assert database.write_now(name) == [{"pl"}, set(), set()]


async def test_the_rota_tells_who_is_on_duty_on_a_day(database: Database) -> None:
    scene = database.write_now(build)
    tomorrow = TODAY + timedelta(days=1)

    def plan(session: Session) -> None:
        for day, who in ((TODAY, scene.asked), (TODAY, scene.colleague), (tomorrow, scene.asked)):
            duty.put_on(session, scene.board_id, day, who)
            duty.put_on(session, scene.board_id, day, who)
        rota = duty.rota(session, scene.board_id, TODAY, tomorrow)
        assert list(rota) == [TODAY, tomorrow]
        # Two put on in one instant stand in no order of their own.
        assert sorted(rota[TODAY]) == sorted([scene.asked, scene.colleague])
        assert rota[tomorrow] == [scene.asked]
        assert duty.take_off(session, scene.board_id, TODAY, scene.asked)
        assert not duty.take_off(session, scene.board_id, TODAY, scene.asked)

    database.write_now(plan)
    on = database.read_now(lambda session: duty.on_duty(session, scene.board_id, TODAY))
    assert on == [scene.colleague]
    nobody = database.read_now(lambda s: duty.on_duty(s, scene.board_id, TODAY + timedelta(days=2)))
    assert nobody == []


async def test_a_machines_work_stays_a_machines_beside_signed_texts_until_a_person_changes_it(
    database: Database,
) -> None:
    newer, changed = TEXTS | {"Back": "Cofnij"}, TEXTS | {"Back": "Wstecz"}

    def keep(session: Session) -> None:
        kept = signed_translation.keep(session, None, "s6", 1, "pl", TEXTS)
        assert kept.unsigned_state is TranslationState.DRAFT
        signed_translation.sign(session, kept, "ana@west.example.org", START)
        signed_translation.keep(session, None, "s6", 1, "pl", newer, TranslationState.MACHINE)
        assert (kept.state, kept.unsigned_state) == (TranslationState.REVIEWED, TranslationState.MACHINE)
        signed_translation.keep(session, None, "s6", 1, "pl", changed)
        assert kept.unsigned_state is TranslationState.DRAFT

    database.write_now(keep)


async def test_a_signature_is_for_exactly_these_texts_and_newer_ones_wait_beside_them(
    database: Database,
) -> None:
    newer = TEXTS | {"Back": "Cofnij"}

    def sign(session: Session) -> None:
        def keep(texts: dict[str, str]) -> SignedTranslation:
            return signed_translation.keep(session, None, "s6", 1, "pl", texts, TranslationState.MACHINE)

        kept = keep(TEXTS)
        assert (kept.is_reviewed, kept.unsigned_texts) == (False, TEXTS)
        signed_translation.sign(session, kept, "ana@west.example.org", START)
        assert keep(dict(reversed(TEXTS.items()))).id == kept.id
        assert (kept.is_reviewed, kept.unsigned_texts) == (True, None)
        keep(newer)
        assert (kept.texts, kept.unsigned_texts, kept.reviewed_by) == (TEXTS, newer, "ana@west.example.org")
        assert kept.texts_hash == signed_translation.hash_of(TEXTS)
        keep(TEXTS)
        assert (kept.unsigned_texts, kept.draft_state) == (None, None)
        keep(newer)
        signed_translation.sign(session, kept, "ewa@west.example.org", START)
        assert (kept.texts, kept.unsigned_texts, kept.reviewed_by) == (newer, None, "ewa@west.example.org")
        assert kept.draft_state is None
        assert kept.texts_hash == signed_translation.hash_of(newer)

    database.write_now(sign)


async def test_a_boards_own_draft_does_not_stand_before_what_is_signed_for_everybody(
    database: Database,
) -> None:
    def keep(session: Session) -> tuple[list[bool], list[bool]]:
        of = board(session).id
        everybodys = signed_translation.keep(session, None, "s6", 1, "pl", TEXTS)
        signed_translation.sign(session, everybodys, "ana@west.example.org", START)
        own = signed_translation.keep(session, of, "s6", 1, "pl", TEXTS | {"Back": "Cofnij"})
        before = [one is everybodys for one in signed_translation.of_form(session, of, "s6", 1)]
        waiting = [one is own for one in signed_translation.drafts_of(session, of, "s6", 1)]
        signed_translation.sign(session, own, "ana@west.example.org", START)
        after = [one is own for one in signed_translation.of_form(session, of, "s6", 1)]
        assert signed_translation.drafts_of(session, of, "s6", 1) == []
        return before + after, waiting

    assert database.write_now(keep) == ([True, True], [True])


async def test_a_boards_own_translation_stands_before_everybodys(database: Database) -> None:
    def keep(session: Session) -> list[tuple[str, bool]]:
        of = board(session).id
        signed_translation.keep(session, None, "s6", 1, "ur", TEXTS)
        signed_translation.keep(session, None, "s6", 1, "pl", TEXTS)
        signed_translation.keep(session, of, "s6", 1, "pl", TEXTS | {"Back": "Cofnij"})
        found = signed_translation.of_form(session, of, "s6", 1)
        return [(one.language, one.board_id is None) for one in found]

    assert database.write_now(keep) == [("pl", False), ("ur", True)]


@pytest.mark.parametrize("kind", [ContactWish, SignedTranslation])
def test_what_asks_for_a_call_has_no_way_to_an_answer(kind: type[ContactWish | SignedTranslation]) -> None:
    columns = set(kind.__table__.columns.keys())
    assert not columns & {"ask_id", "code_id", "person_id", "key", "answers", "step_id"}


async def test_a_wish_is_kept_once_and_by_the_day(database: Database) -> None:
    scene = database.write_now(build)

    def keep(session: Session) -> ContactWish:
        first = contact_wish.keep(
            session,
            scene.board_id,
            None,
            "en",
            "Robin" * 50,
            "text me",
            "after 4",
            TODAY,
            may_leave_message=False,
        )
        again = contact_wish.keep(
            session,
            scene.board_id,
            None,
            "en",
            "x",
            "x",
            "x",
            TODAY,
            may_leave_message=True,
            wish_id=first.id,
        )
        assert again is first
        return first

    kept = database.write_now(keep)
    assert (len(kept.first_name), kept.day, kept.may_leave_message, kept.id.version) == (100, TODAY, False, 4)
    assert len(database.read_now(lambda s: contact_wish.of_board(s, scene.board_id))) == 1
