"""A late agency is named to nobody but itself and the board's own offices."""

import email
import email.policy
from datetime import timedelta

import pytest

from tests.scenarios.desk import Desk, row

pytestmark = pytest.mark.sqlite_first

NAMES = {"orchard": "Orchard Trust", "kestrel": "Kestrel Housing"}


def read_whole(raw: bytes) -> str:
    """All of a letter: its bytes as they came, and its texts as a mail program reads them."""
    parts = email.message_from_bytes(raw, policy=email.policy.default).walk()
    texts = [str(part.get_content()) for part in parts if part.get_content_maintype() == "text"]
    return raw.decode("utf-8", "replace") + "".join(texts)


def test_late_agencies_are_named_to_no_peer_and_their_list_goes_to_the_offices(desk: Desk) -> None:
    desk.open("".join(row(name, word) for word, name in NAMES.items()))
    desk.terminal.done("new", "return", "tna", "--form", "tna_short")
    desk.terminal.done("launch", "tna", "--yes")
    for _ in range(9):
        desk.until(desk.now + timedelta(days=7))
        if desk.terminal.told("approve", "tna")["letters"]:
            desk.terminal.done("approve", "tna", "--all", "--as", "pat.lane@west.example.org")
    before = len(desk.mailbox.letters)
    told = desk.terminal.told("non-returns", "publish", "--tell")
    assert {line["agency"] for line in told["lines"]} == set(NAMES.values())
    desk.until(desk.now + timedelta(days=1))
    notices = [
        to for to, raw in desk.mailbox.letters[before:] if "what is still needed is there" in read_whole(raw)
    ]
    offices = [to for to, _ in desk.mailbox.letters[before:] if to.endswith("@west.example.org")]
    assert notices
    assert notices == offices
    outside = [(to, raw) for to, raw in desk.mailbox.letters if not to.endswith("west.example.org")]
    assert {to.partition("@")[0] for to, _ in outside} == {"rowan", "devi", "lena", "bose"}
    for to, raw in outside:
        for word, name in NAMES.items():
            if word not in to:
                assert name not in read_whole(raw), f"{to} reads of {name}"
