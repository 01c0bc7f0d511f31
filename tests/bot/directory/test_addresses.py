import pytest

from bot.directory.addresses import BadAddress, normalise_address, normalise_domain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ann@hill.example", "ann@hill.example"),
        ("  Ann.Lee@Hill.EXAMPLE ", "ann.lee@hill.example"),
        ("mailto:ann@hill.example", "ann@hill.example"),
        ("o'neil+wren@hill.example", "o'neil+wren@hill.example"),
        ("office@ysgol-bryn.example", "office@ysgol-bryn.example"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example"),
        ("ann@bu\u0308cher.example", "ann@xn--bcher-kva.example"),
        ("a" * 64 + "@hill.example", "a" * 64 + "@hill.example"),
    ],
)
def test_the_same_address_is_one_person(typed: str, kept: str) -> None:
    assert normalise_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "is not an email address"),
        ("@", "is not an email address"),
        ("ann", "is not an email address"),
        ("ann@", "is not an email address"),
        ("@hill.example", "is not an email address"),
        ("ann@hill", "is not a mail domain"),
        ("ann@hill..example", "is not a mail domain"),
        ("ann@-hill.example", "is not a mail domain"),
        ("ann@hill_school.example", "is not a mail domain"),
        ("ann@127.0.0.1", "is not a mail domain"),
        ("ann@[127.0.0.1]", "is not a mail domain"),
        ("ann@" + "a" * 64 + ".example", "is not a mail domain"),
        ("ann@hill.example.", "is not a mail domain"),
        (".ann@hill.example", "the part before @"),
        ("ann.@hill.example", "the part before @"),
        ("an..n@hill.example", "the part before @"),
        ("änn@hill.example", "the part before @"),
        ('"ann"@hill.example', "the part before @"),
        ("a" * 65 + "@hill.example", "the part before @"),
        ("ann@" + "a.".join(["b" * 50] * 5) + ".example", "mail domain"),
        ("a" * 64 + "@" + ("b" * 60 + ".") * 3 + "example", "too long"),
        ("ann@hill.example bob@hill.example", "more than one address"),
        ("ann@hill.example;bob@hill.example", "more than one address"),
        ("ann@hill.example,", "more than one address"),
        ("ann @hill.example", "more than one address or a space"),
        ("ann@@hill.example", "more than one address"),
        ("Ann Lee <ann@hill.example>", "the address alone"),
    ],
)
def test_a_bad_address_says_what_is_wrong(typed: str, reason: str) -> None:
    found = normalise_address(typed)
    assert isinstance(found, BadAddress), found
    assert reason in found.reason


def test_a_domain_may_be_typed_with_its_at_sign() -> None:
    assert normalise_domain("@Hill.example") == "hill.example"
