"""The mail server that letters are handed to."""

import ssl
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where letters are handed over, and how to be let in.

    ``security`` is ``tls`` from the first byte, ``starttls`` (refused where the server does not offer it) or
    ``none``. ``ca_file`` names a PEM file of the only authorities to trust; without it the machine's own are
    used. ``timeout`` is in seconds and bounds the whole opening of a connection and each wait for a reply.
    ``local_hostname`` is the name we greet with, by default this machine's.
    """

    host: str
    port: int
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    security: Literal["none", "starttls", "tls"] = "none"
    timeout: float = 30.0
    local_hostname: str | None = None
    ca_file: str | None = None

    @property
    def place(self) -> str:
        """Name the server as ``host:port``, for error texts."""
        return f"{self.host}:{self.port}"

    def trusted(self) -> ssl.SSLContext:
        """Read whom to trust; blocking. OSError (as ssl.SSLError is) says that ``ca_file`` is unreadable."""
        return ssl.create_default_context(cafile=self.ca_file)
