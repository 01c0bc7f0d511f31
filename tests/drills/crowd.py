"""A crowd: many people answer by the code of one setting in a day, and some ask to be contacted."""

import random
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from store.database import Database, Session
from store.people.board import Board
from store.surveying import code
from surveys import library
from surveys.answering.answers import Answers
from surveys.open import anonymous, wishes
from surveys.open.wishes import Wish
from tests import make, make_asking
from tests.drills.poll import GAP, Poll
from tests.make import START, ZONE

KEY = "s6"
#: In which most of them answer, and languages that few of them share.
MOST = "en"
RARE = ("pl", "ur", "ro", "so", "ar", "uk", "pt", "fa", "bn", "pa", "gu", "ti", "am", "sq", "tr", "ku", "ps")


def hold(database: Database, people: int, seed: int, *, are_asked_in_theirs: bool = False) -> Poll:
    """Let people answer one after the other; each then asks to be contacted, by a name of their own.

    The poll knows people by what they typed as their name: nothing else of them is anywhere. Every fourth
    answers in a language that few share; `are_asked_in_theirs`: each wants to be spoken to in it.
    """
    chance = random.Random(seed)
    asked, opened = database.write_now(_open)
    crowd = Poll(database, asked)
    for number in range(people):
        who, now = UUID(int=chance.getrandbits(128), version=4), START + number * GAP
        word = f"word-{chance.getrandbits(48):012x}"
        crowd.asks[who.hex], crowd.wrote[who], crowd.moments[who] = who, word, now
        crowd.arrived.append(who)
        tag = MOST if number % 4 else RARE[number // 4 % len(RARE)]
        database.write_now(partial(_answer, opened=opened, word=word, tag=tag, chance=chance))
        crowd.log.append(f"{now.isoformat()} POST /s/{opened}/en/{KEY} 303")
        wanted = tag if are_asked_in_theirs else ""
        database.write_now(partial(_wish, campaign_id=asked, name=who.hex, language=wanted))
        crowd.log.append(f"{(now + timedelta(seconds=40)).isoformat()} POST /s/{opened}/en/contact 303")
    return crowd


def _open(session: Session) -> tuple[UUID, str]:
    """A campaign with one open step, and its code."""
    board = make.board(session)
    asking = make_asking.asking(session, board, "families", "What families say")
    said = dict(library.load(KEY).to_json())
    make_asking.step(session, asking, KEY, title="What families say", said=said, is_open=True)
    return asking.id, code.make(session, board.id, asking.id, "Oak Hill Family Centre", 500, START).code


def _answer(session: Session, opened: str, word: str, tag: str, chance: random.Random) -> None:
    values = {"listened": chance.choice(["yes", "no"]), "change": f"I say {word}."}
    given = Answers(KEY, 1, values)
    kept = anonymous.take_for_code(session, opened, uuid4().hex, given, tag, {}, START.date(), ZONE)
    assert isinstance(kept, anonymous.Kept), kept


def _wish(session: Session, campaign_id: UUID, name: str, language: str) -> None:
    board = session.query(Board).one()
    wish = Wish(language, name, "by letter", "in the morning", may_leave_message=False)
    wishes.keep_wish(session, board.id, campaign_id, uuid4(), wish, START.date(), ZONE)
