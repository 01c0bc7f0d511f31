"""Ended: whether a page of an open survey came to its end already, whichever process saw it end.

Somebody who goes Back on a shared tablet and sends an old page again must see no answer on it, and must not
count twice. After Send nothing more is kept for that until the night: the answer itself waits in the box
under a key made of the page's word. The night takes the key away, and leaves another hash of it for one day
more, beside the day and nothing else. A wish to be contacted is called by its page's word for good. After
Stop nothing else is there, so a hash of the word is kept, without code, language or answer, and swept away
each night. Signing the page instead would not do: the page that is sent again is the very page that was
signed. The word is random, known to that one page alone, and stands in no log, so its hash leads nobody
anywhere.
"""

import hashlib
from datetime import date
from uuid import UUID

from store.database import Session
from store.surveying import contact_wish, ended_page
from surveys.open.anonymous import key_after_night, key_of_page

#: How a page can have ended, by the name of the page that followed.
SENT, STOPPED, WISHED = "thanks", "stopped", "contact/sent"


def stop(session: Session, word: str, day: date) -> None:
    """Remember until the night that the page of this word was given up."""
    ended_page.note(session, _hash(word), day)


def find_end(session: Session, code: str, word: str) -> str:
    """How the page of this word ended, by the name of the page that followed; empty where it has not."""
    if not word:
        return ""
    key = key_of_page(code, word)
    was_stopped, was_sent = ended_page.find(session, _hash(word), key, key_after_night(key))
    if was_stopped:
        return STOPPED
    return SENT if was_sent else ""


def find_end_of_wish(session: Session, word: str) -> str:
    """The same for a page on which somebody asks to be contacted."""
    if not word:
        return ""
    if ended_page.is_there(session, _hash(word)):
        return STOPPED
    return WISHED if contact_wish.is_there(session, wish_id(word)) else ""


def wish_id(word: str) -> UUID:
    """What a wish is called: the same for a double press of one page. No survey page holds this word."""
    return UUID(bytes=hashlib.sha256(word.encode()).digest()[:16], version=4)


def _hash(word: str) -> str:
    return hashlib.sha256(f"stopped {word}".encode()).hexdigest()
