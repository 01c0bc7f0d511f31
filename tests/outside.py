"""The guard that keeps the tests on this machine: only loopback and unix sockets can be reached."""

import ipaddress
import socket
import sys
from typing import Any

WATCHED = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")


class OutsideError(AssertionError):
    """A test reached for an address that is not on this machine."""


def keep_inside() -> None:
    """Refuse, from now on and for this whole process, every connection and name look-up beyond loopback."""
    sys.addaudithook(_watch)


def is_inside(host: object) -> bool:
    """Say whether a host is this machine: no name at all, localhost, or a loopback or wildcard address."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host.lower() in ("", "localhost", socket.gethostname().lower()):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in WATCHED:
        return
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if not isinstance(address, tuple):  # a unix socket's address is a path
            return
        host = address[0]
    else:
        host = arguments[0]
    if not is_inside(host):
        raise OutsideError(f"a test may only reach this machine, not {host!r}")
