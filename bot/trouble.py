"""Trouble with the mail server, in plain words, with what to do about it."""

from messages.sending.channel import DeliveryError
from messages.smtp import SmtpServer

#: What servers and libraries say, and what it most likely means; the first that fits counts.
_MEANINGS = (
    (
        ("530 ", "authentication required"),
        "it wants a user name and password: set smtp.username and the password",
    ),
    (
        ("535", "534 ", "authentication", "credentials"),
        "it did not take the user name or the password: check smtp.username, and CASCADE_SMTP__PASSWORD or "
        "smtp.password_file",
    ),
    (
        ("certificate", "self-signed", "self signed", "hostname mismatch"),
        "its certificate is not trusted: check that smtp.host is the name on it, or name your authority's "
        "file in smtp.ca_file",
    ),
    (
        ("starttls extension not supported", "starttls"),
        'it offers no STARTTLS here: try smtp.security = "tls" with smtp.port = 465',
    ),
    (
        ("wrong version number", "record layer", "unexpected_message"),
        'it does not begin with TLS on this port: try smtp.security = "starttls" with smtp.port = 587',
    ),
    (
        ("name or service not known", "nodename", "getaddrinfo", "temporary failure in name resolution"),
        "there is no machine of that name: check smtp.host",
    ),
    (
        ("connection refused", "unreachable", "no route", "call failed", "error connecting"),
        "nothing answers there: check smtp.host and smtp.port, and whether a firewall lets this machine out",
    ),
    (
        ("not ready within", "timed out", "timeout"),
        "it does not answer in time: check smtp.host and smtp.port, and whether a firewall is in the way",
    ),
    (
        ("relay", "sender address rejected", "not owned", "not permitted", "spf"),
        "it does not let this account send from the mailbox: ask your mail team to allow it",
    ),
    (
        ("recipient", "user unknown", "no such user", "mailbox unavailable"),
        "it does not know the address the letter was for: check its spelling",
    ),
)


def explain(error: DeliveryError, server: SmtpServer) -> str:
    """One line: what the server said, what it means, and what to do."""
    said = error.reply.lower()
    if "auth extension is not supported" in said:
        return _explain_no_login(server)
    meant = next((told for signs, told in _MEANINGS if any(sign in said for sign in signs)), "")
    advice = meant or "show these words to your mail team"
    place = "" if server.place in error.reply else f"{server.place}: "
    return (
        f"{place}{error.reply.rstrip('.')}. Most likely {advice}."
        if meant
        else f"{place}{error.reply}; {advice}."
    )


def _explain_no_login(server: SmtpServer) -> str:
    """Where a user name is set and the server lets nobody log in."""
    told = f"{server.place} asks for no user name and password (it offers no AUTH), but smtp.username is set"
    if server.security == "none":
        # Most servers let nobody log in before the line is secured.
        return (
            f'{told}: try smtp.security = "starttls" with smtp.port = 587, or take smtp.username out where '
            "it takes letters without a password"
        )
    return (
        f"{told}: take smtp.username out where it takes letters without a password, or ask your mail team "
        "for the port to log in at (mostly 587 or 465)"
    )
