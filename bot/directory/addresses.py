"""Email addresses in the one form that makes the same address the same person."""

import re
from dataclasses import dataclass

import idna

# RFC 5321 4.5.3.1: octets in a local part, and in a whole address once its brackets are taken off.
_LONGEST_LOCAL = 64
_LONGEST = 254
# RFC 5322 dot-atom: what every mail server takes without quoting or SMTPUTF8.
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class BadAddress:
    """Why something typed is no address we can write to, and what to do."""

    reason: str


def normalise_address(text: str) -> str | BadAddress:
    """The address in lower case with its domain in ASCII (IDNA 2008); nothing is looked up."""
    typed = text.strip().casefold().removeprefix("mailto:")
    if re.search(r"[<>]", typed):
        return BadAddress("write the address alone, without a name or angle brackets")
    if len(typed) > 1 and (typed.count("@") > 1 or re.search(r"[;,\s]", typed)):
        return BadAddress("holds more than one address or a space; write one address")
    local, at, host = typed.rpartition("@")
    if not at or not local or not host:
        return BadAddress(
            f"{_shorten(text)} is not an email address; it should look like name@agency.example"
        )
    domain = normalise_domain(host)
    if isinstance(domain, BadAddress):
        return domain
    if len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        return BadAddress(
            f"the part before @ in {_shorten(text)} is not one that mail servers accept; check its spelling"
        )
    address = f"{local}@{domain}"
    return address if len(address) <= _LONGEST else BadAddress("too long for an email address; check it")


def normalise_domain(text: str) -> str | BadAddress:
    """A mail domain such as `school.example`, in ASCII; a leading @ is dropped."""
    try:
        domain = idna.encode(text.strip().lower().removeprefix("@"), uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return BadAddress(f"{_shorten(text)} is not a mail domain; it should look like agency.example")
    labels = domain.split(".")
    sound = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()
    return (
        domain
        if sound
        else BadAddress(f"{_shorten(text)} is not a mail domain; it should look like agency.example")
    )


def _shorten(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
