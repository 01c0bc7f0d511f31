"""Links that only we can have signed, and that say what we said."""

import hmac
import string
from base64 import b32decode, b32encode
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messages.proof.links import (
    Keyring,
    LinkClaim,
    Purpose,
    ReferenceClaim,
    load_keyring,
    match_digits,
    new_key,
    read_link,
    read_reference,
    sign_link,
    sign_reference,
    two_digits,
)

OLD, NEW = b"o" * 32, b"n" * 32
RING = Keyring([NEW])
ASK = UUID("0199f4e2-7c11-7a00-8000-0123456789ab")
PERSON = UUID("0199f4e2-7c11-7a00-8000-ba9876543210")
DELIVERY = UUID("0199f4e2-7c11-7a00-8000-5555aaaa5555")
TOKEN = sign_link(RING, ASK, PERSON, Purpose.ANSWER, 3)
REFERENCE = sign_reference(RING, DELIVERY, Purpose.BOUNCE)
CLAIM = LinkClaim(ASK, PERSON, Purpose.ANSWER, 3)
LEFTOVERS = [".", ")", ">", ").", ">,", '"', "'", "”", "\r\n", "*", "=", "!?", "/", "…"]

purposes = st.sampled_from(Purpose)


def spell(packed: bytes, label: bytes, length: int) -> str:
    return b32encode(packed + hmac.digest(NEW, label + packed, "sha256")[:length]).decode()


@given(st.uuids(), st.uuids(), purposes, st.integers(0, 2**32 - 1))
def test_a_link_says_what_was_signed(ask: UUID, person: UUID, purpose: Purpose, generation: int) -> None:
    token = sign_link(RING, ask, person, purpose, generation)
    assert len(token) == 80
    assert set(token) <= set(string.ascii_lowercase + "234567")
    assert read_link(RING, token) == LinkClaim(ask, person, purpose, generation)


@given(st.uuids(), purposes)
def test_a_reference_says_what_was_signed_and_fits_an_address(delivery: UUID, purpose: Purpose) -> None:
    reference = sign_reference(RING, delivery, purpose)
    assert len("prvs=0123abcdef=" + "bounce+" + reference) <= 64
    assert read_reference(RING, reference) == ReferenceClaim(delivery, purpose)


def test_tokens_are_never_spelled_differently_by_a_later_release() -> None:
    # Links and references out in people's mailboxes depend on these very bytes.
    assert TOKEN == "ceazt5hcpqixuaeaaaasgrlhrgvqdgpu4j6bc6qaqaalvgdwkqzbaaaaaab5r6b3pjl3556tcbeagm23"
    assert REFERENCE == "cqazt5hcpqixuaeaabkvlkvkkvkxbybrbyj4wnsi"
    assert two_digits(RING, ASK, PERSON, 3) == "47"


@given(st.lists(st.booleans(), min_size=80, max_size=80))
def test_gateways_that_fold_case_break_nothing(upper: list[bool]) -> None:
    folded = "".join(c.upper() if up else c for c, up in zip(TOKEN, upper, strict=True))
    assert read_link(RING, folded) == CLAIM


@pytest.mark.parametrize("left", LEFTOVERS)
def test_what_mail_clients_leave_behind_a_link_is_ignored(left: str) -> None:
    assert read_link(RING, TOKEN + left) == CLAIM
    assert read_reference(RING, REFERENCE + left) == ReferenceClaim(DELIVERY, Purpose.BOUNCE)


def test_no_character_of_a_token_can_be_changed() -> None:
    for place in range(len(TOKEN)):
        for other in set(string.ascii_lowercase + string.digits) - {TOKEN[place]}:
            assert read_link(RING, TOKEN[:place] + other + TOKEN[place + 1 :]) is None
    for place in range(len(REFERENCE)):
        for other in set(string.ascii_lowercase + string.digits) - {REFERENCE[place]}:
            assert read_reference(RING, REFERENCE[:place] + other + REFERENCE[place + 1 :]) is None


@given(st.text(max_size=120))
@example("")
@example(TOKEN[:-1])
@example(TOKEN[:-8])
@example(TOKEN + "a")
@example(TOKEN + "a" * 8)
@example(TOKEN[:-8] + "=" * 8)
@example(TOKEN[:40] + "=" + TOKEN[41:])
@example(" " + TOKEN)
@example(TOKEN.replace("s", "\u017f", 1))
@example("\x00" * 80)
@example("é" * 80)
@example("\ud800" * 40)
@example("a" * 80)
@example("a" * 40)
@example("a" * 100_000)
@example(REFERENCE)
@example(REFERENCE * 2)
def test_foreign_text_is_no_link(text: str) -> None:
    assert read_link(RING, text) is None


@given(st.text(max_size=60))
@example(TOKEN)
@example(TOKEN[:40])
@example("a" * 40)
@example("é" * 40)
@example(REFERENCE[:-1])
def test_foreign_text_is_no_reference(text: str) -> None:
    assert read_reference(RING, text) is None


@given(st.text(string.ascii_lowercase + "234567", min_size=80, max_size=80))
def test_well_formed_forgeries_are_refused(text: str) -> None:
    assert read_link(RING, text) is None
    assert read_reference(RING, text[:40]) is None


def test_another_installation_s_link_is_refused() -> None:
    assert read_link(Keyring([OLD]), TOKEN) is None
    assert read_reference(Keyring([OLD]), REFERENCE) is None


