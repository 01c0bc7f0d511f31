"""Letters pass through a real mail server, in clear and under TLS, with and without a login."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvloop
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from messages.smtp import SmtpChannel, SmtpServer
from tests.messages.smtp.certificates import make_certificate
from tests.messages.smtp.outcomes import BODY, delivered, letter, outcome, outcomes, people, refusal

LOOPS = pytest.mark.parametrize(
    "loop", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"]
)
SECURITIES = pytest.mark.parametrize("security", ["none", "starttls", "tls"])
PIPELINES = pytest.mark.parametrize("pipelines", [True, False], ids=["pipelining", "plain"])


class Box:
    """An aiosmtpd handler that keeps what it is given."""

    def __init__(self, pipelines: bool) -> None:
        self.pipelines = pipelines
        self.kept: list[tuple[str, bytes]] = []

    async def handle_EHLO(  # noqa: N802 - aiosmtpd looks it up by this name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]] if self.pipelines else responses

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks it up by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.kept.append((envelope.rcpt_tos[0], envelope.content))
        return "250 2.0.0 kept"


def let_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
) -> AuthResult:
    return AuthResult(success=given == LoginPassword(b"board", b"right"), handled=False)


@asynccontextmanager
async def post_office(box: Box, security: str, context: ssl.SSLContext, **options: Any) -> AsyncIterator[int]:
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.get_running_loop()
    open_sessions: list[SMTP] = []

    def session() -> SMTP:
        open_sessions.append(SMTP(box, loop=loop, enable_SMTPUTF8=True, **options))
        return open_sessions[-1]

    under = context if security == "tls" else None
    server = await loop.create_server(session, "127.0.0.1", 0, ssl=under)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@LOOPS
@SECURITIES
@PIPELINES
def test_letters_arrive_whole(
    loop: Callable[[], asyncio.AbstractEventLoop],
    security: Any,
    pipelines: bool,
    certificate: tuple[ssl.SSLContext, Path],
) -> None:
    body = BODY + b".\r\n" + (b"x" * 70 + b"\r\n") * 1500 + b"..\r\n"
    box = Box(pipelines)

    async def send() -> dict[str, Any]:
        context, trusted = certificate
        async with post_office(box, security, context) as port:
            server = SmtpServer(
                "127.0.0.1", port, security=security, ca_file=str(trusted), local_hostname="board.example"
            )
            channel = SmtpChannel(server, connections=3)
            ends = await outcomes(channel, people(20))
            ends["big@school.example"] = await channel.send(letter(body), "big@school.example")
            await channel.close()
            return ends

    with asyncio.Runner(loop_factory=loop) as runner:
        ends = runner.run(send())
    assert set(ends.values()) == {"250 2.0.0 kept"}
    kept = dict(box.kept)
    assert len(box.kept) == len(kept) == 21
    assert kept.pop("big@school.example").endswith(body)
    assert set(kept) == set(people(20))


@pytest.mark.parametrize("password", ["right", "wrong"])
async def test_only_the_right_password_is_let_in(
    password: str, certificate: tuple[ssl.SSLContext, Path]
) -> None:
    box, (context, trusted) = Box(True), certificate
    async with post_office(box, "starttls", context, auth_required=True, authenticator=let_in) as port:
        server = SmtpServer("127.0.0.1", port, "board", password, "starttls", ca_file=str(trusted))
        channel = SmtpChannel(server, connections=2)
        ends = await outcomes(channel, people(5))
        await channel.close()
    if password == "right":
        assert delivered(ends) == set(people(5)) == {address for address, _ in box.kept}
        return
    for end in ends.values():
        error = refusal(end)
        assert (error.permanent, error.about_address, error.doubtful) == (False, False, False)
        assert f"127.0.0.1:{port}: 535" in error.reply
        assert password not in error.reply


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_server_nobody_vouches_for_gets_no_letter(
    security: Any, certificate: tuple[ssl.SSLContext, Path]
) -> None:
    box = Box(True)
    async with post_office(box, security, certificate[0]) as port:
        channel = SmtpChannel(SmtpServer("127.0.0.1", port, "board", "right", security))
        error = refusal(await outcome(channel, "a@school.example"))
        await channel.close()
    assert not error.permanent
    assert "CERTIFICATE_VERIFY_FAILED" in error.reply.upper()
    assert not box.kept


async def test_starttls_that_is_not_offered_is_never_done_without(
    certificate: tuple[ssl.SSLContext, Path],
) -> None:
    box = Box(True)
    async with post_office(box, "none", certificate[0]) as port:
        channel = SmtpChannel(SmtpServer("127.0.0.1", port, security="starttls"))
        error = refusal(await outcome(channel, "a@school.example"))
        await channel.close()
    assert not error.permanent
    assert "STARTTLS" in error.reply
    assert not box.kept


async def test_a_missing_certificate_file_is_named() -> None:
    server = SmtpServer("127.0.0.1", 9, security="tls", ca_file="/no/such.pem")
    channel = SmtpChannel(server)
    error = refusal(await outcome(channel, "a@school.example"))
    await channel.close()
    assert "/no/such.pem" in error.reply
