"""Known domains: whether an address lies in a mail domain that is an agency's own."""

from collections.abc import Iterable

from store.database import Session
from store.people import seat
from store.people.agency import Agency
from store.people.person import email_of

#: Where anybody may have an address: that others of an agency write from there says nothing.
PUBLIC = frozenset(
    (
        *("aol.com", "btinternet.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.co.uk", "googlemail.com"),
        *("hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mac.com", "mail.com"),
        *("me.com", "msn.com", "ntlworld.com", "outlook.com", "pm.me", "proton.me", "protonmail.com"),
        *("sky.com", "talktalk.net", "tiscali.co.uk", "virginmedia.com", "yahoo.co.uk", "yahoo.com"),
        *("ymail.com", "zoho.com"),
    )
)


def is_known_domain(session: Session, agency: Agency, email: str) -> bool:
    """Whether an address lies in one of an agency's mail domains, or where whoever holds a seat of it is.

    Everything that hands something on asks here, whichever door it came through. The domains of public mail
    are nobody's own, whatever the directory says.
    """
    return lies_in(email, map(str, agency.domains)) or lies_in(email, _of_people(session, agency))


def lies_in(email: str, domains: Iterable[str]) -> bool:
    """Whether an address lies in one of some domains, or below one, that is not of public mail."""
    domain = domain_of(email)
    known = set(domains) - PUBLIC - {""}
    return any(domain == one or domain.endswith(f".{one}") for one in known)


def domain_of(email: str) -> str:
    """What stands behind the @, in lower case."""
    return email.strip().lower().rpartition("@")[2]


def _of_people(session: Session, agency: Agency) -> set[str]:
    """The domains of those who hold a seat of an agency today."""
    found = set()
    for holder in seat.holders_of(session, agency.id):
        address = email_of(session, holder.id)
        found.add(domain_of(address.value) if address else "")
    return found