def test_an_old_key_verifies_and_the_new_one_signs() -> None:
    both = Keyring([NEW, OLD])
    old = sign_link(Keyring([OLD]), ASK, PERSON, Purpose.ANSWER, 3)
    assert read_link(both, old) == CLAIM
    assert sign_link(both, ASK, PERSON, Purpose.ANSWER, 3) == TOKEN
    assert read_link(RING, old) is None
    old_reference = sign_reference(Keyring([OLD]), DELIVERY, Purpose.REPLY)
    assert read_reference(both, old_reference) == ReferenceClaim(DELIVERY, Purpose.REPLY)
    assert sign_reference(both, DELIVERY, Purpose.BOUNCE) == REFERENCE


def test_purpose_and_generation_are_bound() -> None:
    tokens = [sign_link(RING, ASK, PERSON, purpose, number) for purpose in Purpose for number in range(3)]
    wholes = [b32decode(token.upper()) for token in tokens]
    for front in wholes:
        for back in wholes:
            spliced = b32encode(front[:37] + back[37:]).decode()
            assert (read_link(RING, spliced) is None) == (front != back)


def test_a_proof_for_one_use_of_the_key_is_none_for_another() -> None:
    # A reference's bytes, proved as a link's would be, and the other way about.
    packed = b32decode(REFERENCE.upper())[:17]
    assert read_reference(RING, spell(packed, b"cascade reference\0", 8)) is not None
    assert read_reference(RING, spell(packed, b"cascade link\0", 8)) is None
    packed = b32decode(TOKEN.upper())[:37]
    assert read_link(RING, spell(packed, b"cascade link\0", 13)) == CLAIM
    assert read_link(RING, spell(packed, b"cascade reference\0", 13)) is None


def test_an_unknown_version_purpose_or_length_is_refused_even_when_signed() -> None:
    packed = b32decode(TOKEN.upper())[:37]
    for head in (b"\x00", b"\x10", b"\x18", b"\x21", b"\xff"):
        assert read_link(RING, spell(head + packed[1:], b"cascade link\0", 13)) is None
    for longer_or_shorter in (packed + bytes(5), packed[:-5]):
        assert read_link(RING, spell(longer_or_shorter, b"cascade link\0", 13)) is None


def test_a_generation_out_of_range_is_an_error() -> None:
    for generation in (-1, 2**32):
        with pytest.raises(OverflowError):
            sign_link(RING, ASK, PERSON, Purpose.ANSWER, generation)


@given(st.uuids(), st.uuids(), st.integers(0, 9))
def test_the_printed_digits_are_two_and_match_when_typed(ask: UUID, person: UUID, generation: int) -> None:
    digits = two_digits(RING, ask, person, generation)
    assert len(digits) == 2
    assert digits.isdigit()
    assert match_digits(RING, ask, person, generation, f" {digits}\n")
    wrong = f"{(int(digits) + 1) % 100:02d}"
    assert not match_digits(RING, ask, person, generation, wrong)


def test_digits_differ_from_ask_to_ask_person_to_person_and_by_generation() -> None:
    asks = {two_digits(RING, UUID(int=number), PERSON, 0) for number in range(2000)}
    people = {two_digits(RING, ASK, UUID(int=number), 0) for number in range(2000)}
    generations = {two_digits(RING, ASK, PERSON, number) for number in range(2000)}
    assert len(asks) == len(people) == len(generations) == 100


def test_digits_printed_before_a_key_changed_still_match() -> None:
    printed = two_digits(Keyring([OLD]), ASK, PERSON, 3)
    assert match_digits(Keyring([NEW, OLD]), ASK, PERSON, 3, printed)


def test_a_leading_nought_may_be_left_out() -> None:
    ask = next(UUID(int=n) for n in range(1000) if two_digits(RING, UUID(int=n), PERSON, 0) == "07")
    assert match_digits(RING, ask, PERSON, 0, "7")


@given(st.text(max_size=8))
@example("\ud800")
@example("٣٤")
@example("1" * 100_000)
def test_typed_nonsense_is_no_error(typed: str) -> None:
    if typed.strip().zfill(2) != two_digits(RING, ASK, PERSON, 3):
        assert not match_digits(RING, ASK, PERSON, 3, typed)


@pytest.mark.parametrize("keys", [[], [b""], [NEW, b"s" * 31]])
def test_a_weak_keyring_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring(keys)


def test_a_keyring_never_prints_its_keys() -> None:
    assert "n" * 8 not in repr(RING)


def test_a_key_file_is_read_newest_first() -> None:
    text = f"\ufeff# rotated in spring\r\n\r\n{NEW.hex()}  # newest\r\n{OLD.hex().upper()}\r\n"
    assert load_keyring(text) == Keyring([NEW, OLD])


@pytest.mark.parametrize("line", ["++//" * 11, "--__" * 11, "b29v" * 10 + "b28=", "b29v" * 10 + "b28"])
def test_base64_is_read_in_each_of_its_spellings(line: str) -> None:
    assert isinstance(load_keyring(line), Keyring)


def test_new_keys_are_fresh_and_strong() -> None:
    lines = [new_key() for _ in range(20)]
    ring = load_keyring("\n".join(lines))
    assert isinstance(ring, Keyring)
    assert {len(key) for key in ring.keys} == {32}
    assert len(set(ring.keys)) == 20


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "there is no key in it"),
        ("# only a comment\n\n", "there is no key in it"),
        ("\n\nnot a key!\n", "line 3: this is neither base64 nor hex"),
        ("schlüssel\n", "line 1: this is neither base64 nor hex"),
        (f"{NEW.hex()}\nabcd1234\n", "line 2: the key has 4 bytes and needs at least 32"),
    ],
)
def test_a_bad_key_file_is_explained_by_line_without_repeating_it(text: str, problem: str) -> None:
    answer = load_keyring(text)
    assert isinstance(answer, str)
    assert problem in answer
    assert "abcd" not in answer
