"""Letters go over the wire as they are, and nothing in an address becomes a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.sending.channel import DeliveryError
from messages.smtp.letter import check_addresses, seal


@pytest.mark.parametrize(
    ("body", "wire"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b"", b"\r\n.\r\n"),
        (b".\r\n", b"..\r\n.\r\n"),
        (b".a\r\n.b\r\nc.d\r\n", b"..a\r\n..b\r\nc.d\r\n.\r\n"),
        (b"a\r\n.\r\n.\r\nb", b"a\r\n..\r\n..\r\nb\r\n.\r\n"),
        (b"a\n.\nMAIL FROM:<>\r\n", b"a\r\n..\r\nMAIL FROM:<>\r\n.\r\n"),
        (b"a\r.\r\nb\n", b"a\r\n..\r\nb\r\n.\r\n"),
    ],
)
def test_dots_are_stuffed_and_line_ends_made_whole(body: bytes, wire: bytes) -> None:
    assert seal(body) == wire


@given(st.lists(st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"a", b".\r\n"]), max_size=12).map(b"".join))
def test_no_body_can_end_its_own_letter(body: bytes) -> None:
    wire = seal(body)
    assert (b"\r\n" + wire).find(b"\r\n.\r\n") == len(wire) - 3
    inside = wire[:-5].split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line and line != b"." for line in inside)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@school.example",
        "a@",
        "a b@school.example",
        "a@school.example\r\nDATA",
        "a@school.example\nRCPT TO:<b@school.example>",
        "a@school.example>",
        "<a@school.example",
        "a@school.example SIZE=1",
        "a\x00@school.example",
        "a\u2028@school.example",
        "a\ud800@school.example",
        "a" * 250 + "@school.example",
    ],
)
def test_an_address_that_could_carry_a_command_is_refused(address: str) -> None:
    with pytest.raises(DeliveryError) as refusal:
        check_addresses("board@board.example", address)
    assert (refusal.value.permanent, refusal.value.about_address) == (True, True)
    assert "\n" not in refusal.value.reply
    if address:
        with pytest.raises(DeliveryError) as refusal:
            check_addresses(address, "a@school.example")
        assert (refusal.value.permanent, refusal.value.about_address) == (True, False)


@pytest.mark.parametrize("sender", ["", "board+asks=1234@board.example", "b\u00f6rd@board.example"])
def test_ordinary_envelopes_pass(sender: str) -> None:
    check_addresses(sender, "o'brien.mary+x@school.example")
